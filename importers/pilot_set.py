"""The sets of the MesInfos pilot (2016-2017): JSON arrays that a holder gave through its platform.

Format: the pilot's catalogue of data, a description of each set and field, and its developer kit
with a synthetic set for each. Many of the kit's rows are broken on purpose or by accident.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import BinaryIO, Final

from importers.clock import iso_date, wall_time
from importers.contacts import mail, telephone
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Iri,
    Item,
    Key,
    Match,
    Option,
    Options,
    Problem,
    Record,
    Value,
)
from importers.document import Element, elements, has_marks
from importers.phone import e164
from importers.rows import convert
from importers.table import folded
from importers.text import lines, name_of

Read = Callable[[Element], Iterable[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotSet:
    """One set, which is an importer.

    `marks` are texts that all stand in the beginning of such a file, and in that of no other set;
    `lacks` are texts of which none does, where others have the marks too.
    `rows` is the path of the rows, `reader` makes what reads the rows of one file in order.
    """

    format: str
    title: str
    domain: str
    by: HolderHint
    marks: tuple[str, ...]
    reader: Callable[[], Read]
    rows: str = "/*"
    version: str = "1"
    options: tuple[Option, ...] = ()
    extensions: tuple[str, ...] = (".json",)
    lacks: tuple[str, ...] = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that only this set has, whatever the file is called."""
        del filename
        if any(mark.encode() in head for mark in self.lacks):
            return None
        return Match(confidence=90) if has_marks(head, self.marks, opens="[") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return self.by

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Takes no options."""
        del options
        return convert(elements("".join(lines(export)), self.rows), self.reader())

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: these sets state neither sum nor count of themselves."""
        del items
        return ()


class Accounts:
    """The accounts, lines and contracts that the rows of one file name, each given once."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._known: set[Key] = set()

    def new(
        self, key: Key, fields: tuple[tuple[str, Value], ...], locator: str
    ) -> Iterator[Record]:
        """The record of an account that no row before named."""
        if key not in self._known:
            self._known.add(key)
            yield Record(kind=self._kind, key=key, fields=fields, locator=locator, counted=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One property of a record, where in a row it is said, and how that is read."""

    property: str
    path: str
    read: Callable[[str], Value]


def told(element: Element, parts: Iterable[Part]) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The parts that a row says, and a remark for each that cannot be read.

    The row is kept without that part: a cut postcode does not cost the customer's name.
    """
    found: dict[str, Value] = {}
    remarks = []
    for part in parts:
        try:
            text = element.text(part.path)
            if text:
                found[part.property] = part.read(text)
        except ValueError as error:
            message = f"`{part.path}` was left out: {error}"
            remarks.append(Problem(element.locator, message, row=False))
    return found, tuple(remarks)


def required(element: Element, path: str) -> str:
    """The text at a path of a row that is nothing without it. Raises ValueError when missing."""
    text = element.text(path)
    if not text:
        raise ValueError(f"`{path}` is missing")
    return text


def whole(element: Element, path: str) -> int:
    """The number at a path, which counts seconds. Raises ValueError for another one."""
    number = element.number(path)
    if number < 0 or number % 1:
        raise ValueError(f"`{path}` is no number of seconds")
    return int(number)


def msisdn(element: Element) -> str:
    """The number of a mobile line (ITU-T E.164). Raises ValueError where it is none."""
    try:
        return e164(element.text("msisdn"))
    except ValueError as error:
        raise ValueError(f"`msisdn`: {error}") from error


def day(text: str) -> date:
    """A civil date, written as one or as the midnight with which it begins."""
    if "T" not in text:
        return iso_date(text)
    midnight = wall_time(text)
    if midnight.time() != time():
        raise ValueError("this is a time of day where a date is expected")
    return midnight.date()


def french_postcode(text: str) -> str:
    if len(text) != 5 or not (text.isascii() and text.isdigit()):
        raise ValueError("a French postcode has five digits")
    return text


def vehicle(text: str) -> Iri:
    """A vehicle, by the number on its plate."""
    return Iri(f"urn:sd:vehicle:{name_of(text.upper())}")


def tenure(text: str) -> Code:
    """Whether someone owns the dwelling she lives in: `Proprietaire`, `Locataire`, `Location`."""
    known = folded(text)
    if known.startswith("proprietaire"):
        return Code("owner")
    if known.startswith("locat"):
        return Code("tenant")
    raise ValueError("it is neither owned nor rented")


def parts_of(element: Element, name: str) -> Iterator[Element | Problem]:
    """The rows within a row: each of the list under a name. A remark where there is no list."""
    found, locator = element.get(name), f"{element.locator}/{name}"
    if not isinstance(found, list):
        yield Problem(locator, f"`{name}` is no list of rows", row=found is not None)
        return
    yield from (Element(f"{locator}/{at}", value) for at, value in enumerate(found))


def means_of(text: str) -> dict[str, Value]:
    """How someone pays, as the holder words it, and the code for a direct debit."""
    said: dict[str, Value] = {"sd:sourceLabel": text}
    if folded(text).startswith("prelevement"):
        said["sd:nature"] = Code("debit")
    return said


def payer(number: str, means: Mapping[str, Value], locator: str) -> Record:
    """The customer's account with a holder, and how she pays for what stands on it."""
    fields = {"schema:name": "modalités de paiement", **means}
    return Record(
        kind="Account", key=Key(natural=(number,)), fields=tuple(fields.items()), locator=locator
    )


PERSON: Final = (
    Part("vcard:honorific-prefix", "name/prefix", str),
    Part("vcard:given-name", "name/given", str),
    Part("vcard:family-name", "name/family", str),
    Part("vcard:bday", "birthdate", day),
    Part("vcard:hasEmail", "email", mail),
    Part("vcard:hasTelephone", "telMobile", telephone),
)
ADDRESS: Final = (
    Part("vcard:street-address", "address/street", str),
    Part("vcard:postal-code", "address/postcode", french_postcode),
    Part("vcard:postal-code", "address/postCode", french_postcode),
    Part("vcard:locality", "address/city", str),
    Part("vcard:country-name", "address/country", str),
)
