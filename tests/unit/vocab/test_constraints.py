"""Each constraint of each shape, kept once and broken once, before two judges.

The shapes are ours and those of an extension profile, with the properties that they borrow of other
vocabularies. For every class there is a whole record, for every property a record that has it as
often as it may, and for every constraint a record that breaks this one.
"""

from dataclasses import dataclass
from itertools import count

import pytest

from tests.unit.vocab.judge import judged, shapes_of
from tests.unit.vocab.test_profile import WHOLE
from vocab import turtle
from vocab.checks import compile_check
from vocab.graph import BlankNode, Literal, NamedNode, Triple, name_of, nodes_of
from vocab.names import RDF, XSD
from vocab.profile import read_profile
from vocab.shapes import Validator, shapes

PROFILE = read_profile("library", WHOLE)
ALL = (*shapes(), *PROFILE.shapes)
EXAMPLES = turtle.read("examples") | PROFILE.graph


def literal(text, datatype):
    return Literal(text, datatype=NamedNode(datatype))


# Two values of each datatype, and one that only looks like it. The general engine takes any text
# for a year, for a month of a year and for JSON, where our validator does not.
WELL = {
    XSD.string: ("a", "b"),
    XSD.decimal: ("0.25", "0.5"),
    XSD.integer: ("1", "2"),
    XSD.boolean: ("true", "false"),
    XSD.date: ("2017-03-01", "2017-03-02"),
    XSD.dateTime: ("2017-03-01T08:00:00Z", "2017-03-01T09:00:00Z"),
    XSD.gYearMonth: ("2017-03", "2017-04"),
    XSD.gYear: ("2017", "2018"),
    XSD.duration: ("P1D", "P1M"),
    XSD.dayTimeDuration: ("PT30M", "PT1H"),
    RDF.JSON: ("[1]", "[2]"),
}
ILL = {
    XSD.decimal: "1,5",
    XSD.integer: "1.5",
    XSD.boolean: "yes",
    XSD.date: "2017-02-30",
    XSD.dateTime: "2017-03-01T25:00:00Z",
    XSD.duration: "1 day",
    XSD.dayTimeDuration: "half an hour",
}


def literals():
    for datatype, texts in WELL.items():
        yield from (literal(text, datatype) for text in texts)
    yield from (Literal(text, language="fr") for text in ("a", "b"))


def candidates(rules, shown):
    """Values that a property might have: those of examples first, then of every kind there is."""
    yield from (value for rule in rules for value in shown.get(rule.path, ()))
    yield from (NamedNode(name) for rule in rules for name in rule.values)
    yield from (NamedNode(f"https://ana.example/{name}") for name in "abc")
    yield from (literal(text, XSD.string) for text in ("EUR", "USD", "US0000000001", "A1", "A2"))
    yield from (literal(letter * 64, XSD.string) for letter in "ab")
    yield from literals()


def fit(rules, shown, many):
    """So many values that a property may have by all its rules, each once."""
    tests = [test for rule in rules for test, _ in compile_check(rule).tests]
    found = dict.fromkeys(
        value for value in candidates(rules, shown) if all(test(value) for test in tests)
    )
    return tuple(found)[:many]


def broken(rule, rules, shown):
    """By the kind of constraint, values of a property that break it in one of its rules."""
    good = fit(rules, shown, max(rule.at_least, 1))
    if rule.at_least:
        yield "MinCount", good[: rule.at_least - 1]
    if rule.at_most is not None:
        yield "MaxCount", fit(rules, shown, rule.at_most + 1)
    for kind, value in (*of_another_kind(rule), *out_of_bounds(rule)):
        yield kind, (value, *good[1:])


def of_another_kind(rule):
    """Values that are no IRI where one is asked for, or no literal of a datatype."""
    if rule.iri:
        yield "NodeKind", literal("https://ana.example/a", XSD.string)
        yield "NodeKind", BlankNode("value")
    if rule.datatypes:
        kind = "Datatype" if len(rule.datatypes) == 1 else "Or"
        yield kind, literal("a", XSD.NS + "anyURI")
        yield kind, NamedNode("https://ana.example/a")
        yield from ((kind, literal(ILL[name], name)) for name in rule.datatypes if name in ILL)


