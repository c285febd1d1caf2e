"""What a query may run on (SPARQL 1.1 §13): the graphs it names, read from its tokens.

The query index cuts these down to what the asker may read, and hands the engine the lists; so
nothing leaks whatever the text says. What is refused here is refused with a reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import pairwise
from urllib.parse import urljoin

from pod.problems import Malformed
from pod.sparql.lexer import Kind, Token, tokenize
from pod.sparql.named import Named, named_in
from pod.sparql.request import Query
from pod.sparql.words import KEYWORDS, UPDATES, A

LONGEST_BASE = 4096  # characters

_NAMES = frozenset({Kind.IRI, Kind.PREFIXED_NAME})
_LOCAL_ESCAPE = re.compile(r"\\(.)")  # §19.8 PN_LOCAL_ESC


class Form(Enum):
    """The four query forms (SPARQL 1.1 §16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A query that may be run: its text, and the graphs that it asks for.

    None stands for every document that the asker may read, in the default graph as one graph;
    a set names documents, of which only the readable ones are there. `base` is the IRI that
    relative ones are resolved against, and `named` what it asks for.
    """

    form: Form
    text: str
    base: str
    default_graphs: frozenset[str] | None
    named_graphs: frozenset[str] | None
    named: Named


@dataclass(frozen=True, slots=True)
class _Prologue:
    """What a prologue declares, the tokens after it, and their words with what follows each."""

    base: str
    prefixes: Mapping[str, str]
    rest: Sequence[Token]
    words: Sequence[tuple[str, Token]]


def restrict(query: Query) -> Plan:
    """The query as it shall run. Raises Malformed for one that this server does not run."""
    written = list(tokenize(query.text))
    tokens = [t for t in written if t.kind not in {Kind.SPACE, Kind.COMMENT}]
    prologue = _read_prologue(tokens, query.base)
    form = _form(prologue.rest)
    _check_words(prologue.rest)
    _check_prefixes(prologue)
    default: frozenset[str] | None = query.default_graphs
    named: frozenset[str] | None = query.named_graphs
    # SPARQL 1.1 Protocol §2.1.4 #dataset: where both name one, "the dataset that is specified
    # in the protocol request" is the one used.
    if not default and not named:
        default, named = _clauses(prologue)
    # SPARQL 1.1 §13.2: with one kind of clause only, the other part of the dataset is empty.
    if not default and not named:
        default, named = None, _used(prologue)
    return Plan(
        form=form,
        text="".join(map(_as_run, written)),
        base=query.base,
        default_graphs=default,
        named_graphs=named,
        named=named_in(prologue.rest, partial(_graph, prologue)),
    )


def _read_prologue(tokens: Sequence[Token], base: str) -> _Prologue:
    prefixes: dict[str, str] = {}
    position = 0
    while position < len(tokens):
        word = tokens[position].text.upper()
        kinds = [token.kind for token in tokens[position + 1 : position + 3]]
        if word == "BASE" and kinds[:1] == [Kind.IRI]:
            base = _resolve(base, tokens[position + 1])
            if len(base) > LONGEST_BASE:  # a relative one is put behind the one before
                raise Malformed("the bases of the query are too long; declare one")
            position += 2
        elif word == "PREFIX" and kinds == [Kind.PREFIXED_NAME, Kind.IRI]:
            prefixes[tokens[position + 1].text] = _resolve(base, tokens[position + 2])
            position += 3
        else:
            break
    rest = tokens[position:]
    words = [(one.text.upper(), two) for one, two in pairwise(rest) if one.kind is Kind.WORD]
    return _Prologue(base, prefixes, rest, words)


def _form(tokens: Sequence[Token]) -> Form:
    word = tokens[0].text.upper() if tokens else ""
    if word in UPDATES or word == "WITH":
        raise Malformed("nothing is updated here; change documents by PUT or PATCH")
    if word not in Form.__members__:
        raise Malformed(
            "after its prefixes, a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    return Form[word]


def _check_words(tokens: Sequence[Token]) -> None:
    """Raises Malformed for a word that is none of SPARQL, and for SERVICE."""
    words = {token.text for token in tokens if token.kind is Kind.WORD} - {A}
    keywords = {word.upper() for word in words}
    if "SERVICE" in keywords:
        raise Malformed("this server asks no other server; leave SERVICE out of the query")
    # The engine takes `SERVICESILENT` for two words; for us, a word is one of the table or none.
    if unknown := sorted(word for word in words if word.upper() not in KEYWORDS):
        raise Malformed(f"`{unknown[0][:40]}` is no word of SPARQL 1.1")


def _check_prefixes(prologue: _Prologue) -> None:
    for token in prologue.rest:
        if token.kind is Kind.PREFIXED_NAME:
            prefix = token.text.partition(":")[0] + ":"
            if prefix not in prologue.prefixes:
                raise Malformed(f"the prefix `{prefix[:40]}` is not declared")


def _clauses(prologue: _Prologue) -> tuple[frozenset[str], frozenset[str]]:
    """The graphs of the FROM and of the FROM NAMED clauses (SPARQL 1.1 §13.2)."""
    default = set()
    named = set()
    for word, token in prologue.words:
        if word == "NAMED":
            named.add(_graph(prologue, token))
        elif word == "FROM" and token.text.upper() != "NAMED":
            default.add(_graph(prologue, token))
    return frozenset(default), frozenset(named)


def _used(prologue: _Prologue) -> frozenset[str] | None:
    """The graphs that GRAPH looks into: the engine need not know others. None for every one."""
    after = [token for word, token in prologue.words if word == "GRAPH"]
    if any(token.kind not in _NAMES for token in after):
        return None
    return frozenset(_graph(prologue, token) for token in after)


def _graph(prologue: _Prologue, token: Token) -> str:
    if token.kind is Kind.IRI:
        return _resolve(prologue.base, token)
    if token.kind is Kind.PREFIXED_NAME:
        prefix, colon, local = token.text.partition(":")
        return prologue.prefixes[prefix + colon] + _LOCAL_ESCAPE.sub(r"\1", local)
    raise Malformed("FROM and FROM NAMED are followed by the IRI of a document")


def _resolve(base: str, token: Token) -> str:
    # SPARQL 1.1 §4.1.1.1: relative IRIs are combined with the base as in RFC 3986 §5.2.
    reference = token.text[1:-1]
    # The library leaves out an empty fragment, with which the namespace of a prefix may end.
    return urljoin(base, reference) + ("#" if reference.endswith("#") else "")


def _as_run(token: Token) -> str:
    """A token as the engine gets it: so that it can see no other token there."""
    if token.kind is Kind.COMMENT:
        return ""
    # The engine reads `SERVICEex:a {…}` as SERVICE ex:a {…}. No keyword begins with a z.
    if token.kind is Kind.PREFIXED_NAME:
        return "z" + token.text
    return token.text
