"""Records that an RML mapping made of tables, in an archive with what they were made of.

Format: N-Triples 1.1 https://www.w3.org/TR/n-triples/, a line each statement, in `records.nt` of a
ZIP. RML: https://rml.io/specs/rml/. A subject with a class of ours is a record; one with another
class is kept with it, as `sd:Record`. Left out are the holder, the digest and the provenance that a
mapping may say, which an import writes itself.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Final

from importers.archive import first_files, members
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Iri,
    Item,
    Key,
    LangString,
    Match,
    Option,
    Options,
    Problem,
    Record,
    Ref,
    Typed,
    Value,
)
from importers.importer import Importer
from importers.mapped.properties import open_property
from importers.members import prefixed
from importers.rows import convert
from importers.text import lines
from importers.values import value_of
from vocab import turtle
from vocab.graph import BlankNode, Literal, NamedNode, Term
from vocab.kinds import DOMAINS, KINDS, Kind
from vocab.lexical import WELL_FORMED
from vocab.names import PROV, RDF, SD, SDC, XSD
from vocab.shacl import Property
from vocab.shapes import shape_of

RECORDS: Final = "records.nt"
RML: Final = Option(
    name="rml",
    fr="le fichier RML qui dit ce que sont les tables, lu par morph-kgc là où il est installé",
    en="the RML file that says what the tables are, read by morph-kgc where it is installed",
    example="@tables.rml.ttl",
    is_file=True,
)
DOMAIN: Final = Option(
    name="domain",
    fr="où vont les enregistrements dont la classe n'est d'aucun domaine en particulier",
    en="where records go whose class belongs to no domain alone",
    values=tuple(sorted(DOMAINS)),
)
_LEFT: Final = frozenset(
    {SD.holder, SD.recordId, SD.recordDigest, SD.sourceLocator, PROV.wasGeneratedBy}
)
_DAYS: Final = frozenset({XSD.date, XSD.dateTime, XSD.string})


@dataclass(slots=True)
class _Subject:
    """What is said of one subject: (predicate, object) pairs, and the line of the first."""

    iri: str
    line: int
    said: list[tuple[str, Term]] = field(default_factory=list)

    @property
    def locator(self) -> str:
        return f"{RECORDS}!line={self.line}"

    def one(self, predicate: str) -> str:
        return next((term.value for name, term in self.said if name == predicate), "")


class LinkedRecords:
    """Reads what `pod import --option rml=FILE` made of tables; of a domain, see `told`."""

    format = "rml-records"
    title = "Records that an RML mapping made of tables, with the tables (ZIP)"
    extensions = (".zip",)
    version = "1"
    options = (RML, DOMAIN)

    def __init__(self, domain: str = "relation") -> None:
        self._domain = domain

    @property
    def domain(self) -> str:
        return self._domain

    def told(self, options: Options) -> Importer:
        """The same for the domain that the person says."""
        return LinkedRecords(options.said(DOMAIN) or self._domain)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the first file of the archive."""
        del filename
        first = next(first_files(head), None)
        return Match(confidence=90) if first and first.name == RECORDS else None

    def holder(self, head: bytes) -> HolderHint:
        """Not said: the person names who gave the tables."""
        del head
        return HolderHint(iri="urn:sd:holder:table", name="table", sector="any")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each subject of `records.nt`."""
        del options
        found: bytes | None = None
        for member in members(export):
            if isinstance(member, Problem):
                yield member
            elif member.name == RECORDS:
                found = member.content
        if found is None:
            yield Problem("/", f"there is no `{RECORDS}` in this archive")
            return
        subjects: dict[str, _Subject] = {}
        yield from _read(found, subjects)
        yield from convert(tuple(subjects.values()), lambda one: (_record(one, subjects),))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Triples state nothing of themselves."""
        del items
        return ()


