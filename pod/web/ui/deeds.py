"""What was done, in sentences: one for all lines of a day that say the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final
from urllib.parse import unquote

from pod.consent.bilingual import Bilingual
from pod.consent.deed import REFUSALS, Kind, Party, Who, categories_in, kind_of
from pod.consent.line import field
from pod.model import Doing
from pod.rdf.said import iri_of
from pod.web.ui.told import Teller
from pod.web.ui.words import words

_DATA: Final = {
    "GET": "read",
    "HEAD": "read",
    "OPTIONS": "read",
    "QUERY": "search",
    "SUBSCRIBE": "follow",
    "PUT": "write",
    "POST": "write",
    "PATCH": "write",
    "DELETE": "delete",
    "IMPORT": "bring",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One sentence of the journal, and what it says more. `badge` is "expected", "unusual" or
    "refused"; `time` is when, in UTC; `places` are the paths of what it was done to.
    """

    doing: Doing
    party: Party
    sentence: str
    badge: str
    time: str
    fields: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told in one sentence: doings of one day that differ in their places at most.

    `about` is whom a decision was about, "" where it was about nobody.
    """

    doing: Doing
    party: Party
    is_unusual: bool
    about: str = ""
    places: tuple[str, ...] = ()


def together(told: Iterable[Told], teller: Teller) -> list[Told]:
    """Those that would be told in the same words on the same day as one, where the first stands."""
    found: dict[tuple[object, ...], Told] = {}
    for one in told:
        key = _alike(one, teller)
        before = found.get(key)
        found[key] = one if before is None else _joined(before, one)
    return list(found.values())


def _alike(one: Told, teller: Teller) -> tuple[object, ...]:
    entry = one.doing.entry
    said = (_key(one.doing, one.party, teller), what_of(one.doing, teller), entry.purpose)
    return (entry.time.date(), one.party, one.is_unusual, one.about, entry.grants, *said)


def _joined(one: Told, other: Told) -> Told:
    doing = one.doing._replace(
        first=min(one.doing.first, other.doing.first),
        times=one.doing.times + other.doing.times,
        rows=one.doing.rows + other.doing.rows,
        bytes=one.doing.bytes + other.doing.bytes,
    )
    places = dict.fromkeys((*one.places, *other.places))
    return replace(one, doing=doing, places=tuple(places))


def deed(told: Told, teller: Teller) -> Deed:
    """What was done, in a sentence."""
    doing, entry = told.doing, told.doing.entry
    usual = "unusual" if told.is_unusual else "expected"
    return Deed(
        doing=doing,
        party=told.party,
        sentence=_sentence(told, teller),
        badge="refused" if kind_of(entry) is Kind.REFUSED else usual,
        time=_time(doing),
        fields=_fields(entry.fields, teller),
        places=told.places or (entry.target,),
    )


def _fields(names: Iterable[str], teller: Teller) -> tuple[str, ...]:
    """Properties by what people call them; those that have no name for people are counted."""
    every = [teller.tell(field(iri_of(one) or one)) for one in names]
    known = tuple(one for one in every if "://" not in one)
    rest = len(every) - len(known)
    if not rest:
        return known
    key = "journal.unnamed_one" if rest == 1 else "journal.unnamed"
    return (*known, teller.say(key, count=rest))


def by_day(deeds: list[Deed]) -> list[tuple[date, list[Deed]]]:
    """Deeds grouped by their days, in their order."""
    grouped = groupby(deeds, key=lambda one: one.doing.entry.time.date())
    return [(day, list(each)) for day, each in grouped]


def what_of(doing: Doing, teller: Teller) -> str:
    """What something was done to."""
    found = categories_in(doing.entry)
    if found:
        return ", ".join(_within(one.label, teller) for one in found)
    if doing.entry.action == "QUERY":
        return teller.say("deed.space")
    return f"/{unquote(doing.entry.target)}"


def _sentence(told: Told, teller: Teller) -> str:
    doing, party = told.doing, told.party
    entry, who = doing.entry, teller.who(party)
    said = teller.say(_key(doing, party, teller), who=who, what=what_of(doing, teller))
    if told.about:
        said += teller.say("deed.about", whom=told.about)
    if doing.rows and kind_of(entry) is Kind.OUT:
        said += teller.say("deed.rows", rows=teller.rows(doing.rows))
    if doing.times > 1:
        said += teller.say("deed.times", count=doing.times)
    purpose = teller.purpose(entry.purpose)
    return said + (teller.say("deed.purpose", purpose=purpose) if purpose else "")


def _key(doing: Doing, party: Party, teller: Teller) -> str:
    entry = doing.entry
    verb = _DATA.get(entry.action)
    if verb is None:
        key = f"deed.{entry.action.lower()}"
        return key if key in words(teller.language) else "deed.other"
    if entry.outcome in REFUSALS:
        return f"deed.not_{verb}"
    return f"deed.you_{verb}" if party.who is Who.YOU else f"deed.did_{verb}"


def _time(doing: Doing) -> str:
    first, last = (f"{moment:%H:%M}" for moment in (doing.first, doing.entry.time))
    return first if first == last else f"{first} – {last}"  # noqa: RUF001 - from the one to the other


def _within(label: Bilingual, teller: Teller) -> str:
    return label.within(teller.language)
