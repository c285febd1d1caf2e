from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.contract import Covers
from pod.intake.versions import state_at, states
from tests.unit.intake.house import ACCOUNT, STORAGE, House, payment, values

MARCH = "data/bank/banque/compte-1/2024/2024-03.ttl"
RECORD = f"{STORAGE}{MARCH}#id-REF1"
COVERS = Covers(
    kind="BankTransaction",
    account=ACCOUNT,
    first=date(2024, 3, 1),
    last=date(2024, 3, 31),
    locator="/",
)
# What an export says of the record: an amount, nothing, or that it is withdrawn.
SAID = st.lists(st.sampled_from(["-1", "-2", "-3", "nothing", "withdrawn"]), max_size=8)


def of(state):
    if state is None:
        return None
    withdrawn = bool(values(state.said, "id-REF1", "invalidatedAtTime"))
    return (*values(state.said, "id-REF1", "amount"), withdrawn)


@pytest.mark.spec("Self Data DAT-64")
@given(said=SAID)
def test_replaying_imports_each_moment_has_the_state_that_lived_then(said):
    house, histories, expected, now, beside = House(), [], [], None, [payment(2)]
    for number, one in enumerate(said):
        at = house.now
        beside += [payment(10 + number)] if one.startswith("-") else []
        if one == "nothing":
            house.take(*beside)
        elif one == "withdrawn":
            house.take(*beside, COVERS)
            now = now and (now[0], True)
        else:
            house.take(*beside, payment(1, one))
            now = (one, False)
        expected.append((at, now))
    # Again, to have what was written beside the data.
    house, beside = House(), [payment(2)]
    for number, one in enumerate(said):
        beside += [payment(10 + number)] if one.startswith("-") else []
        records = [*beside]
        records += [COVERS] if one == "withdrawn" else []
        records += [payment(1, one)] if one.startswith("-") else []
        _, written = house.take(*records)
        histories += [graph for path, graph in written.items() if path.startswith("history/")]
    live = house.held.get(MARCH, frozenset())
    found = states(RECORD, live, histories)
    for at, wanted in expected:
        assert of(state_at(found, at)) == wanted
        assert of(state_at(found, at + timedelta(hours=3))) == wanted
    assert state_at(found, datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_a_state_is_since_the_import_that_brought_it_or_lacked_it():
    house = House()
    first = house.now
    house.take(payment(1), payment(2))
    second = house.now
    _, written = house.take(payment(2), COVERS)
    histories = [graph for path, graph in written.items() if path.startswith("history/")]
    told, withdrawn = states(RECORD, house.held[MARCH], histories)
    assert (told.since, told.until) == (first, second)
    assert (withdrawn.since, withdrawn.until) == (second, None)
