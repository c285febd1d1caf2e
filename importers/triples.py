"""From a record to what is stored of it: one way for all formats, so no importer makes an IRI.

A record becomes a flat star with an IRI and no blank node. Literals are written as the store
writes them, so that a digest made here is the digest of what is stored.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from importers.contract import Code, Iri, Key, LangString, Record, Ref, SourceFile, Typed
from importers.naming import Naming, pseudonyms
from vocab.graph import Literal, NamedNode, Node, Term
from vocab.kinds import KINDS
from vocab.names import PROV, RDF, SCHEMA, SD, SDC, XSD
from vocab.prefixes import expand, whole

__all__ = ["Naming", "digest", "pseudonyms", "ranked", "to_node", "to_term"]

# Links are found after the import and do not change what a holder said.
_LINKS = frozenset({SD.relatedTo, SD.settledBy, SD.reimburses, SD.invoicedIn})
# Where this pod keeps a file is no word of the holder either, and changes with the year of import.
_NOT_DIGESTED = _LINKS | {SD.recordDigest, SD.sourceLocator, SCHEMA.contentUrl}
_WIDEST_OFFSET = 14 * 3600

_DECIMAL = NamedNode(XSD.decimal)
_CIVIL_DATE = NamedNode(XSD.date)
_DATE_TIME = NamedNode(XSD.dateTime)
_INTEGER = NamedNode(XSD.integer)
_BOOLEAN = NamedNode(XSD.boolean)

Content = tuple[date | None, tuple[tuple[str, Any], ...]]
Scope = tuple[str, Key | None, date | None, Key]


def to_node(record: Record, about: str, context: Naming) -> Node:
    """What is said of a record whose IRI is `about`, with its digest and its provenance.

    Raises ValueError or KeyError for what only a faulty importer gives: a time without offset, a
    reference that leads nowhere, a kind or prefix that does not exist.
    """
    node: dict[str, list[Term]] = {
        RDF.type: list(_types(record.kind)),
        SD.holder: [_node(context.holder)],
    }
    if record.key.stable is not None:
        node[SD.recordId] = [Literal(record.key.stable)]
    for name, value in record.fields:
        predicate, term = _predicate(name), to_term(value, context)
        values = node.get(predicate)
        if values is None:
            node[predicate] = [term]
        elif term not in values:
            values.append(term)
    said = digest(about, node)
    node[PROV.wasGeneratedBy] = [_node(context.activity)]
    node[SD.sourceLocator] = [Literal(record.locator)]
    node[SD.recordDigest] = [Literal(said)]
    return node


def digest(about: str, node: Node) -> str:
    """The SHA-256, in hex, of what a holder said of one record.

    Over the sorted lines of its N-Triples, without provenance, digest, locator, where a file is
    kept, and the links that are found later. A record has no blank nodes, so nothing has to be
    canonicalised.
    """
    begin = f"<{about}> <"
    lines = [
        f"{begin}{predicate}> {value!s} .\n"
        for predicate, values in node.items()
        if _is_said(predicate)
        for value in values
    ]
    lines.sort()
    return sha256("".join(lines).encode()).hexdigest()


@lru_cache(maxsize=1024)
def _is_said(predicate: str) -> bool:
    return predicate not in _NOT_DIGESTED and not predicate.startswith(PROV.NS)


def ranked(records: Iterable[Record]) -> Iterator[tuple[Record, int]]:
    """The records of one export, in order, each with its rank among those with its key.

    Two equal rows of a day without ids are two records, of ranks 0 and 1: two coffees. Rows that
    share the holder's id, and undated ones that share a key, are one record as long as they say
    the same, and otherwise each wording gets a rank of its own: nothing is merged that differs.
    Ranks follow from what the rows say and not from their order, which holders change.
    """
    rows = tuple((record, _scope(record)) for record in records)
    shared = {scope for scope, count in Counter(scope for _, scope in rows).items() if count > 1}
    counts: dict[Scope, Counter[Content]] = defaultdict(Counter)
    for record, scope in rows if shared else ():
        if scope in shared:
            counts[scope][record.on, record.fields] += 1
    ranks = {scope: _first_ranks(scope, same) for scope, same in counts.items()}
    for record, scope in rows:
        if scope not in shared:
            yield record, 0
            continue
        content = record.on, record.fields
        rank = ranks[scope][content]
        yield (_paired(record, rank) if rank else record), rank
        ranks[scope][content] += _repeats(scope)


def _paired(record: Record, rank: int) -> Record:
    """The record with its references to what came of the same row: the one of the same rank."""
    fields = tuple(
        (name, replace(value, rank=rank) if isinstance(value, Ref) and value.is_pair else value)
        for name, value in record.fields
    )
    return replace(record, fields=fields)


def _scope(record: Record) -> Scope:
    # A natural key is of a day. Ids are told apart within a document: some holders number their
    # statements anew each month, and the next one may come in the same file or in another.
    stable = record.key.stable is not None
    period = _period(record) if stable else record.on
    return record.kind, record.account, period, record.key


def _period(record: Record) -> date | None:
    """The first day of the month or year whose document holds a record."""
    rule = KINDS[record.kind].document
    if record.on is None or "{yyyy" not in rule:
        return None
    return record.on.replace(day=1) if "{yyyy-mm}" in rule else record.on.replace(month=1, day=1)


def _repeats(scope: Scope) -> bool:
    """Whether equal rows are several records."""
    _, _, day, key = scope
    return key.stable is None and day is not None


def _first_ranks(scope: Scope, same: Mapping[Content, int]) -> dict[Content, int]:
    """The rank of the first row of each wording: the earliest day first, as exports go on."""
    ordered = sorted(same, key=_order) if len(same) > 1 else list(same)
    ranks, here = {}, 0
    for content in ordered:
        ranks[content] = here
        here += same[content] if _repeats(scope) else 1
    return ranks


def _order(content: Content) -> tuple[date, str]:
    on, fields = content
    return on or date.min, repr(fields)


@lru_cache(maxsize=256)
def _types(kind: str) -> tuple[NamedNode, ...]:
    return tuple(map(_node, KINDS[kind].types))


@lru_cache(maxsize=1024)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


@lru_cache(maxsize=1024)
def _reference(ref: Ref, context: Naming) -> NamedNode:
    return NamedNode(context.iri(ref))


@lru_cache(maxsize=1024)
def _predicate(name: str) -> str:
    return NamedNode(whole(name)).value  # which refuses what is no IRI


def to_term(value: object, context: Naming) -> NamedNode | Literal:
    """A value of a field as it is stored. Raises what `to_node` raises."""
    make = _TERMS.get(type(value))
    if make is None:
        raise ValueError(f"a field cannot hold a {type(value).__name__}")
    return make(value, context)


def _decimal(value: Decimal, _context: Naming) -> Literal:
    # XSD 1.1 part 2 §F.1 decimalCanonicalMap, as the store writes it: no exponent, no spare zeros.
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal(text if value else "0", datatype=_DECIMAL)


@lru_cache(maxsize=1024)
def _date(value: date, _context: Naming) -> Literal:
    return Literal(value.isoformat(), datatype=_CIVIL_DATE)


def _date_time(value: datetime, _context: Naming) -> Literal:
    offset = value.utcoffset()
    if offset is None:
        raise ValueError("a time without its offset cannot be stored")
    seconds = offset.total_seconds()
    if seconds % 60 or abs(seconds) > _WIDEST_OFFSET:
        raise ValueError("a time has an offset that cannot be stored")
    moment = value if seconds else value.astimezone(UTC)
    whole, _, rest = moment.replace(tzinfo=None).isoformat().partition(".")
    fraction = rest.rstrip("0")
    zone = moment.isoformat()[-6:] if seconds else "Z"
    return Literal(whole + (f".{fraction}" if fraction else "") + zone, datatype=_DATE_TIME)


def _kept(value: SourceFile, context: Naming) -> NamedNode:
    if not context.kept:
        raise ValueError("there is no file that is kept")
    return _node(f"{context.kept}#{quote(value.member)}" if value.member else context.kept)


_TERMS: Final[Mapping[type, Callable[[Any, Naming], NamedNode | Literal]]] = MappingProxyType(
    {
        str: lambda value, _: Literal(value),
        bool: lambda value, _: Literal(str(value).lower(), datatype=_BOOLEAN),
        int: lambda value, _: Literal(str(value), datatype=_INTEGER),
        Decimal: _decimal,
        date: _date,
        datetime: _date_time,
        Iri: lambda value, context: _node(context.without_number(value.value)),
        Code: lambda value, _: _node(SDC.NS + value.name),
        Ref: _reference,
        SourceFile: _kept,
        LangString: lambda value, _: Literal(value.text, language=value.language),
        Typed: lambda value, _: Literal(value.lexical, datatype=_node(expand(value.datatype))),
    }
)
