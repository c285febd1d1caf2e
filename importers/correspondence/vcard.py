"""vCard: address books of telephones and mail programs, in all their versions.

Format: RFC 6350 (4.0), RFC 2426 (3.0), and vCard 2.1 of the versit Consortium. A file has a card
for each contact. Kept are names, birthday, numbers, addresses, employer, position, groups and
notes. Not kept: pictures and sounds, keys, what a number is for (`TYPE`, `X-ABLabel`), accounts of
instant messengers, relatives and anniversaries.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO, Final

from importers.clock import compact_date, iso_date
from importers.contacts import Entry, contact, page
from importers.contract import Check, HolderHint, Iri, Item, Match, Options, Problem
from importers.correspondence.components import Component, components
from importers.correspondence.content_lines import Property, properties
from importers.rows import convert
from importers.text import decode, lines

_CARD: Final = frozenset({"VCARD"})
_OUTSIDE: Final = "what stands here is in no card, and nothing is read of it"
_TWO: Final = "here two cards run into each other"
_GROUP: Final = "this card is a group: the contacts in it are kept, and it is not"
_NO_YEAR: Final = "a birthday was left out: it says no year"
_NO_DAY: Final = "a birthday was left out: it is no day of a calendar"
_NO_PAGE: Final = "a web page was left out: it is no address"


class VCard:
    format = "vcard"
    title = "vCard: carnet d'adresses, address book (2.1, 3.0, 4.0)"
    domain = "contacts"
    extensions = (".vcf", ".vcard")
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its first words."""
        del filename
        begins = decode(head[:4096]).lstrip("\ufeff \r\n\t").upper()
        return Match(confidence=90) if begins.startswith("BEGIN:VCARD") else None

    def holder(self, head: bytes) -> HolderHint:
        """An address book says at most which program wrote it, and not whose service it is of."""
        del head
        return HolderHint(iri="urn:sd:holder:address-book", name="address book", sector="platform")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A contact for each card. Takes no options."""
        del options
        return convert(_cards(components(properties(lines(export)), _CARD)), _read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: no count of cards is stated."""
        del items
        return ()


def _cards(found: Iterable[Component | Property | Problem]) -> Iterator[Component | Problem]:
    """Each card, and a remark where something begins that stands in none."""
    is_told = False
    for one in found:
        if not isinstance(one, Property):
            is_told = False
            yield one
        elif not is_told:
            is_told = True
            yield Problem(one.locator, _OUTSIDE, row=False)


def _read(card: Component) -> Iterator[Item]:
    if card.inside or len(card.texts("VERSION")) > 1:
        raise ValueError(_TWO)
    if "GROUP" in {text.upper() for text in card.texts("KIND", "X-ADDRESSBOOKSERVER-KIND")}:
        raise ValueError(_GROUP)
    family, given, *_ = (*next(iter(card.parts(";", "N")), ()), "", "")
    born, remarks = _birthday(card)
    pages, no_pages = _pages(card)
    yield from contact(
        Entry(
            uid=card.text("UID"),
            name=card.text("FN"),
            given=given,
            family=family,
            nicknames=card.words("NICKNAME"),
            born=born,
            mails=tuple(_without("mailto:", one) for one in card.texts("EMAIL")),
            numbers=tuple(_number(one) for one in card.texts("TEL")),
            addresses=tuple(map(_in_one_line, card.parts(";", "ADR"))),
            pages=pages,
            employers=tuple(", ".join(filter(None, one)) for one in card.parts(";", "ORG")),
            positions=card.texts("TITLE", "ROLE"),
            groups=card.words("CATEGORIES"),
            notes=card.texts("NOTE"),
        ),
        card.locator,
    )
    yield from (*remarks, *no_pages)


def _birthday(card: Component) -> tuple[date | None, tuple[Problem, ...]]:
    one = card.first("BDAY")
    if one is None:
        return None, ()
    # Where a telephone has no year for a birthday it writes one, and says to omit it.
    if one.plain.startswith("--") or one.parameter("X-APPLE-OMIT-YEAR"):
        return None, (Problem(card.locator, _NO_YEAR, row=False),)
    day = one.plain.partition("T")[0]
    try:
        return (iso_date(day) if "-" in day else compact_date(day)), ()
    except ValueError:
        return None, (Problem(card.locator, _NO_DAY, row=False),)


def _pages(card: Component) -> tuple[tuple[Iri, ...], tuple[Problem, ...]]:
    found = [page(text) for text in card.texts("URL")]
    lost = sum(one is None for one in found)
    remarks = (Problem(card.locator, _NO_PAGE, row=False),) * lost
    return tuple(one for one in found if one), remarks


def _number(text: str) -> str:
    """A number, which in version 4.0 may be a URI (RFC 3966) with an extension."""
    return _without("tel:", text).partition(";")[0]


def _without(scheme: str, text: str) -> str:
    return text[len(scheme) :] if text[: len(scheme)].lower() == scheme else text


def _in_one_line(parts: tuple[str, ...]) -> str:
    return ", ".join(" ".join(part.split()) for part in parts if part)
