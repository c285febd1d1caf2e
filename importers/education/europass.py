"""Europass CVs: the SkillsPassport of versions 3.x in XML or JSON, the Candidate of version 4.

A CV as PDF carries its XML as an attached file, and that is read; the pages are not.
Kept are the person, her jobs, studies, languages with their levels, other skills and what she
lists besides. Her picture, attached documents, the summary she writes of herself, cover letters and
the persons she names as references are not.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import elements as json_elements
from importers.document import has_marks
from importers.education import europass_v3, europass_v4
from importers.markup import Element, elements
from importers.pdf import MARK, Line, attached_to, lines_of
from importers.rows import convert
from importers.text import decode, octets

_PASSPORT = re.compile(r"<(?:\w+:)?SkillsPassport[\s>]")
_CANDIDATE = re.compile(r"<(?:\w+:)?Candidate[\s>]")
_EUROPASS_4 = "http://www.europass.eu/1.0"
_FIRST = 64
_PATHS = europass_v3.PATHS | europass_v4.PATHS
_ASIDE = frozenset({europass_v3.ROOT, europass_v4.PROFILE, europass_v4.PERSON})
_NOTHING = "this is no CV of Europass, or nothing in it is known here"
_NO_DATA = (
    "this PDF carries no CV as data, and its pages are not read: download it from Europass as XML"
)
_NO_CV = "this attached file is no CV, and is not read"
_HEAD = 1 << 16
_FIRST_LINES = 200


class Europass:
    format = "europass-cv"
    title = "Europass CV (SkillsPassport 3.x as XML or JSON, Candidate 4 as XML, PDF with either)"
    domain = "education"
    extensions = (".xml", ".json", ".pdf")
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its root, and for version 4 by its namespace; a PDF by the name of Europass in it."""
        del filename
        if head.startswith(MARK):
            return Match(confidence=90, variant="PDF") if _is_pdf(head) else None
        if has_marks(head, ('"SkillsPassport"', '"LearnerInfo"')):
            return Match(confidence=95, variant="3 (JSON)")
        text = decode(head)
        if _PASSPORT.search(text):
            return Match(confidence=95, variant="3")
        if _CANDIDATE.search(text) and _EUROPASS_4 in text:
            return Match(confidence=95, variant="4")
        return None

    def holder(self, head: bytes) -> HolderHint:
        """The service: what the CV says is the person's own word."""
        del head
        return HolderHint(iri="https://europass.europa.eu/", name="Europass", sector="public")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An entry a record. Takes no options."""
        del options
        content = octets(export)
        found = _of_pdf(content) if content.startswith(MARK) else _of_text(content)
        any_item = False
        for item in convert(found, _read, is_row=lambda one: one.path not in _ASIDE):
            any_item = True
            yield item
        if not any_item:
            yield Problem("/", _NOTHING)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a CV states no count of what it lists."""
        del items
        return ()


def _read(element: Element) -> Iterator[Item]:
    reader = europass_v3.READERS.get(element.path) or europass_v4.READERS[element.path]
    return reader(element)


def _is_pdf(head: bytes) -> bool:
    """Whether a PDF names Europass: in what is written about it, or on its first pages."""
    if b"uropass" in head:
        return True
    lines = (one for one in lines_of(head, is_head=True) if isinstance(one, Line))
    return any("europass" in line.text.casefold() for line in islice(lines, _FIRST_LINES))


def _of_text(content: bytes) -> Iterator[Element | Problem]:
    is_json = decode(content[:_FIRST]).lstrip().startswith("{")
    return _of_json(content) if is_json else elements(BytesIO(content), _PATHS)


def _of_pdf(content: bytes) -> Iterator[Element | Problem]:
    """The elements of each CV that is attached."""
    is_any = False
    for number, found in enumerate(attached_to(content), 1):
        if isinstance(found, Problem):
            is_any |= found.row
            yield found
        elif Europass().recognise("", found.content[:_HEAD]):
            is_any = True
            yield from _of_text(found.content)
        else:
            yield Problem(f"attached={number}", _NO_CV, row=False)
    if not is_any:
        yield Problem("/", _NO_DATA)


def _of_json(content: bytes) -> Iterator[Element | Problem]:
    for found in json_elements(decode(content), "/SkillsPassport"):
        if isinstance(found, Problem):
            yield found
        else:
            yield from europass_v3.of_json(found.value)
