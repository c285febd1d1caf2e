"""SMART Health Cards: vaccinations and test results that who gave them signed.

Read are files (`.smart-health-card`), the texts of QR codes (`shc:/`, one or in several parts), and
cards one a line. The signature is verified with the keys that come in the option `keys` (see
`importers.trust`), and each record says by which signature it is covered. Nothing is kept of a card
whose signature does not hold or that does not keep to the profile. The patient (name and birth
date) stays in the source file: whose records they are is whose pod it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from importers.attestation import attested, attested_by, signature_checks
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Match,
    Options,
    Problem,
    Record,
    Value,
)
from importers.document import elements
from importers.health.fhir_context import Resource, names_of
from importers.health.fhir_resources import resource_items
from importers.health.health_card import Card, is_card, issuer_of, open_card
from importers.health.seen import Seen
from importers.text import decode, octets
from importers.trust import KEYS, trust_of

_FILE: Final = "/verifiableCredential/*"
_IN_FILE = re.compile(r'\s*\{\s*"verifiableCredential"\s*:\s*\[\s*"([\w.-]+)')
_LINE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*")
_NUMERIC = re.compile(r"shc:/(?:(\d{1,2})/(\d{1,2})/)?(\d+)")
_FIRST, _LAST = 45, 122
_PATIENT = "Patient"
_OF_SEVERAL = Problem(
    "/",
    "these cards are of several people: import those of the person whose pod this is",
    row=False,
)
_NONE = Problem("/", "no health card is in this file")
_UNKNOWN = HolderHint(iri="urn:sd:holder:health-card", name="health card", sector="health")


@dataclass(frozen=True, slots=True)
class Token:
    """A card as a compact JWS, and where it stands."""

    text: str
    locator: str


class SmartHealthCard:
    format = "smart-health-card"
    title = "SMART Health Cards: vaccinations and results, signed (file, QR code)"
    domain = "health"
    extensions = (".smart-health-card", ".txt")
    version = "1"
    options = (KEYS,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By what is in the first card: other signed credentials are files of the same shape."""
        del filename
        text = decode(head).lstrip()
        if text.startswith("shc:/"):
            return Match(confidence=95, variant="QR code")
        found = _IN_FILE.match(text)
        if found is not None:
            return Match(confidence=95, variant="file") if is_card(found[1]) else None
        line = _LINE.match(text)
        return Match(confidence=90, variant="JWS") if line and is_card(line[0]) else None

    def holder(self, head: bytes) -> HolderHint:
        """Who issued the first card, as it says."""
        tokens = (one for one in _tokens(decode(head)) if isinstance(one, Token))
        issuer = issuer_of(next(tokens, Token("", "")).text)
        name = urlsplit(issuer).hostname
        return HolderHint(iri=issuer, name=name, sector="health") if name else _UNKNOWN

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each resource of each card. Takes the option `keys`: who may have signed."""
        trust = trust_of(options)
        yield from trust.problems
        people: set[str] = set()
        seen = Seen()
        number = 0
        for token in _tokens(decode(octets(export))):
            if isinstance(token, Problem):
                yield token
                continue
            number += 1
            try:
                card = open_card(token.text, trust)
            except ValueError as error:
                yield Problem(token.locator, str(error))
                continue
            people |= _people(card)
            for item in _items(card, number, token.locator):
                yield seen.once(item, tuple(sorted(_people(card))))
        if not number:
            yield _NONE
        if len(people) > 1:
            yield _OF_SEVERAL

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether the signature of each card holds whose key is known."""
        return signature_checks(items)


def _items(card: Card, number: int, locator: str) -> Iterator[Item]:
    for remark in card.remarks:
        yield Problem(locator, remark, row=False)
    yield from attested(card.attestation, f"card {number}", locator)
    covered = attested_by(card.attestation)
    known = {
        name: value
        for url, value in card.resources
        if isinstance(value, dict)
        for name in names_of(value, url)
    }
    for place, (_, value) in enumerate(card.resources):
        where = f"{locator} entry={place}"
        if not isinstance(value, dict):
            yield Problem(where, "this entry has no resource")
        elif value.get("resourceType") != _PATIENT:
            resource = Resource(value=value, locator=where, known=known)
            yield from (_covered(item, covered) for item in resource_items(resource))


def _covered(item: Item, by: tuple[str, Value]) -> Item:
    return replace(item, fields=(*item.fields, by)) if isinstance(item, Record) else item


def _people(card: Card) -> set[str]:
    values = (value for _, value in card.resources if isinstance(value, dict))
    return {
        repr((value.get("name"), value.get("birthDate")))
        for value in values
        if value.get("resourceType") == _PATIENT
    }


def _tokens(text: str) -> Iterator[Token | Problem]:
    if not text.lstrip().startswith("{"):
        yield from _tokens_of_lines(text)
        return
    for found in elements(text, _FILE):
        if isinstance(found, Problem):
            yield found
        elif isinstance(found.value, str):
            yield Token(found.value, found.locator)
        else:
            yield Problem(found.locator, "this is no card, which is a text")


def _tokens_of_lines(text: str) -> Iterator[Token | Problem]:
    parts = _Parts()
    for number, line in enumerate(text.splitlines(), 1):
        locator, said = f"line={number}", line.strip()
        numeric = _NUMERIC.fullmatch(said)
        if numeric is None or numeric[1] is None:
            yield from parts.missing()
        if numeric is not None:
            yield from parts.add(numeric, locator)
        elif said.startswith("shc:/"):
            yield Problem(locator, "this is no text of a QR code of a card: scan it anew")
        elif said:
            yield Token(said, locator)
    yield from parts.missing()


class _Parts:
    """The parts of one card in several QR codes, which come in any order, one a line."""

    def __init__(self) -> None:
        self._found: dict[int, str] = {}
        self._of = 0
        self._locator = ""

    def add(self, numeric: re.Match[str], locator: str) -> Iterator[Token | Problem]:
        """The card once all of its parts are there; a Problem for one that cannot be read."""
        place, of = int(numeric[1] or 1), int(numeric[2] or 1)
        if self._found and (of != self._of or place in self._found):
            yield from self.missing()
        if not 1 <= place <= of or len(numeric[3]) % 2:
            yield Problem(locator, "this part of a card is not whole: scan its QR code anew")
            return
        self._found[place], self._of = numeric[3], of
        self._locator = self._locator or locator
        if len(self._found) == of:
            digits = "".join(self._found[n] for n in range(1, of + 1))
            self._found, where, self._locator = {}, self._locator, ""
            yield _read(digits, where)

    def missing(self) -> Iterator[Problem]:
        """A card that has begun and of which a part has not come."""
        if self._found:
            gone = [str(n) for n in range(1, self._of + 1) if n not in self._found]
            yield Problem(
                self._locator, f"of this card part {', '.join(gone)} of {self._of} is missing"
            )
        self._found, self._locator = {}, ""


def _read(digits: str, locator: str) -> Token | Problem:
    """The card that pairs of digits spell: each is a character, less 45."""
    codes = [int(digits[at : at + 2]) + _FIRST for at in range(0, len(digits), 2)]
    if any(code > _LAST for code in codes):
        return Problem(locator, "this card has digits that stand for no letter: scan it anew")
    return Token("".join(map(chr, codes)), locator)
