import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from importers.attestation import Attestation, Standing, attested
from importers.contract import Check, Code, Covers, Iri, Key, Problem, Record, Ref, Stated
from pod.intake.plan import is_of
from tests.unit.intake.house import (
    ACCOUNT,
    METER,
    STORAGE,
    House,
    bank_account,
    counts,
    graph_of,
    half_hours,
    other,
    payment,
    values,
)
from vocab.names import SD
from vocab.shapes import validate

MARCH = "data/bank/banque/compte-1/2024/2024-03.ttl"
HISTORY = "history/bank/banque/compte-1/2024/2024-03/20260103T030405Z-banque-abababab.ttl"


def paths(done):
    return [document.path for document in done.documents]


class TestFirstImport:
    def test_every_record_is_new_and_in_its_document(self):
        done, written = House().take(bank_account(), payment(1), payment(2, on=date(2024, 4, 1)))
        assert counts(done) == (2, 2, 0, 0, 0)
        assert paths(done) == [
            "data/bank/banque/accounts.ttl",
            MARCH,
            "data/bank/banque/compte-1/2024/2024-04.ttl",
            "data/bank/banque/holder.ttl",
            "imports/2026/20260102T030405Z-banque-abababab.ttl",
        ]
        assert values(written[MARCH], "id-REF1", "amount") == ["-12.5"]

    def test_everything_that_is_written_keeps_to_its_shape(self):
        readings = half_hours([100] * 48)
        _, written = House().take(bank_account(), payment(1), *readings)
        assert [v for graph in written.values() for v in validate(graph)] == []

    def test_the_import_says_who_gave_what_and_what_came_of_it(self):
        checks = (Check(name="sum", expected="1", got="2", ok=False),)
        house = House()
        plan = house.plan(payment(1), payment(2, on=date(2024, 4, 1)), checks=checks)
        (found,) = [d for d in plan.documents if d.path.startswith("imports/")]
        graph = graph_of(found)
        assert values(graph, "import", "used") == [
            f"{STORAGE}{found.path}#file",
            "urn:sd:mapping:made-up:1",
        ]
        assert values(graph, "import", "wasAssociatedWith") == [
            "https://banque.example/#it",
            f"{STORAGE}profile/card#me",
        ]
        assert values(graph, "import", "startDate") == ["2024-03-05"]
        assert values(graph, "import", "endDate") == ["2024-04-01"]
        (report,) = values(graph, "import", "report")
        assert json.loads(report) == {
            "read": 2,
            "new": 2,
            "same": 0,
            "updated": 0,
            "rejected": 0,
            "deleted": 0,
            "conflict": 0,
            "withdrawn": 0,
            "checks": 1,
            "failed": 1,
        }
        assert values(graph, "file", "sha256") == ["ab" * 32]
        assert values(graph, "file", "contentSize") == ["1234"]
        assert values(graph, "file", "contentUrl") == [
            f"{STORAGE}imports/2026/files/abababababababab-relev%C3%A9%20mars.csv"
        ]

    def test_the_import_says_how_its_signatures_stand(self):
        signature = Attestation(
            mechanism="https://spec.smarthealth.cards/",
            standing=Standing.VERIFIED,
            covered="0" * 64,
            algorithm="ES256",
        )
        plan = House().plan(*attested(signature, "card 1", "line=1"))
        (found,) = [d for d in plan.documents if d.path.startswith("imports/")]
        (report,) = values(graph_of(found), "import", "report")
        assert json.loads(report)["signatures"] == {"verified": 1}

    def test_the_holder_is_described_once_and_then_left_alone(self):
        house = House()
        _, written = house.take(payment(1))
        about = "data/bank/banque/holder.ttl"
        assert values(written[about], "it", "name") == ["Banque"]
        _, again = house.take(payment(2))
        assert about not in again

    def test_what_an_export_states_and_remarks_is_not_read(self):
        stated = Stated(name="sum", scope="x", value=Decimal(1), locator="line=9")
        remark = Problem("line=3", "something to know", row=False)
        done = House().plan(payment(1), stated, remark, Problem("line=4", "not readable"))
        assert counts(done) == (2, 1, 0, 0, 1)
        assert [p.message for p in done.problems] == ["something to know", "not readable"]

    def test_nothing_to_import_writes_nothing(self):
        assert House().plan(Problem("line=1", "not readable")).documents == ()


