"""A mapping drafted from tables, for a person to finish: what can be told by names is filled in."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from importers.contract import Code, Problem
from importers.document import Element
from importers.mapped.entries import Header, flat
from importers.mapped.guesses import (
    Guess,
    Seen,
    dates_of,
    day_of,
    decimals_of,
    guess,
    lacks_zone,
    words_of,
)
from importers.mapped.sources import Grid, Source, sources
from importers.members import is_member, members_of, needs_id
from importers.table import Row
from importers.values import value_of
from vocab.glossary import named
from vocab.kinds import ACCOUNTS, CONTRACTS, Kind
from vocab.names import SD, XSD
from vocab.shacl import Property

_ROWS: Final = 60
_PLAIN = re.compile(r"[^\W\d][\w. -]*")
_KEEP_OUT = frozenset({"yes", "no", "true", "false", "on", "off", "null", "oui", "non"})
_TOP = """\
# A draft: read it, put right what is wrong, and look at what it makes with
#   pod import FILE --pod NAME --option mapping=THIS-FILE --dry-run
# `pod classes` lists the classes, `pod classes CLASS` what one may say; see docs/mapping.md.
"""


def draft(export: BinaryIO, name: str, kind: str = "") -> str:
    """The text of a mapping for the tables of an export, whose rows are of a class where the person
    says it. Raises ValueError where there is no table.
    """
    found = (_seen(one, name) for one in sources(export, name) if not isinstance(one, Problem))
    seen = [one for one in found if one]
    if not seen:
        raise ValueError("there is no table in it: a row of names, and rows below")
    return _TOP + "\n".join(_lines(seen, kind)) + "\n"


def _seen(source: Source, name: str) -> Seen | None:
    called = PurePosixPath(source.name or name).name
    first = list(islice(iter(source.rows if isinstance(source, Grid) else source.found), _ROWS))
    if isinstance(source, Grid):
        rows = [one for one in first if isinstance(one, Row)]
        return _of_rows(called, rows)
    values = [one.value for one in first if isinstance(one, Element)]
    objects = [dict(flat(one)) for one in values if isinstance(one, dict)]
    columns = tuple(dict.fromkeys(name for one in objects for name in one))
    texts = {name: tuple(one[name] for one in objects if one.get(name)) for name in columns}
    return Seen(called, columns, texts) if columns else None


def _of_rows(name: str, rows: Sequence[Row]) -> Seen | None:
    """The first of the widest rows has the names."""
    widest = max((sum(map(bool, row.cells)) for row in rows), default=0)
    place = next((n for n, row in enumerate(rows) if sum(map(bool, row.cells)) == widest), None)
    if place is None or widest < 2:
        return None
    header = Header.of(rows[place].cells)
    below = rows[place + 1 :]
    texts = {
        column: tuple(row.cells[n] for row in below if n < len(row.cells) and row.cells[n])
        for n, column in enumerate(header.names)
    }
    return Seen(name, header.names, texts)


def _lines(seen: Sequence[Seen], kind: str) -> Iterator[str]:
    yield "holder: {name: who gave it, sector: any}"
    guessed = {one.name: guess(one, kind) for one in seen}
    if all(one is None or one.kind.domain is None for one in guessed.values()):
        yield "domain: relation  # where it belongs: bank, energy, health, insurance, retail, …"
    dates = dates_of(seen)
    if dates:
        yield f"dates: {dates}" if dates != "?" else "dates: day-first  # or month-first?"
    if decimals_of(seen):
        yield "decimals: comma"
    if lacks_zone(seen):
        yield "zone: Europe/Paris  # whose clocks the times were read from"
    yield "tables:"
    for one in seen:
        yield from _table(one, guessed)


def _table(seen: Seen, guessed: Mapping[str, Guess | None]) -> Iterator[str]:
    found = guessed[seen.name]
    yield f"  - file: {_quoted(seen.name)}"
    if found is None:
        yield "    class: Record  # which? `pod classes` lists them"
        yield "    columns:"
        yield from (f"      # {_quoted(name)}: what does it say?" for name in seen.columns)
        return
    yield f"    class: {found.kind.name}  # {named(found.kind.iri, 'en')}"
    if found.key:
        yield f"    key: {_quoted(found.key)}"
    elif needs_id(found.kind):
        yield "    key: …  # the column of its number"
    if day := day_of(found):
        yield f"    day: {_quoted(day)}"
    yield "    columns:"
    said: set[str] = set()
    for name in seen.columns:
        line, member = _column(name, found, guessed)
        said.add(member)
        yield f"      {line}"
    for one in members_of(found.kind):
        follows = one.rule.path == SD.date and _has_time(found)
        if one.rule.at_least and one.name not in said and not follows:
            yield f"      # …: {one.name}  # needed: {one.label('en')}"


def _has_time(found: Guess) -> bool:
    times = {XSD.date, XSD.dateTime}
    return any(times.intersection(one.rule.datatypes) for one in found.properties.values())


def _column(name: str, found: Guess, guessed: Mapping[str, Guess | None]) -> tuple[str, str]:
    """The line of a column, and the property that it has."""
    target = None if name == found.key else _target(name, found, guessed)
    if target:
        member = _link(found.kind, target.kind)
        to = PurePosixPath(target.seen.name).stem
        return f"{_quoted(name)}: {{property: {member}, to: {_quoted(to)}}}", member
    if name in found.properties:
        one = found.properties[name]
        said = _said(one.name, one.rule, found.seen.texts[name])
        return f"{_quoted(name)}: {said}  # {one.label('en')}", one.name
    why = "the key" if name == found.key else "kept under its own name; what does it say?"
    return f"# {_quoted(name)}: {why}", ""


def _said(name: str, rule: Property, texts: Sequence[str]) -> str:
    """A property, with what its codes mean where it takes codes, as far as they say it."""
    if not rule.values:
        return name
    codes = ", ".join(f"{_quoted(text)}: {_code(rule, text)}" for text in dict.fromkeys(texts))
    return f"{{property: {name}, codes: {{{codes}}}}}"


def _code(rule: Property, text: str) -> str:
    try:
        found = value_of(rule, text)
    except ValueError:
        return "…"
    return found.name if isinstance(found, Code) else "…"


def _target(name: str, found: Guess, guessed: Mapping[str, Guess | None]) -> Guess | None:
    """The table whose key a column of another one has the name of."""
    words = "".join(words_of(name))
    for one in guessed.values():
        if one is None or one is found or not one.key:
            continue
        stem = "".join(words_of(PurePosixPath(one.seen.name).stem)).rstrip("s")
        key = "".join(words_of(one.key))
        if words == key != "id" or words in {stem + key, stem + "id"}:
            return one
    return None


def _link(kind: Kind, target: Kind) -> str:
    """The property that a record of one class refers to one of another with."""
    wanted = {ACCOUNTS: "sd:account", CONTRACTS: "sd:contract"}.get(target.document, "")
    return wanted if wanted and is_member(kind, wanted) else "sd:relatedTo"


def _quoted(text: str) -> str:
    is_plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _KEEP_OUT
    return text if is_plain else json.dumps(text, ensure_ascii=False)
