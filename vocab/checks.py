"""The rules of a shape, compiled into plain checks of the values of a property."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vocab.graph import BlankNode, Literal, NamedNode, Term
from vocab.lexical import WELL_FORMED
from vocab.names import XSD
from vocab.shacl import Property

Test = Callable[[Term], bool]

_NUMBERS = {name: WELL_FORMED[name] for name in (XSD.decimal, XSD.integer)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How many values a property may have, and the tests that each must pass or else a message."""

    path: str
    at_least: int
    at_most: int | None
    tests: tuple[tuple[Test, str], ...]

    def allows(self, count: int) -> bool:
        """Whether a node may have so many values of the property."""
        return self.at_least <= count and (self.at_most is None or count <= self.at_most)

    def messages(self, values: Sequence[Term]) -> Iterator[str]:
        """What is wrong with the values of the property at one node."""
        if len(values) < self.at_least:
            yield f"give at least {self.at_least} of this property"
        if self.at_most is not None and len(values) > self.at_most:
            yield f"give at most {self.at_most} of this property"
        for value in values:
            for test, message in self.tests:
                if not test(value):
                    yield message


def compile_check(rule: Property) -> Check:
    return Check(
        path=rule.path, at_least=rule.at_least, at_most=rule.at_most, tests=tuple(_tests(rule))
    )


def _tests(rule: Property) -> Iterator[tuple[Test, str]]:
    if rule.iri:
        yield _is_iri, "give an IRI"
    if rule.datatypes:
        names = " or ".join(map(_local, rule.datatypes))
        yield _has_datatype(rule.datatypes), f"give a well-formed {names}"
    if rule.pattern is not None:
        yield _matches(rule.pattern), f"give a text that matches {rule.pattern}"
    if rule.values:
        names = ", ".join(map(_local, rule.values))
        yield _is_one_of(frozenset(rule.values)), f"give one of the codes {names}"
    if rule.minimum is not None:
        yield _is_at_least(rule.minimum), f"give a number of at least {rule.minimum}"
    if rule.maximum is not None:
        yield _is_at_most(rule.maximum), f"give a number of at most {rule.maximum}"


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _is_iri(value: Term) -> bool:
    return isinstance(value, NamedNode)


def _has_datatype(datatypes: tuple[str, ...]) -> Test:
    # SHACL §4.1.2: "A literal matches a datatype if the literal's datatype has the same IRI and,
    # for the datatypes supported by SPARQL 1.1, is not an ill-typed literal."
    forms = {name: WELL_FORMED[name] for name in datatypes}

    def test(value: Term) -> bool:
        if not isinstance(value, Literal):
            return False
        form = forms.get(value.datatype.value)
        return form is not None and form(value.value)

    return test


def _matches(pattern: str) -> Test:
    # SHACL §4.4.3: blank nodes never match; an IRI or a literal is matched as its text.
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, BlankNode) and search(value.value) is not None


def _is_one_of(names: frozenset[str]) -> Test:
    return lambda value: isinstance(value, NamedNode) and value.value in names


def _is_at_least(minimum: Decimal) -> Test:
    return lambda value: (number := _number(value)) is not None and number >= minimum


def _is_at_most(maximum: Decimal) -> Test:
    return lambda value: (number := _number(value)) is not None and number <= maximum


def _number(value: Term) -> Decimal | None:
    """The value of a well-formed decimal or integer, None for anything else."""
    if not isinstance(value, Literal):
        return None
    form = _NUMBERS.get(value.datatype.value)
    return Decimal(value.value) if form is not None and form(value.value) else None