def consumption(energy, *, provisional=False):
    """What a meter counted on a day; the holder has published it, or tells it for information."""
    fields = (
        ("sd:account", Ref("MeterPoint", METER)),
        ("sd:date", date(2024, 3, 5)),
        ("schema:startTime", datetime(2024, 3, 5, 5, tzinfo=UTC)),
        ("schema:endTime", datetime(2024, 3, 6, 5, tzinfo=UTC)),
        ("sd:commodity", Code("gas")),
        ("sd:energy", Decimal(energy)),
        *((("sd:provisional", True),) if provisional else ()),
    )
    return Record(
        kind="Consumption",
        key=Key(natural=("2024-03-05",)),
        fields=fields,
        locator="/0",
        on=date(2024, 3, 5),
        account=METER,
    )


def energies(graph):
    return [t.object.value for t in graph if t.predicate.value == SD.energy]


class TestAgain:
    def test_the_same_export_twice_writes_nothing(self):
        house = House()
        items = (bank_account(), payment(1), payment(0), *half_hours([1, None, 3]))
        house.take(*items)
        done = house.plan(*items)
        assert (done.documents, counts(done)) == ((), (5, 0, 5, 0, 0))

    def test_a_locator_that_moved_is_no_change(self):
        house = House()
        house.take(payment(1))
        assert house.plan(replace(payment(1), locator="line=99")).documents == ()

    @pytest.mark.parametrize("first_is_final", [True, False])
    def test_a_final_figure_holds_against_a_provisional_one_in_whatever_order(self, first_is_final):
        house = House(domain="energy")
        said = (consumption("12"), consumption("11", provisional=True))
        (before, after) = said if first_is_final else reversed(said)
        house.take(before)
        done, _ = house.take(after)
        assert counts(done) == ((1, 0, 1, 0, 0) if first_is_final else (1, 0, 0, 1, 0))
        document = next(graph for graph in house.held.values() if energies(graph))
        assert energies(document) == ["12"]
        assert house.plan(consumption("12")).documents == ()

    def test_a_provisional_figure_comes_in_the_place_of_one_that_was_withdrawn(self):
        house = House(domain="energy")
        other = replace(consumption("9"), key=Key(natural=("another",)))
        march = Covers(
            kind="Consumption",
            account=METER,
            first=date(2024, 3, 1),
            last=date(2024, 3, 31),
            locator="/",
        )
        house.take(consumption("12"), other)
        assert house.take(other, march)[0].withdrawn == 1
        assert counts(house.take(consumption("11", provisional=True))[0]) == (1, 0, 0, 1, 0)

    def test_what_is_absent_stays(self):
        house = House()
        house.take(payment(1), payment(2))
        house.take(payment(3))
        assert values(house.held[MARCH], "id-REF1", "amount") == ["-12.5"]

    def test_two_equal_rows_are_two_records_and_stay_two(self):
        house = House()
        coffee = payment(0, "-2.50", label="CB CAFE")
        done, _ = house.take(coffee, coffee)
        assert counts(done) == (2, 2, 0, 0, 0)
        assert counts(house.plan(coffee, coffee)) == (2, 0, 2, 0, 0)

    def test_a_row_that_comes_twice_under_one_id_is_one_record(self):
        done, _ = House().take(payment(1), payment(1))
        assert counts(done) == (2, 1, 1, 0, 0)


