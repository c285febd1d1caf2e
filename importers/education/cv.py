"""What a person says of herself in a CV, as records: jobs, studies, languages and other skills.

A date is as exact as it was said: a year (xsd:gYear), a month (xsd:gYearMonth) or a day. Texts
with markup are kept as plain texts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Final

from importers.clock import iso_date
from importers.contract import Code, Item, Key, Problem, Record, Typed, Value
from importers.markup import Element
from importers.text import for_key

Fields = tuple[tuple[str, Value], ...]

ACTIVE: Final = ("sd:status", Code("active"))
LEVELS: Final = ("listening", "reading", "spokenInteraction", "spokenProduction", "writing")
_LEVEL: Final = re.compile(r"[ABC][12]")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
_MARKUP: Final = re.compile(r"<[^<>]*>")


def partial_date(text: str) -> date | Typed:
    """`2001`, `2001-09`, `2001-09-03`, with or without a time. Raises ValueError."""
    month = _MONTH.fullmatch(text)
    if month and _YEAR.fullmatch(month.group(1)) and 1 <= int(month.group(2)) <= 12:
        return Typed(text, "xsd:gYearMonth")
    if _YEAR.fullmatch(text):
        return Typed(text, "xsd:gYear")
    return iso_date(text.partition("T")[0])


def plain(text: str) -> str:
    """A text without its HTML, on one line."""
    return " ".join(unescape(_MARKUP.sub(" ", text)).split())


@dataclass(slots=True)
class Entry:
    """One entry of a CV while it is read: its fields, and remarks on what had to be left out."""

    locator: str
    fields: list[tuple[str, Value]]
    remarks: list[Problem]

    @classmethod
    def of(cls, element: Element, nature: str = "") -> "Entry":
        return cls(element.locator, [("sd:nature", Code(nature))] if nature else [], [])

    def say(self, name: str, *texts: str) -> None:
        """A property with each of the texts that is not empty."""
        self.fields += [(name, text) for text in dict.fromkeys(map(plain, texts)) if text]

    def read(self, name: str, text: str, read: Callable[[str], Value]) -> None:
        """A property from a text, left out with a remark where it cannot be read."""
        try:
            if text:
                self.fields.append((name, read(text)))
        except ValueError as error:
            said = name.partition(":")[2]
            self.remarks.append(Problem(self.locator, f"`{said}` was left out: {error}", row=False))

    def levels(self, found: dict[str, str]) -> None:
        """The levels of a language by what they are of, A1 to C2."""
        for name in LEVELS:
            self.read(f"sd:{name}", found.get(name, ""), _level)

    def record(self, kind: str, *, counted: bool = True) -> Iterator[Item]:
        """The record of it and then the remarks. Raises ValueError for an entry that says nothing.

        A CV gives no numbers to what it lists, so an entry is what its texts and its start say.
        """
        told = ("schema:name", "sd:counterpartyName", "sd:nature", "schema:startDate")
        natural = [for_key(_shown(value)) for name, value in self.fields if name in told]
        texts = [value for _, value in self.fields if not isinstance(value, Code)]
        if not texts:
            raise ValueError("this entry says nothing")
        if not any(name == "schema:name" for name, _ in self.fields):
            natural += [for_key(_shown(value)) for value in texts[:1]]
        yield Record(
            kind=kind,
            key=Key(natural=tuple(natural)),
            fields=tuple(dict.fromkeys(self.fields)),
            locator=self.locator,
            counted=counted,
        )
        yield from self.remarks

    def person(self, given: str, family: str) -> Iterator[Item]:
        """The record of the person herself, with her names before what was said."""
        names = [one for one in (plain(given), plain(family)) if one]
        if not names and not self.fields:
            return
        both = (("vcard:fn", " ".join(names)),) if names else ()
        given_name = (("vcard:given-name", plain(given)),) if plain(given) else ()
        family_name = (("vcard:family-name", plain(family)),) if plain(family) else ()
        yield Record(
            kind="CustomerFile",
            key=Key(natural=("cv", for_key(" ".join(names)))),
            fields=tuple(dict.fromkeys((*both, *given_name, *family_name, *self.fields))),
            locator=self.locator,
            counted=False,
        )
        yield from self.remarks


def full_date(text: str) -> date:
    """A date with its day: nothing less is a birthday."""
    found = partial_date(text)
    if isinstance(found, Typed):
        raise ValueError("this is not a whole date")  # noqa: TRY004 - the file is wrong, not the call
    return found


def _level(text: str) -> str:
    if not _LEVEL.fullmatch(text):
        raise ValueError("a level of a language is one of A1 to C2")
    return text


def _shown(value: Value) -> str:
    if isinstance(value, Typed):
        return value.lexical
    return value.name if isinstance(value, Code) else str(value)
