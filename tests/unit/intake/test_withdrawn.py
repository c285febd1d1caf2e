from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from importers.contract import Check, Code, Covers, Key, Problem, Record, Ref
from pod.intake.withdrawn import months
from tests.unit.intake.house import ACCOUNT, METER, House, counts, half_hours, payment, values
from vocab.shapes import validate

MARCH = "data/bank/banque/compte-1/2024/2024-03.ttl"
HOLDS = Check(name="closing", expected="1.00", got="1.00", ok=True)
FAILS = replace(HOLDS, got="2.00", ok=False)


def covers(first=date(2024, 3, 1), last=date(2024, 3, 31), account=ACCOUNT):
    return Covers(kind="BankTransaction", account=account, first=first, last=last, locator="line=9")


def house_with(*items):
    house = House()
    house.take(*items)
    return house


def status(graph, name="id-REF2"):
    return [value.rpartition("#")[2] for value in values(graph, name, "status")]


class TestWithdrawal:
    def taken(self, *items, **said):
        house = house_with(payment(1), payment(2))
        done, written = house.take(*items, **said)
        return house, done, written

    def test_what_a_complete_export_lacks_is_marked_and_stays(self):
        _, done, written = self.taken(payment(1), covers())
        assert (counts(done), done.withdrawn) == ((1, 0, 1, 0, 0), 1)
        found = written[MARCH]
        assert status(found) == ["withdrawn"]
        assert values(found, "id-REF2", "amount") == ["-12.5"]
        assert values(found, "id-REF2", "invalidatedAtTime") == ["2026-01-03T03:04:05Z"]
        (by,) = values(found, "id-REF2", "wasInvalidatedBy")
        assert by.endswith("20260103T030405Z-banque-abababab.ttl#import")
        assert validate(found) == ()
        (remark,) = done.problems
        assert (remark.row, remark.message.split()[0]) == (False, "1")
        assert remark.message.endswith("marked as withdrawn")
        assert status(found, "id-REF1") == []

    def test_the_state_before_is_kept_below_history_and_the_import_says_it_was_complete(self):
        _, _, written = self.taken(payment(1), covers())
        (history,) = [graph for path, graph in written.items() if path.startswith("history/")]
        assert values(history, "id-REF2", "amount") == ["-12.5"]
        assert status(history) == []
        (about,) = [graph for path, graph in written.items() if path.startswith("imports/")]
        assert values(about, "import", "completeExport") == ["true"]

    def test_it_is_marked_once(self):
        house, *_ = self.taken(payment(1), covers())
        done = house.plan(payment(1), covers())
        assert (done.withdrawn, done.documents) == (0, ())

    def test_what_comes_back_is_as_it_was(self):
        house, *_ = self.taken(payment(1), covers())
        done, written = house.take(payment(2))
        assert counts(done) == (1, 0, 0, 1, 0)
        assert status(written[MARCH]) == values(written[MARCH], "id-REF2", "wasInvalidatedBy") == []
        assert house.plan(payment(1), payment(2), covers()).documents == ()

    def test_a_status_of_the_holder_gives_way(self):
        closed = replace(payment(2), fields=(*payment(2).fields, ("sd:status", Code("closed"))))
        house = house_with(payment(1), closed)
        _, written = house.take(payment(1), covers())
        assert status(written[MARCH]) == ["withdrawn"]

    @pytest.mark.parametrize(
        ("claim", "checks"),
        [
            pytest.param(covers(first=date(2024, 3, 6)), [], id="begins later"),
            pytest.param(covers(last=date(2024, 3, 4)), [], id="ends before"),
            pytest.param(covers(account=Key(stable="other")), [], id="another account"),
            pytest.param(replace(covers(), kind="Balance"), [], id="another kind"),
            pytest.param(covers(), [HOLDS, FAILS], id="its sums differ"),
        ],
    )
    def test_what_it_is_not_complete_over_stays(self, claim, checks):
        _, done, written = self.taken(payment(1), claim, checks=checks)
        assert (done.withdrawn, written) == (0, {})
        told = [problem.message for problem in done.problems]
        assert [message.endswith("a row or a sum of it is wrong") for message in told] == [True] * (
            FAILS in checks
        )

    @pytest.mark.parametrize(
        "lost", [Problem("line=3", "not readable"), payment(3, label=3)], ids=["row", "record"]
    )
    def test_an_export_that_lost_a_row_takes_nothing_away(self, lost):
        _, done, _ = self.taken(payment(1), lost, covers())
        assert (done.withdrawn, done.rejected) == (0, 1)

    def test_what_only_another_source_of_the_account_told_of_stays(self):
        house = house_with(payment(1), payment(2))
        house.take(payment(0, label="CB CAFE"))
        done, _ = house.take(payment(1), payment(2), covers())
        assert (done.withdrawn, done.problems) == (0, ())

    def test_a_remark_loses_no_row(self):
        _, done, _ = self.taken(payment(1), Problem("line=3", "a remark", row=False), covers())
        assert done.withdrawn == 1