def out_of_bounds(rule):
    """Values that are of the kind that is asked for, and that are not let through all the same."""
    if rule.pattern is not None:
        yield "Pattern", literal("~", XSD.string)
    if rule.values:
        yield "In", NamedNode("https://ana.example/code")
        yield "In", literal(rule.values[0].rpartition("#")[2], XSD.string)
    if rule.minimum is not None:
        yield "MinInclusive", literal(str(rule.minimum - 1), rule.datatypes[-1])
    if rule.maximum is not None:
        yield "MaxInclusive", literal(str(rule.maximum + 1), rule.datatypes[-1])


@dataclass(frozen=True, slots=True)
class Case:
    """A record, and the constraint that it breaks: its path and kind, "" for a whole one."""

    focus: NamedNode | BlankNode
    said: frozenset[Triple]
    path: str = ""
    breaks: str = ""


def cases():
    """Of each shape the least and the most that it lets through, and all that it does not."""
    names, seen = count(), set()
    for shape in ALL:
        shown = values_of(shape.target)
        rules = {}
        for rule in shape.properties:
            rules.setdefault(rule.path, []).append(rule)
        least = {
            path: fit(of, shown, max(rule.at_least for rule in of)) for path, of in rules.items()
        }

        def record(focus=None, said=least, shape=shape):
            node = focus or NamedNode(f"https://ana.example/case#{next(names)}")
            held = {RDF.type: [NamedNode(shape.target)], **said}
            return node, frozenset(
                Triple(node, NamedNode(name), value)
                for name, values in held.items()
                for value in values
            )

        most = {
            path: fit(of, shown, min(rule.at_most or 3 for rule in of))
            for path, of in rules.items()
        }
        yield Case(*record())
        yield Case(*record(said=most))
        if shape.named:
            yield Case(*record(BlankNode(f"focus{next(names)}")), "", "NodeKind")
        for rule in shape.properties:
            ways = list(broken(rule, rules[rule.path], shown))
            if rule in seen:  # what many classes have: that this one has it too is all to see
                ways = ways[:1]
            seen.add(rule)
            for kind, values in ways:
                yield Case(*record(said={**least, rule.path: values}), rule.path, kind)


def values_of(target):
    """The values of each property in the examples of a class."""
    found = {}
    for _, node in sorted(nodes_of(EXAMPLES).items()):
        if any(term.value == target for term in node.get(RDF.type, ())):
            for path, values in node.items():
                found.setdefault(path, []).extend(sorted(values, key=str))
    return found


@pytest.fixture(scope="module")
def tried():
    return tuple(cases())


@pytest.mark.spec("SHACL §3.4 #validation-definition")
def test_each_constraint_of_each_shape_is_seen_by_both_judges(tried):
    graph = frozenset().union(*(case.said for case in tried))
    foreign = judged(graph, shapes_of([*turtle.sources("shapes").values(), WHOLE]))
    expected = {(name_of(case.focus), case.path, case.breaks) for case in tried if case.breaks}
    assert expected <= foreign
    ours = {(one.focus, one.path) for one in Validator(ALL).validate(graph)}
    assert ours == {(focus, path) for focus, path, _ in foreign}
    whole = {name_of(case.focus) for case in tried if not case.breaks}
    assert not whole & {focus for focus, _ in ours}


def test_every_class_and_every_constraint_is_tried(tried):
    kinds = {case.breaks for case in tried}
    assert {"MinCount", "MaxCount", "NodeKind", "Datatype", "Or", "Pattern", "In"} <= kinds
    assert {"MinInclusive", "MaxInclusive"} <= kinds
    targets = {
        triple.object.value
        for case in tried
        for triple in case.said
        if triple.predicate.value == RDF.type
    }
    assert targets == {shape.target for shape in ALL}