def _read(content: bytes, subjects: dict[str, _Subject]) -> Iterator[Problem]:
    for number, line in enumerate(lines(io.BytesIO(content)), 1):
        try:
            triples = turtle.graph_of(line) if line.strip() else ()
        except (SyntaxError, ValueError):
            triples = ()
            yield Problem(f"{RECORDS}!line={number}", "this line is no statement of N-Triples")
        for subject, predicate, value in triples:
            if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
                message = "a record has an address, and no blank node in it"
                yield Problem(f"{RECORDS}!line={number}", message)
            elif isinstance(subject, NamedNode):
                one = subjects.setdefault(subject.value, _Subject(subject.value, number))
                one.said.append((predicate.value, value))


def _kind(one: _Subject) -> tuple[Kind, str]:
    """The closest class of ours, and another one where there is none. Raises ValueError."""
    types = {term.value for name, term in one.said if name == RDF.type}
    fitting = [kind for kind in KINDS.values() if kind.iri in types and kind.name != "Record"]
    if fitting:
        return max(fitting, key=lambda kind: len(kind.types)), ""
    other = next(iter(sorted(types - {SD.Record})), "")
    if not other:
        raise ValueError("this subject has no class, which a record has")
    return KINDS["Record"], other


def _record(one: _Subject, subjects: Mapping[str, _Subject]) -> Record:
    """Raises ValueError, with a sentence, for a subject that is no record."""
    kind, other = _kind(one)
    fields: list[tuple[str, Value]] = [("rdf:type", Iri(other))] if other else []
    rules = {rule.path: rule for rule in shape_of(kind.iri).properties}
    for name, term in one.said:
        if name == RDF.type or name in _LEFT:
            continue
        try:
            fields.append((prefixed(name), _value(name, term, rules.get(name), subjects)))
        except ValueError as error:
            raise ValueError(f"`{prefixed(name)}`: {error}") from error
    return Record(
        kind=kind.name,
        key=_key(one),
        fields=tuple(fields),
        on=_day(one, kind),
        account=_account(one, kind, subjects),
        locator=one.locator,
    )


def _value(name: str, term: Term, rule: Property | None, subjects: Mapping[str, _Subject]) -> Value:
    if isinstance(term, Literal):
        return _literal(name, term, rule)
    if term.value in subjects:
        return _reference(subjects[term.value], subjects)
    if term.value.startswith(SDC.NS):
        return Code(term.value.removeprefix(SDC.NS))
    return Iri(term.value)


def _literal(name: str, term: Literal, rule: Property | None) -> Value:
    """A text as its shape has it, as mappings often leave the datatype out; else as it is typed."""
    datatype = term.datatype.value
    if term.language:
        return LangString(term.value, term.language)
    if rule is None and datatype in WELL_FORMED and datatype != RDF.JSON:
        rule = open_property(name, datatype)
    if rule is not None and (rule.datatypes or rule.iri or rule.values):
        return value_of(rule, term.value)
    known = prefixed(datatype)
    return Typed(term.value, known) if known != datatype else term.value


def _reference(one: _Subject, subjects: Mapping[str, _Subject]) -> Ref:
    kind, _ = _kind(one)
    return Ref(kind.name, _key(one), _account(one, kind, subjects), _day(one, kind))


def _key(one: _Subject) -> Key:
    return Key(stable=one.one(SD.recordId) or one.iri)


def _day(one: _Subject, kind: Kind) -> date | None:
    """The day that a record is kept by. Raises ValueError where it says none."""
    if "{yyyy" not in kind.document:
        return None
    said = [(name != SD.date, day) for name, term in one.said if (day := _civil(term))]
    if not said:
        raise ValueError(f"this subject says no day, which {kind.name} is kept by")
    return min(said, key=lambda pair: pair[0])[1]


def _civil(term: Term) -> date | None:
    """The day of a date or a time; texts are tried too."""
    is_day = isinstance(term, Literal) and term.datatype.value in _DAYS
    if not is_day or len(term.value) < len("2026-03-31"):
        return None
    try:
        return datetime.fromisoformat(term.value).date()
    except ValueError:
        return None


def _account(one: _Subject, kind: Kind, subjects: Mapping[str, _Subject]) -> Key | None:
    if "{account}" not in kind.document:
        return None
    named = one.one(SD.account)
    if not named:
        raise ValueError(f"this subject names no account, which {kind.name} is kept by")
    return _key(subjects[named]) if named in subjects else Key(stable=named)