class TestThePersonSaysSo:
    def test_an_export_is_complete_from_its_first_to_its_last_day(self):
        days = [date(2024, 3, number) for number in (4, 5, 6, 7)]
        house = house_with(*(payment(n, on=day) for n, day in enumerate(days, start=1)))
        done, written = house.take(payment(2, on=days[1]), payment(9, on=days[2]), complete="yes")
        assert done.withdrawn == 1
        assert status(written[MARCH], "id-REF3") == ["withdrawn"]
        assert status(written[MARCH], "id-REF1") == status(written[MARCH], "id-REF4") == []

    def test_what_the_importer_derives_says_nothing_of_the_time(self):
        days = [date(2024, 3, number) for number in (4, 5, 6)]
        house = house_with(*(payment(n, on=day) for n, day in enumerate(days, start=1)))
        derived = replace(payment(9, on=days[2]), counted=False)
        done, _ = house.take(payment(1, on=days[0]), derived, complete="yes")
        assert done.withdrawn == 0

    @pytest.mark.parametrize("said", ["no", "", "non"])
    def test_it_is_not_where_she_says_no(self, said):
        house = house_with(payment(1), payment(2))
        assert house.plan(payment(1), complete=said).withdrawn == 0

    def test_what_the_pod_made_itself_is_never_missing(self):
        house = House(domain="energy")
        stated = Record(
            kind="Consumption",
            key=Key(stable="x"),
            fields=(
                ("sd:date", date(2024, 3, 5)),
                ("sd:account", Ref("MeterPoint", METER)),
                ("sd:commodity", Code("electricity")),
                ("schema:startTime", datetime(2024, 3, 4, tzinfo=UTC)),
                ("schema:endTime", datetime(2024, 3, 5, tzinfo=UTC)),
            ),
            locator="line=1",
            on=date(2024, 3, 5),
            account=METER,
        )
        claim = Covers(
            kind="Consumption",
            account=METER,
            first=date(2024, 3, 1),
            last=date(2024, 3, 31),
            locator="line=1",
        )
        done, _ = house.take(*half_hours([100] * 48), stated)
        assert done.problems == ()
        assert house.plan(stated, claim).withdrawn == 0


class TestConflicts:
    def test_a_value_that_two_rows_contradict_is_told_as_a_conflict(self):
        rows = [*half_hours([1, 2]), *half_hours([9])]
        done = House(domain="energy").plan(*rows)
        assert (counts(done), done.conflict) == ((3, 1, 0, 0, 2), 2)

    def test_of_two_wordings_of_one_account_one_is_kept_and_the_other_told(self):
        def account(name):
            fields = (("schema:name", name),)
            return Record(
                kind="BankAccount", key=ACCOUNT, fields=fields, locator=name, counted=False
            )

        house = House()
        done, written = house.take(account("Joint"), account("Courant"), account("Courant"))
        assert [(p.locator, p.conflict) for p in done.problems] == [("Joint", True)]
        assert values(written["data/bank/banque/accounts.ttl"], "compte-1", "name") == ["Courant"]
        assert (done.conflict, done.rejected) == (0, 0)  # an account is no row of the export


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(date(2024, 3, 5), date(2024, 3, 5), ["2024-03"], id="a day"),
        pytest.param(
            date(2023, 11, 30), date(2024, 1, 1), ["2023-11", "2023-12", "2024-01"], id="new year"
        ),
        pytest.param(date(2024, 3, 5), date(2024, 2, 5), [], id="no day"),
    ],
)
def test_the_months_of_a_time(first, last, expected):
    assert [f"{day:%Y-%m}" for day in months(covers(first, last))] == expected
