from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.vocab.judge import judged, shapes_of
from vocab import turtle
from vocab.graph import BlankNode, Literal, NamedNode, Triple
from vocab.names import RDF, SD, SDC, XSD
from vocab.shapes import Violation, shapes, validate

EXAMPLES = turtle.read("examples")
TRANSACTION = "https://ana.example/data/bank/confluent/courant-2531/2017/2017-03.ttl#t-9f2c71a0b3"
MATCH = "https://ana.example/annotations/matches.ttl#m1"


def about(iri):
    return frozenset(triple for triple in EXAMPLES if triple.subject == NamedNode(iri))


def of(graph, predicate):
    return next(triple for triple in graph if triple.predicate == NamedNode(predicate))


def with_value(graph, predicate, value):
    old = of(graph, predicate)
    return graph - {old} | {Triple(old.subject, old.predicate, value)}


def literal(text, datatype):
    return Literal(text, datatype=NamedNode(datatype))


def test_the_examples_conform():
    assert validate(EXAMPLES) == ()


def test_every_shape_is_for_one_class():
    targets = [shape.target for shape in shapes()]
    assert len(set(targets)) == len(targets)
    assert all(targets)


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        (SD.amount, literal("-6.9E1", XSD.double), "give a well-formed decimal"),
        (SD.date, literal("2017-02-30", XSD.date), "give a well-formed date"),
        (SD.nature, Literal("card"), "give an IRI"),
        (SD.currency, Literal("euro"), "give a text that matches ^[A-Z]{3}$"),
        (SD.recordDigest, Literal("4F0E"), "give a text that matches ^[0-9a-f]{64}$"),
        (SD.account, BlankNode("a"), "give an IRI"),
    ],
)
def test_a_wrong_value_is_told(predicate, value, message):
    wrong = with_value(about(TRANSACTION), predicate, value)
    assert validate(wrong) == (Violation(TRANSACTION, predicate, message),)


@pytest.mark.parametrize("predicate", [SD.holder, SD.date, SD.amount, SD.sourceLabel])
def test_a_missing_value_is_told(predicate):
    whole = about(TRANSACTION)
    assert validate(whole - {of(whole, predicate)}) == (
        Violation(TRANSACTION, predicate, "give at least 1 of this property"),
    )


def test_a_second_date_is_told():
    second = Triple(NamedNode(TRANSACTION), NamedNode(SD.date), literal("2017-03-07", XSD.date))
    assert validate(about(TRANSACTION) | {second}) == (
        Violation(TRANSACTION, SD.date, "give at most 1 of this property"),
    )


def test_a_one_sided_match_is_told():
    whole = about(MATCH)
    assert validate(whole - {of(whole, SD.matches)}) == (
        Violation(MATCH, SD.matches, "give at least 2 of this property"),
    )


def test_a_blank_record_is_told():
    blank = BlankNode("b")
    moved = frozenset(Triple(blank, t.predicate, t.object) for t in about(TRANSACTION))
    assert validate(moved) == (Violation("_:b", "", "give it an IRI of its own"),)


def test_a_node_is_held_to_every_class_it_has():
    account = "https://ana.example/data/bank/confluent/accounts.ttl#courant-2531"
    second = Triple(NamedNode(account), NamedNode("https://schema.org/telephone"), Literal("1"))
    twice = about(account) | {second, Triple(second.subject, second.predicate, Literal("2"))}
    assert [violation.path for violation in validate(twice)] == ["https://schema.org/telephone"]


def test_a_node_of_no_class_of_ours_conforms():
    other = Triple(NamedNode(MATCH), NamedNode(RDF.type), NamedNode("https://schema.org/Thing"))
    assert validate(frozenset({other})) == ()
    assert validate(frozenset()) == ()


@cache
def general_shapes():
    return shapes_of(turtle.sources("shapes").values())


def foreign_verdict(graph):
    return {focus for focus, _, _ in judged(graph, general_shapes())}


TRIPLES = {}
for triple in sorted(EXAMPLES, key=str):
    TRIPLES.setdefault(triple.subject.value, []).append(triple)
RECORDS = sorted(TRIPLES)


# The general engine takes any text for these, where our validator does not.
LENIENT = {NamedNode(name) for name in (XSD.gYear, XSD.gYearMonth, RDF.JSON)}


def extended(value):
    """The value with a letter too many: a malformed number, digest or code, another IRI."""
    if isinstance(value, NamedNode):
        return NamedNode(value.value + "x")
    if value.language:
        return Literal(value.value + "x", language=value.language)
    if value.datatype in LENIENT:
        return Literal(value.value + "x")
    return Literal(value.value + "x", datatype=value.datatype)


MUTATIONS = {
    "dropped": lambda _: (),
    "broken": lambda value: (extended(value),),
    "doubled": lambda value: (value, extended(value)),
    "code of another list": lambda _: (NamedNode(SDC.food),),
    "blank": lambda _: (BlankNode("value"),),
    "plain text": lambda value: (Literal(value.value),),
    "text in a language": lambda value: (Literal(value.value, language="en"),),
    "negative": lambda _: (literal("-1", XSD.integer),),
    "decimal": lambda value: (literal(value.value, XSD.decimal),),
    "integer": lambda value: (literal(value.value, XSD.integer),),
    "double": lambda value: (literal(value.value, XSD.double),),
    "duration": lambda value: (literal(value.value, XSD.dayTimeDuration),),
}


def changed(iri, old, mutation):
    """A record with one of its values changed."""
    values = MUTATIONS[mutation](old.object)
    return {*TRIPLES[iri]} - {old} | {Triple(old.subject, old.predicate, v) for v in values}


@st.composite
def mutated(draw):
    """Some of the examples, each with one value changed."""
    graph = set()
    for iri in draw(st.sets(st.sampled_from(RECORDS), min_size=1, max_size=20)):
        old = draw(st.sampled_from(TRIPLES[iri]))
        graph |= changed(iri, old, draw(st.sampled_from(sorted(MUTATIONS))))
    return frozenset(graph)


@pytest.mark.spec("SHACL §3.4 #validation-definition")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=mutated())
def test_our_verdict_is_that_of_a_general_engine(graph):
    assert {violation.focus for violation in validate(graph)} == foreign_verdict(graph)


@pytest.mark.spec("SHACL §3.4 #validation-definition")
@pytest.mark.parametrize("mutation", sorted(MUTATIONS))
def test_both_engines_agree_on_every_class(mutation):
    turn = sorted(MUTATIONS).index(mutation)
    graph = set()
    for iri, triples in TRIPLES.items():
        graph |= changed(iri, triples[turn % len(triples)], mutation)
    found = {violation.focus for violation in validate(frozenset(graph))}
    assert found
    assert found == foreign_verdict(graph)


def test_every_class_is_among_those_that_they_agree_on():
    shown = {t.object.value for t in EXAMPLES if t.predicate == NamedNode(RDF.type)}
    assert {shape.target for shape in shapes()} <= shown
