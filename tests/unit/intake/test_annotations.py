from datetime import UTC, datetime

import pytest

from pod.intake.annotations import (
    Correction,
    as_corrected,
    corrected,
    like,
    noted,
    without_notes,
)
from tests.unit.intake.house import STORAGE, House, payment, values
from vocab.graph import Literal, NamedNode, Triple
from vocab.names import SD, XSD
from vocab.shapes import validate

MARCH = "data/bank/banque/compte-1/2024/2024-03.ttl"
RECORD = f"{STORAGE}{MARCH}#id-REF1"
WHERE = f"{STORAGE}annotations/corrections.ttl"
NOW = datetime(2026, 5, 1, tzinfo=UTC)
DECIMAL = NamedNode(XSD.decimal)


def correction(text, *, record=RECORD, of=SD.amount):
    value = Literal(text, datatype=DECIMAL)
    return Correction(record=record, property=of, value=value, by=f"{STORAGE}me", at=NOW)


def held():
    house = House()
    house.take(payment(1), payment(2))
    return frozenset(t for t in house.held[MARCH] if t.subject == NamedNode(RECORD))


def test_a_correction_is_a_statement_of_the_person_and_keeps_to_its_shape():
    graph = corrected(frozenset(), WHERE, correction("-13.00"))
    assert validate(graph) == ()
    assert [t.object.value for t in graph if t.predicate.value.endswith("#subject")] == [RECORD]


def test_a_corrected_record_has_her_value_and_all_else_of_the_holder():
    corrections = corrected(frozenset(), WHERE, correction("-13.00"))
    found = as_corrected(held(), corrections)
    assert values(found, "id-REF1", "amount") == ["-13.00"]
    assert values(found, "id-REF1", "sourceLabel") == ["CB EPICERIE"]
    assert values(held(), "id-REF1", "amount") == ["-12.5"]


def test_the_last_correction_of_a_property_counts_and_others_stay():
    graph = corrected(frozenset(), WHERE, correction("-13.00"))
    graph = corrected(graph, WHERE, correction("7", of=SD.balance))
    graph = corrected(graph, WHERE, correction("-14.00"))
    found = as_corrected(held(), graph)
    assert values(found, "id-REF1", "amount") == ["-14.00"]
    assert values(found, "id-REF1", "balance") == ["7"]


def test_a_correction_of_another_record_changes_nothing():
    other = correction("-13.00", record=RECORD.replace("REF1", "REF2"))
    assert as_corrected(held(), corrected(frozenset(), WHERE, other)) == held()


def test_a_note_takes_the_place_of_the_one_before_and_of_no_other():
    graph = noted(frozenset(), RECORD, SD.category, Literal("a"))
    graph = noted(graph, RECORD.replace("REF1", "REF2"), SD.category, Literal("b"))
    graph = noted(graph, RECORD, SD.category, Literal("c"))
    assert sorted(t.object.value for t in graph) == ["b", "c"]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        pytest.param([Literal("1", datatype=DECIMAL)], Literal("x", datatype=DECIMAL), id="number"),
        pytest.param([NamedNode("https://a.example/")], None, id="no IRI"),
        pytest.param([], Literal("x"), id="nothing yet"),
        pytest.param([Literal("y", language="fr")], Literal("x"), id="in a language"),
    ],
)
def test_a_text_becomes_a_value_like_the_ones_there_are(there, expected):
    if expected is None:
        with pytest.raises(ValueError, match="IRI"):
            like("x", there)
    else:
        assert like("x", there) == expected


@pytest.mark.parametrize("end", ["subject", "object"])
def test_a_link_goes_with_either_of_its_records(end):
    other = NamedNode(RECORD.replace("REF1", "REF2"))
    linked = Triple(NamedNode(RECORD), NamedNode(SD.settledBy), other)
    graph = frozenset({linked})
    assert without_notes(graph, records={getattr(linked, end).value}) == frozenset()
    assert without_notes(graph, records={f"{RECORD}3"}) == graph
