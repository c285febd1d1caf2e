"""What values are called on pages: codes of formats in words, dates, amounts and lengths of time as
people write them, and what leads to something else by its name.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final
from urllib.parse import unquote

from pod.consent.manifest import DURATION
from pod.insight.facts import Fact, Value, unit_of
from pod.insight.fields import Help, called, help_on
from pod.web.ui.kinds import kind_named, term_said
from pod.web.ui.sheet import text_of
from pod.web.ui.sizes import said_size
from pod.web.ui.words import typeset, words
from vocab.glossary import glossary
from vocab.names import PROV, SCHEMA, SD
from vocab.shapes import shapes

_BALANCE: Final = "Balance"
_SURE: Final = re.compile(r"[A-Z]{2}(?:BD|AV|CD)|[A-Za-z]+(?:Booked|Available)", re.ASCII)
"""Codes of balances that nobody would write for anything else."""
_NAMED: Final = {"Series": "code", "SeriesChunk": "code", "Workout": "sport"}
"""Classes whose names are codes, and under what the words have them."""
_CODED: Final = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
"""A label that a program has made: FACTURE_CYCLIQUE."""
_END: Final = re.compile("[#/:]")
_IRI: Final = re.compile("https?://|urn:|tel:|mailto:")
_PHONE: Final = re.compile(r"\+(\d{6,15})")
_SYSTEM: Final = re.compile(
    r"https?://(?:snomed\.info|purl\.bioontology\.org|hl7\.org|www\.ama-assn\.org|loinc\.org"
    r"|bluebutton\.cms\.gov|terminology\.hl7\.org)/.*[/#]([^/#]+)"
)
"""A code of those who keep lists of codes, by its address."""
_OTHER: Final = re.compile(r"https?://.*\.ttl#(.+)")
"""Another record."""
_ACCOUNT: Final = re.compile(r"(\w{4})-[a-z2-7]{6}")
"""An account in a pod: the last signs of its number, and what tells it from others."""
_NUMBERED: Final = re.compile(r"id-(.+?)(?:~[0-9a-f]{12})?")
_PARTY: Final = "urn:sd:party:"
_TOPICS: Final = ("urn:sd:topic:", "urn:sd:event:", "urn:sd:vehicle:")
_THREAD: Final = "urn:sd:thread:"
_MARK: Final = re.compile("~[0-9a-f]{12}$")
_YEAR: Final = SCHEMA.NS + "yearBuilt"
_SIZE: Final = SCHEMA.NS + "contentSize"
_CODES: Final = {
    SD.clinicalStatus: "state",
    SD.currency: "currency",
    SCHEMA.NS + "inLanguage": "language",
    SCHEMA.NS + "exerciseType": "sport",
}
"""Fields whose texts are codes, and under what the words have them."""
_TEXTS: Final = frozenset({*_CODES, _YEAR, _SIZE})


def label_said(text: str, language: str, kind: str = "") -> str:
    """A label as it is read: a code of a format in words, and all else as it is.

    `kind` is the local name of the class of what has the label, "" where that is not known.
    """
    if kind == _BALANCE or _SURE.fullmatch(text):
        return words(language).get(f"balance.{text.upper()}") or text
    if kind in _NAMED:
        return words(language).get(f"{_NAMED[kind]}.{text}") or text
    return text.replace("_", " ") if _CODED.fullmatch(text) else text


def value_said(fact: Fact, language: str, kind: str = "") -> Value:
    """The value of a fact as a page has it: what it leads to by its name, and codes in words."""
    if not fact.datatype and not fact.name:
        return iri_said(fact.value, language)
    if fact.datatype.endswith("uration"):
        return duration_said(fact.value, language)
    if fact.field in _TEXTS:
        return _text(fact, language)
    value = fact.plain(language)
    return phone_said(label_said(value, language, kind)) if isinstance(value, str) else value


def _text(fact: Fact, language: str) -> str:
    """A value that is no text to people: a code of a list, a year, or how large a file is."""
    if fact.field in _CODES:
        key = f"{_CODES[fact.field]}.{fact.value.lower()}"
        return words(language).get(key) or fact.value
    is_size = fact.field == _SIZE and fact.value.isdecimal()
    return said_size(int(fact.value), language) if is_size else fact.value


def iri_said(iri: str, language: str) -> str:
    """What an IRI stands for: a term of ours, a code of others, or what has it as its name."""
    code = words(language).get(f"code.{_END.split(iri)[-1]}")
    if code and iri not in glossary():
        return code
    if iri in glossary():
        return term_said(iri, language)
    return _own(iri, language) or _coded(iri, language) or typeset(called(iri, language))


def _own(iri: str, language: str) -> str:
    """What one of the names that importers make stands for, "" for all else."""
    say = words(language)
    if iri.startswith(_PARTY):
        return say["value.party"].format(mark=iri.removeprefix(_PARTY)[:4])
    if iri.startswith(_THREAD):
        return say["value.thread"]
    return _MARK.sub("", unquote(iri.rpartition(":")[2])) if iri.startswith(_TOPICS) else ""


def _coded(iri: str, language: str) -> str:
    """A code of a list, another record, or a telephone, "" for all else."""
    if found := _SYSTEM.fullmatch(iri):
        return words(language)["value.code"].format(code=found[1])
    if found := _OTHER.fullmatch(iri):
        return _record(found[1], language)
    return phone_said(iri.removeprefix("tel:")) if iri.startswith("tel:") else ""


def duration_said(text: str, language: str) -> str:
    """A length of time of XML Schema in words."""
    say = words(language)
    if known := say.get(f"code.{text}"):
        return known
    if not (found := DURATION.fullmatch(text)):
        return text
    units = zip(("year", "month", "week", "day"), found.groups(), strict=True)
    return " ".join(
        say[f"consent.{unit}" if int(count) == 1 else f"consent.{unit}s"].format(count=count)
        for unit, count in units
        if count
    )


def phone_said(text: str) -> str:
    """A number as people dial it where it is one with its country; all else as it is."""
    found = _PHONE.fullmatch(text)
    if not found:
        return text
    digits = found[1]
    if digits.startswith("33") and len(digits) == len("33612345678"):
        pairs = re.findall("..", f"0{digits[2:]}")
        return "\N{NO-BREAK SPACE}".join(pairs)
    return text


def help_said(field: str, kind: str, language: str) -> Help:
    """What is known of a property of a class (an IRI), with its example as pages have values."""
    known, say, name = help_on(field, kind, language), words(language), _END.split(field)[-1]
    label = say.get(f"field.{name}") or known.label
    meaning = say.get(f"field_what.{name}") if field.startswith((SD.NS, PROV.NS)) else None
    return replace(
        known,
        label=typeset(label),
        meaning=typeset(meaning or known.meaning),
        example=_example(known, kind, language),
    )


def _example(known: Help, kind: str, language: str) -> str:
    """An example as a page has such a value, "" where it is an address that leads nowhere."""
    if not known.example:
        return ""
    say = words(language)
    if _IRI.match(known.example):
        name = _END.split(known.example)[-1]
        is_other = known.example.startswith("http") and known.example not in glossary()
        if is_other and "#" in known.example:
            return say.get(f"example.{name}") or say["value.other"]
        return iri_said(known.example, language)
    if said := say.get(f"example.{known.example}"):
        return said
    facts = (
        Fact(field=known.iri, value=known.example, datatype=one)
        for one in _datatypes(kind, known.iri)
    )
    values = [value_said(fact, language) for fact in facts] or [known.example]
    value = next((one for one in values if not isinstance(one, str)), values[0])
    unit = unit_of(known.iri, ())
    is_whole = isinstance(value, Decimal) and unit != "€" and value == value.to_integral_value()
    return text_of(int(value) if is_whole else value, unit, language)  # type: ignore[arg-type]  # is_whole is of a number


@cache
def _datatypes(kind: str, field: str) -> tuple[str, ...]:
    """What datatypes a property of a class may have."""
    found = [
        rule.datatypes for shape in shapes() for rule in shape.properties if rule.path == field
    ]
    own = [
        rule.datatypes
        for shape in shapes()
        if shape.target == kind
        for rule in shape.properties
        if rule.path == field
    ]
    return next(iter((*own, *found)), ())


def _record(name: str, language: str) -> str:
    """Another record, by the end of its address: by its number where it has one."""
    if found := _ACCOUNT.fullmatch(name):
        return f"…{found[1]}"
    if found := _NUMBERED.fullmatch(name):
        return unquote(found[1])
    return words(language)["value.other"] if name.startswith("h-") else _unnamed(name, language)


def _unnamed(name: str, language: str) -> str:
    """What has no number: the one account of a file, or what is known by a name."""
    return kind_named("Account", language) if name == "main" else _MARK.sub("", unquote(name))