class TestUpdates:
    def updated(self, record=None):
        house = House()
        house.take(bank_account(), payment(1), payment(2))
        return house, *house.take(record or payment(1, "-13.00"))

    def test_another_digest_rewrites_the_record_in_its_document(self):
        house, done, written = self.updated()
        assert counts(done) == (1, 0, 0, 1, 0)
        assert values(written[MARCH], "id-REF1", "amount") == ["-13"]
        assert values(written[MARCH], "id-REF2", "amount") == ["-12.5"]
        assert counts(house.plan(payment(1, "-13.00"))) == (1, 0, 1, 0, 0)

    def test_the_old_state_is_kept_below_history(self):
        _, done, written = self.updated()
        assert paths(done) == [
            MARCH,
            HISTORY,
            "imports/2026/20260103T030405Z-banque-abababab.ttl",
        ]
        graph = written[HISTORY]
        assert values(graph, "id-REF1", "amount") == ["-12.5"]
        assert values(graph, "v-id-REF1", "isVersionOf") == [f"{STORAGE}{MARCH}#id-REF1"]
        assert values(graph, "v-id-REF1", "invalidatedAtTime") == ["2026-01-03T03:04:05Z"]
        (first,) = values(graph, "v-id-REF1", "wasGeneratedBy")
        assert first.endswith("20260102T030405Z-banque-abababab.ttl#import")
        assert validate(graph) == ()

    @pytest.mark.parametrize(
        ("before", "after", "amount"),
        [
            pytest.param(date(2024, 3, 30), date(2024, 4, 2), "-12.50", id="into the next month"),
            pytest.param(date(2024, 4, 2), date(2024, 3, 30), "-12.50", id="into the last month"),
        ],
    )
    def test_a_later_change_of_date_does_not_move_it(self, before, after, amount):
        house = House()
        house.take(payment(1, on=before))
        done, written = house.take(payment(1, amount, on=after))
        (there,) = [path for path in house.held if "/compte-1/" in path]
        assert (counts(done), f"{before:%Y-%m}" in there) == ((1, 0, 0, 1, 0), True)
        assert values(written[there], "id-REF1", "date") == [str(after)]
        assert counts(house.plan(payment(1, amount, on=after))) == (1, 0, 1, 0, 0)

    @pytest.mark.parametrize(
        ("day", "amount"),
        [
            pytest.param(date(2024, 4, 5), "-12.50", id="a month away"),
            pytest.param(date(2024, 4, 2), "-99.00", id="another amount"),
        ],
    )
    def test_an_id_that_is_given_again_in_another_month_is_another_record(self, day, amount):
        house = House()
        house.take(payment(1, on=date(2024, 3, 30) if day.day == 2 else date(2024, 3, 5)))
        done, written = house.take(payment(1, amount, on=day))
        assert counts(done) == (1, 1, 0, 0, 0)
        assert MARCH not in written

    def test_a_record_that_is_held_where_its_date_says_is_that_one(self):
        house = House()
        house.take(payment(1, on=date(2024, 3, 30)))
        house.take(payment(1, "-1.00", on=date(2024, 4, 2)))
        done, written = house.take(payment(1, on=date(2024, 4, 2)))
        assert counts(done) == (1, 0, 0, 1, 0)
        assert MARCH not in written

    def test_records_without_a_date_of_their_own_are_told_apart_by_their_id(self):
        def line(on):
            fields = (("schema:name", "Café moulu"), ("sd:total", Decimal("5.98")))
            return Record(kind="Line", key=Key(stable="l1"), fields=fields, locator="/0", on=on)

        house = House()
        house.take(line(date(2024, 3, 5)))
        assert counts(house.plan(line(date(2024, 6, 5)))) == (1, 0, 1, 0, 0)

    def test_the_same_id_on_another_account_is_another_record(self):
        elsewhere = replace(payment(1, on=date(2024, 4, 2)), account=Key(stable="compte-2"))
        _, done, _ = self.updated(elsewhere)
        assert counts(done) == (1, 1, 0, 0, 0)

    def test_what_others_wrote_in_the_document_stays(self):
        house = House()
        house.take(payment(1))
        note = NamedNode(f"{STORAGE}{MARCH}#note")
        added = {
            Triple(note, NamedNode("https://schema.org/text"), Literal("loyer", language="fr")),
            Triple(BlankNode(), NamedNode("https://schema.org/about"), note),
        }
        house.held[MARCH] |= added
        _, written = house.take(payment(1, "-13.00"))
        assert values(written[MARCH], "note", "text") == ["loyer"]
        assert len(written[MARCH]) == len(house.held[MARCH])
        assert any(isinstance(triple.subject, BlankNode) for triple in written[MARCH])

    def test_a_record_without_digest_is_told_apart_by_what_it_says(self):
        house = House()
        house.take(payment(1), payment(2))
        digest = "https://w3id.org/selfdata/ns#recordDigest"
        house.held[MARCH] = frozenset(
            triple for triple in house.held[MARCH] if triple.predicate.value != digest
        )
        done, written = house.take(payment(1))
        assert counts(done) == (1, 0, 0, 1, 0)
        (found,) = [graph for path, graph in written.items() if path.startswith("history/")]
        assert values(found, "v-id-REF1", "recordDigest") == values(
            written[MARCH], "id-REF1", "recordDigest"
        )

    def test_a_record_of_no_known_import_was_changed_by_this_one(self):
        house = House()
        house.take(payment(1))
        source = "http://www.w3.org/ns/prov#wasGeneratedBy"
        house.held[MARCH] = frozenset(
            triple for triple in house.held[MARCH] if triple.predicate.value != source
        )
        _, written = house.take(payment(1, "-13.00"))
        (found,) = values(written[HISTORY], "v-id-REF1", "wasGeneratedBy")
        assert found.endswith("20260103T030405Z-banque-abababab.ttl#import")


