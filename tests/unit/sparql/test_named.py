"""What a query names is found wherever a property may stand, and its values never are."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.problems import Malformed
from pod.sparql.asked import categories_asked
from pod.sparql.dataset import restrict
from pod.sparql.request import Query
from vocab.kinds import DOMAINS
from vocab.names import RDF, SD

BASE = "https://pod.example/ana/"
PREFIXES = "PREFIX sd: <https://w3id.org/selfdata/ns#> PREFIX ex: <https://ex.example/>\n"
P, Q, R, S, C, D = (f"https://ex.example/{letter}" for letter in "pqrsCD")


def plan_of(text):
    return restrict(Query(text=PREFIXES + text, base=BASE))


FOUND = {
    "one": ("SELECT * { ?s ex:p ?o }", {P}, set(), False),
    "an IRI": ("SELECT * { ?s <https://ex.example/p> ?o }", {P}, set(), False),
    "a class": ("SELECT * { ?s a ex:C }", {RDF.type}, {C}, False),
    "classes": ("SELECT * { ?s a ex:C, ex:D ; ex:p 1 }", {RDF.type, P}, {C, D}, False),
    "rdf:type": (f"SELECT * {{ ?s <{RDF.type}> ex:C . }}", {RDF.type}, {C}, False),
    "a value beside it": ("SELECT * { ?s ex:p ex:v, ex:w ; ex:q ex:x }", {P, Q}, set(), False),
    "of a named subject": ("SELECT * { ex:v ex:p ?o . ex:w ex:q ?o }", {P, Q}, set(), False),
    "of a blank node": (
        "SELECT * { [ ex:p 1 ] ex:q [ ex:r 2 ; ex:s 3 ] }",
        {P, Q, R, S},
        set(),
        False,
    ),
    "a label": ("SELECT * { _:b ex:p 'x' . }", {P}, set(), False),
    "a path": ("SELECT * { ?s ex:p/ex:q|^ex:r ?o }", {P, Q, R}, set(), False),
    "a group": ("SELECT * { ?s (ex:p|!(ex:q|^ex:r))*/ex:s ?o }", {P, Q, R, S}, set(), False),
    "more or less": (
        "SELECT * { ?s ex:p+ ?o . ?s ex:q? ?o . ?s ex:r* ?o }",
        {P, Q, R},
        set(),
        False,
    ),
    "a collection": ("SELECT * { ?s ex:p (1 2) }", {P}, set(), False),
    "any": ("SELECT * { ?s ?p ?o }", set(), set(), True),
    "any of a class": ("SELECT * { ?s a ex:C ; ?p ?o }", {RDF.type}, {C}, True),
    "after a filter": ("SELECT * { ?s ex:p ?o FILTER(?o > 3) ?t ex:q ?u }", {P, Q}, set(), False),
    "a function": ("SELECT * { ?s ex:p ?o FILTER ex:f(?o) ?t ex:q ?u }", {P, Q}, set(), False),
    "a value in a filter": (
        "SELECT * { ?s ex:p ?o FILTER(?o IN (ex:v, ex:w)) FILTER(?o != ex:x) }",
        {P},
        set(),
        False,
    ),
    "within EXISTS": (
        "SELECT * { ?s ex:p ?o FILTER(NOT EXISTS { ?s ex:q ?o }) FILTER NOT EXISTS { ?s ex:r 1 } }",
        {P, Q, R},
        set(),
        False,
    ),
    "bound": (
        "SELECT * { BIND(ex:v AS ?s) ?s ex:p ?o BIND(1 + 2 AS ?n) ?s ex:q ?n }",
        {P, Q},
        set(),
        False,
    ),
    "data": (
        "SELECT * { VALUES (?s ?o) { (ex:v ex:w) } VALUES ?x { ex:v ex:w ex:x } ?s ex:p ?o }",
        {P},
        set(),
        False,
    ),
    "data at the end": ("SELECT ?o { ?s ex:p ?o } VALUES ?s { ex:v ex:w ex:x }", {P}, set(), False),
    "a query within": (
        "SELECT * { { SELECT ?a ?b ?c { ?a ex:p ?b } GROUP BY ?a ?b ?c LIMIT 3 } ?c ex:q ?d }",
        {P, Q},
        set(),
        False,
    ),
    "elsewhere": (
        "SELECT * { GRAPH ex:g { ?s ex:p ?o } OPTIONAL { ?s ex:q ?o } }",
        {P, Q},
        set(),
        False,
    ),
    "alternatives": (
        "ASK { { ?s ex:p true } UNION { false ex:q ?o } MINUS { ?s ex:r 1 } }",
        {P, Q, R},
        set(),
        False,
    ),
    "a template": ("CONSTRUCT { ?s ex:q ?o } WHERE { ?s ex:p ?o }", {P, Q}, set(), False),
    "described": ("DESCRIBE ex:v", set(), set(), True),
    "typed values": ("SELECT * { ?s ex:p '1'^^ex:t ; ex:q 'a'@fr . }", {P, Q}, set(), False),
    "nothing": ("ASK {}", set(), set(), False),
}


@pytest.mark.parametrize(
    ("text", "properties", "classes", "any_property"), FOUND.values(), ids=FOUND.keys()
)
def test_properties_and_classes_are_found(text, properties, classes, any_property):
    named = plan_of(text).named
    assert set(named.properties) == properties
    assert set(named.classes) == classes
    assert named.any_property is any_property


@given(st.text("{}()[];,. ?saex:p'\"<>/|^!*+", max_size=30))
def test_whatever_the_brackets_it_is_read_or_refused(text):
    with suppress(Malformed):
        named = plan_of(f"SELECT * {{ {text} }}").named
        assert named.properties.isdisjoint({""})


READABLE = frozenset({"bank", "health", "energy"})
ASKED = {
    "a class": ("SELECT * { ?s a sd:BankTransaction }", ("bank",)),
    "two classes": (
        "SELECT * { ?s a sd:BankTransaction . ?t a sd:HealthExpense }",
        ("bank", "health"),
    ),
    "a class that may not be read": ("SELECT * { ?s a sd:Grade }", ()),
    "a class that is anywhere": ("SELECT * { ?s a sd:Account }", tuple(sorted(READABLE))),
    "somebody else's class": ("SELECT * { ?s a ex:C }", tuple(sorted(READABLE))),
    "no class": ("SELECT * { ?s sd:amount ?o }", tuple(sorted(READABLE))),
    "any property": ("SELECT * { ?s a sd:BankTransaction ; ?p ?o }", tuple(sorted(READABLE))),
    "a document": ("ASK FROM <data/bank/x.ttl> { ?s ?p ?o }", ("bank",)),
    "documents": (
        "ASK FROM <data/bank/x> FROM NAMED <data/health/x> { ?s ?p ?o GRAPH ?g { ?a ?b ?c } }",
        ("bank", "health"),
    ),
    "a document elsewhere": ("ASK FROM <notes/data/bank/x> { ?s ?p ?o }", ()),
}


@pytest.mark.parametrize(("text", "categories"), ASKED.values(), ids=ASKED.keys())
def test_categories_are_those_that_are_named_or_all_that_may_be_read(text, categories):
    assert categories_asked(plan_of(text), BASE, READABLE) == categories


def test_every_domain_is_a_category():
    plan = plan_of(f"SELECT * {{ ?s ?p ?o FILTER(?p != <{SD.amount}>) }}")
    assert categories_asked(plan, BASE, DOMAINS) == tuple(sorted(DOMAINS))
