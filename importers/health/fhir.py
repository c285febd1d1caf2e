"""FHIR exports in JSON: a Bundle, a single resource, an array, or one resource a line (NDJSON).

Format: https://hl7.org/fhir/R4/, https://hl7.org/fhir/uv/bulkdata/export.html (NDJSON). DSTU2, STU3
and R5 are read where they say the same. What each resource becomes is in the modules `fhir_*`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import chain
from typing import BinaryIO

from importers.clock import day_found
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements, first, has_marks
from importers.health.fhir_checks import checks, holder_of, of_bundle
from importers.health.fhir_reading import Reading
from importers.text import decode, lines

_MARK = '"resourceType"'
_BUNDLE = re.compile(r'"resourceType"\s*:\s*"Bundle"')
_ENTRY = '"entry"'
_MADE = re.compile(r'"lastUpdated"\s*:\s*"(\d{4}-\d\d-\d\d)', re.ASCII)
_IN_BUNDLE = "/entry/*"


class Fhir:
    format = "fhir"
    title = "FHIR health records and claims: Bundle, resource or bulk export (JSON, NDJSON)"
    domain = "health"
    extensions = (".json", ".ndjson")
    version = "4"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By `resourceType`, which every resource has."""
        del filename
        return Match(confidence=90) if has_marks(head, (_MARK,), opens="{[") else None

    def holder(self, head: bytes) -> HolderHint:
        """Medicare by its address, else nobody: a resource does not say who gives it."""
        return holder_of(head)

    def made(self, head: bytes) -> date | None:
        """`meta.lastUpdated` of a Bundle; that of a resource is when it was changed."""
        before = decode(head).partition(_ENTRY)[0]
        return day_found(_MADE, before) if _BUNDLE.search(before) else None

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each resource, and for each part of an observation. Takes no options.

        A claim is read when its answer has not come, at the end; a medicine that another resource
        names, when that has come.
        """
        del options
        whole = lines(export)
        opening, is_line = _opening(whole)
        if is_line:
            yield from _of_lines(chain(StringIO(opening), whole))
        else:
            yield from _of_document(opening + "".join(whole))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """How many matches a search says there are, and lines of claims against their charge."""
        return tuple(checks(list(items)))


def _opening(whole: Iterator[str]) -> tuple[str, bool]:
    """What comes up to the first line with something in it, and whether that is an object."""
    opening = ""
    for line in whole:
        opening += line
        if opening.strip() and line.endswith("\n"):
            break
    found = list(elements(opening, ""))
    return opening, all(isinstance(one, Element) and isinstance(one.value, dict) for one in found)


def _of_lines(whole: Iterable[str]) -> Iterator[Item]:
    """Each line as a resource: the file may be long, and is not held."""
    reading, is_whole = Reading(), True
    for number, line in enumerate(_joined(whole), 1):
        for one in elements(line, "") if line.strip() else ():
            if isinstance(one, Problem):
                is_whole = False
                yield replace(one, locator=f"line={number}")
            else:
                yield from reading.take(one.value, f"line={number}")
                yield from of_bundle(one.value, f"line={number}")
    yield from reading.rest(is_whole=is_whole)


def _joined(whole: Iterable[str]) -> Iterator[str]:
    """Whole lines: a very long one comes in pieces."""
    pieces: list[str] = []
    for piece in whole:
        pieces.append(piece)
        if piece.endswith("\n"):
            yield "".join(pieces)
            pieces.clear()
    yield "".join(pieces)


def _of_document(whole: str) -> Iterator[Item]:
    reading, path = Reading(), _path(whole)
    found = list(elements(whole, path))
    entries = [(one.value, one.locator) for one in found if isinstance(one, Element)]
    problems = [one for one in found if isinstance(one, Problem)]
    if path == _IN_BUNDLE:
        yield from reading.entries(entries)
    else:
        for value, locator in entries:
            yield from reading.take(value, locator or "/")
    yield from reading.rest(is_whole=not problems)
    yield from problems
    if not problems and path == _IN_BUNDLE:
        outer = {name: first(whole, f"/{name}") for name in ("total", "link")}
        yield from of_bundle({**outer, "entry": [entry for entry, _ in entries]}, "")


def _path(whole: str) -> str:
    if whole.lstrip().startswith("["):
        return "/*"
    kind = first(whole, "/resourceType")
    return _IN_BUNDLE if kind == "Bundle" or (kind is None and '"entry"' in whole) else ""


FHIR = Fhir()
