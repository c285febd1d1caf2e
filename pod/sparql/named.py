"""What a query names, for the journal: its properties and classes, and none of its values.

It is read off the tokens, without a parse: an IRI counts as a property wherever in a pattern one
may stand, so that rather too much is noted than too little.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pod.sparql.lexer import Kind, Token
from pod.sparql.words import A
from vocab.names import RDF

_BEFORE = frozenset(";[/|^!(")  # what may stand before a property, beside a subject
_AFTER = frozenset("/|^*+?)[(")  # and after it, beside an object
_SUBJECT_END = frozenset(")]")
_NAMES = frozenset({Kind.IRI, Kind.PREFIXED_NAME})
_VALUES = frozenset("?$'\"0123456789+-._")  # what variables, literals and blank nodes begin with
_PUNCTUATION = frozenset({"?", "+", "-", "."})
_BOOLEANS = frozenset({"TRUE", "FALSE"})
_PATTERN, _EXPRESSION, _ASIDE = "pattern", "expression", "aside"
# What follows these words, up to the next brace, is no pattern.
_TURNING_ASIDE = frozenset({"SELECT", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"})

Resolve = Callable[[Token], str]
"""From an IRI or a prefixed name to the IRI in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """IRIs that a query names; `any_property` is whether others may be meant too."""

    properties: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    any_property: bool = False


@dataclass(slots=True)
class _Reading:
    """Where a reading is: what each bracket that is open holds, and what was found so far."""

    resolve: Resolve
    inside: list[str] = field(default_factory=lambda: [_ASIDE])
    filtering: bool = False
    data: bool = False
    before: Token | None = None
    typed: bool = False  # whether the next name is a class
    properties: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    any_property: bool = False

    def step(self, token: Token, after: Token | None) -> None:
        text = token.text
        if text in {"{", "(", "["}:
            self._open(text)
        elif text in {"}", ")", "]"}:
            closed = self.inside.pop() if len(self.inside) > 1 else _ASIDE
            self.before = None if closed == _EXPRESSION else token
            return
        elif token.kind is Kind.WORD and text != A:
            self._word(text.upper())
        elif self.inside[-1] == _PATTERN:
            self._term(token, after)
        self.before = token

    def _open(self, bracket: str) -> None:
        inside = self.inside[-1]
        if bracket == "{":
            inside = _ASIDE if self.data else _PATTERN
            self.data = False
        elif bracket == "(" and (self.filtering or _is_word(self.before)):
            inside = _EXPRESSION
        self.filtering = False
        self.inside.append(inside)

    def _word(self, word: str) -> None:
        self.filtering = word in {"FILTER", "HAVING"} or (self.filtering and word == "NOT")
        self.data = self.data or word == "VALUES"
        if word in _TURNING_ASIDE and self.inside[-1] == _PATTERN:
            self.inside[-1] = _ASIDE

    def _term(self, token: Token, after: Token | None) -> None:
        name = token.kind in _NAMES
        if self.typed and name:
            self.classes.add(self.resolve(token))
        if token.text != ",":
            self.typed = self.typed and name and after is not None and after.text == ","
        if not self._may_be_property(after):
            return
        if token.text == A or name:
            iri = RDF.type if token.text == A else self.resolve(token)
            self.properties.add(iri)
            self.typed = iri == RDF.type
        elif _is_variable(token):
            self.any_property = True

    def _may_be_property(self, after: Token | None) -> bool:
        before = self.before
        if before is None or after is None:
            return False
        begins = before.text in _BEFORE or before.text in _SUBJECT_END or _is_term(before)
        return begins and (after.text in _AFTER or _is_term(after))


def named_in(tokens: Sequence[Token], resolve: Resolve) -> Named:
    """What the tokens of a query name, which are those after its prologue, without its spaces."""
    reading = _Reading(resolve)
    for token, after in zip(tokens, (*tokens[1:], None), strict=True):
        reading.step(token, after)
    describes = bool(tokens) and tokens[0].text.upper() == "DESCRIBE"
    return Named(
        properties=frozenset(reading.properties),
        classes=frozenset(reading.classes),
        any_property=reading.any_property or describes,
    )


def _is_word(token: Token | None) -> bool:
    return token is not None and token.kind is Kind.WORD and token.text != A


def _is_variable(token: Token) -> bool:
    return token.text[0] in "?$" and len(token.text) > 1


def _is_term(token: Token) -> bool:
    if token.kind in _NAMES:
        return True
    if token.kind is Kind.WORD:
        return token.text.upper() in _BOOLEANS
    return token.text[0] in _VALUES and token.text not in _PUNCTUATION
