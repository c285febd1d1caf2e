from datetime import date

import pytest

from pod.intake.annotations import without_notes
from pod.intake.tombstones import buried, dead_periods, is_tombstone, without_versions
from tests.unit.intake.house import (
    STORAGE,
    House,
    bank_account,
    counts,
    half_hours,
    payment,
    values,
)
from vocab.graph import Literal, NamedNode, Triple, nodes_of
from vocab.names import PROV, RDF, SCHEMA, SD

MARCH = "data/bank/banque/compte-1/2024/2024-03.ttl"
LOAD = "data/bank/banque/pdl-1/series/load/2024-03.ttl"


def deleted(house, path, *names):
    house.held[path] = buried(
        house.held[path], [f"{STORAGE}{path}#{name}" for name in names], house.now
    )


def of(graph, name):
    return frozenset(t for t in graph if t.subject.value.endswith(f"#{name}"))


def only(graph):
    """What a graph of one subject says of it."""
    (node,) = nodes_of(graph).values()
    return node


class TestRecords:
    def test_what_is_left_is_the_name_the_types_and_the_moment(self):
        house = House()
        house.take(payment(1), payment(2))
        deleted(house, MARCH, "id-REF1")
        left = of(house.held[MARCH], "id-REF1")
        assert is_tombstone(only(left))
        assert values(left, "id-REF1", "formerType") == [SD.NS + "BankTransaction"]
        assert values(left, "id-REF1", "deleted") == ["2026-01-03T03:04:05Z"]
        assert len(left) == 3
        assert values(house.held[MARCH], "id-REF2", "amount") == ["-12.5"]

    @pytest.mark.parametrize("amount", ["-12.50", "-13.00"])
    def test_the_next_import_keeps_it_deleted(self, amount):
        house = House()
        house.take(payment(1), payment(2))
        deleted(house, MARCH, "id-REF1")
        done = house.plan(payment(1, amount), payment(2))
        assert (counts(done), done.deleted, done.documents) == ((2, 0, 2, 0, 0), 1, ())

    def test_of_two_equal_rows_the_other_stays(self):
        house = House()
        coffee = payment(0, "-2.50", label="CB CAFE")
        house.take(coffee, coffee)
        first, _ = sorted({t.subject.value.rpartition("#")[2] for t in house.held[MARCH]})
        deleted(house, MARCH, first)
        done = house.plan(coffee, coffee, coffee)
        assert (counts(done), done.deleted) == ((3, 1, 2, 0, 0), 1)

    def test_what_is_derived_stays_deleted_and_is_not_counted(self):
        house = House()
        house.take(bank_account(), payment(1))
        deleted(house, "data/bank/banque/accounts.ttl", "compte-1")
        done = house.plan(bank_account(), payment(1))
        assert (counts(done), done.deleted, done.documents) == ((1, 0, 1, 0, 0), 0, ())

    def test_what_is_deleted_stays_as_of_then(self):
        house = House()
        house.take(payment(1))
        deleted(house, MARCH, "id-REF1")
        before = house.held[MARCH]
        house.take(payment(2))
        deleted(house, MARCH, "id-REF1")
        assert before <= house.held[MARCH]

    def test_what_another_source_calls_it_stays_deleted_too(self):
        house = House()
        house.take(payment(1))
        about, other = (NamedNode(f"{STORAGE}{MARCH}#{name}") for name in ("id-REF1", "h-abc"))
        house.held[MARCH] |= {Triple(other, NamedNode(PROV.alternateOf), about)}
        deleted(house, MARCH, "id-REF1")
        assert is_tombstone(only(of(house.held[MARCH], "h-abc")))

    def test_what_refers_to_it_stays(self):
        house = House()
        house.take(payment(1), payment(2))
        about, other = (NamedNode(f"{STORAGE}{MARCH}#id-REF{number}") for number in (1, 2))
        house.held[MARCH] |= {Triple(other, NamedNode(SD.relatedTo), about)}
        before = of(house.held[MARCH], "id-REF2")
        deleted(house, MARCH, "id-REF1")
        assert of(house.held[MARCH], "id-REF2") == before


class TestSeries:
    def test_a_month_of_a_series_stays_deleted_at_any_step(self):
        house = House(domain="energy")
        path = LOAD.replace("bank", "energy", 1)
        house.take(*half_hours([100] * 48))
        deleted(house, path, "c")
        quarters = half_hours([50] * 96, day=date(2024, 3, 6), step=900)
        done = house.plan(*half_hours([100] * 48), *quarters)
        assert (counts(done), done.deleted, done.documents) == ((144, 0, 144, 0, 0), 144, ())
        done = house.plan(*half_hours([100] * 48, day=date(2024, 4, 1)))
        assert (done.new, done.deleted) == (48, 0)

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            pytest.param(["c"], ["2024-03"], id="a month"),
            pytest.param(["c-pt10m"], ["2024-03"], id="a month at another step"),
            pytest.param(["c-31", "c-01-pt1m-30"], ["2024-03-31", "2024-03-01"], id="days"),
            pytest.param(["series", "id-c", "cc"], [], id="something else"),
        ],
    )
    def test_a_tombstone_says_of_which_time(self, names, expected):
        assert list(dead_periods(names, "2024-03")) == expected


def test_the_history_loses_the_states_of_what_is_deleted_and_no_others():
    house = House()
    house.take(payment(1), payment(2))
    _, written = house.take(payment(1, "-1.00"), payment(2, "-2.00"))
    (history,) = [graph for path, graph in written.items() if path.startswith("history/")]
    left = without_versions(history, [f"{STORAGE}{MARCH}#id-REF1"])
    assert {t.subject.value.rpartition("#")[2] for t in left} == {"id-REF2", "v-id-REF2"}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        pytest.param({"records": [f"{STORAGE}{MARCH}#id-1"]}, {"id-2", "m"}, id="records"),
        pytest.param({"documents": [STORAGE + MARCH]}, {"m"}, id="documents"),
        pytest.param({}, {"id-1", "c", "id-2", "m"}, id="nothing"),
    ],
)
def test_what_the_person_said_of_it_goes_with_it(asked, left):
    first, second = (NamedNode(f"{STORAGE}{MARCH}#id-{number}") for number in (1, 2))
    correction, match = (NamedNode(f"{STORAGE}annotations/x.ttl#{name}") for name in "cm")
    elsewhere = NamedNode(f"{STORAGE}data/bank/autre/accounts.ttl#a")
    graph = frozenset(
        {
            Triple(
                first, NamedNode(SD.category), NamedNode("https://w3id.org/selfdata/codes#home")
            ),
            Triple(correction, NamedNode(RDF.subject), first),
            Triple(correction, NamedNode(RDF.object), Literal("1")),
            Triple(second, NamedNode(SCHEMA.description), Literal("the rent")),
            Triple(match, NamedNode(SD.matches), elsewhere),
        }
    )
    kept = without_notes(graph, **asked)
    assert {t.subject.value.rpartition("#")[2] for t in kept} == left