class TestRejected:
    @pytest.mark.parametrize(
        ("record", "reason"),
        [
            pytest.param(
                other(payment(1), amount="much"), "amount: give a well-formed decimal", id="type"
            ),
            pytest.param(
                replace(payment(1), fields=payment(1).fields[:3]),
                "sourceLabel: give at least 1 of this property",
                id="missing",
            ),
            pytest.param(
                other(payment(1), amount=Ref("BankTransaction", Key(stable="x"), ACCOUNT)),
                "needs its yyyy",
                id="a reference that leads nowhere",
            ),
            pytest.param(replace(payment(1), on=None), "needs its yyyy", id="no date"),
            pytest.param(other(payment(1), account=Iri("no iri")), "", id="no IRI"),
        ],
    )
    def test_a_record_that_is_not_as_it_should_be_is_told_of_and_the_rest_goes_in(
        self, record, reason
    ):
        done, written = House().take(record, payment(2))
        assert counts(done) == (2, 1, 0, 0, 1)
        (problem,) = done.problems
        assert (problem.locator, reason in problem.message) == ("line=1", True)
        assert values(written[MARCH], "id-REF2", "amount") == ["-12.5"]

    def test_an_update_that_breaks_the_shape_leaves_what_is_held(self):
        house = House()
        house.take(payment(1))
        done = house.plan(other(payment(1), amount="much"))
        assert (counts(done), done.documents) == ((1, 0, 0, 0, 1), ())

    def test_what_is_derived_is_told_of_and_not_counted(self):
        done = House().plan(other(replace(payment(1), counted=False), amount="much"))
        assert counts(done) == (0, 0, 0, 0, 0)
        assert [problem.row for problem in done.problems] == [False]


numbers = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["-1.00", "-2.00"])), max_size=8)


@given(rows=numbers, data=st.data())
def test_importing_twice_is_importing_once_and_order_makes_no_difference(rows, data):
    items = [payment(number, amount) for number, amount in rows]
    house, shuffled = House(), House()
    done, _ = house.take(*items)
    assert done.read == done.new + done.same + done.updated + done.rejected == len(items)
    shuffled.take(*data.draw(st.permutations(items)))

    def said(graphs):
        locator = "https://w3id.org/selfdata/ns#sourceLocator"
        return {p: {t for t in g if t.predicate.value != locator} for p, g in graphs.items()}

    assert said(shuffled.held) == said(house.held)
    again = house.plan(*items)
    assert (again.documents, again.new, again.updated) == ((), 0, 0)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(MARCH, True, id="a month"),
        pytest.param("data/relation/banque/file.ttl", True, id="another domain"),
        pytest.param("data/bank/autre/accounts.ttl", False, id="another holder"),
        pytest.param("data/banque/x/accounts.ttl", False, id="a domain of its name"),
        pytest.param("history/bank/banque/x.ttl", False, id="history"),
        pytest.param("data/bank/banque", False, id="the container"),
    ],
)
def test_a_document_is_of_a_holder_by_its_path(path, expected):
    assert is_of(path, "banque") is expected
