"""What was done, in sentences: one for all lines of a day that say the same."""

from dataclasses import dataclass
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
    "refused"; `time` is when, in UTC.
    """

    doing: Doing
    party: Party
    sentence: str
    badge: str
    time: str
    fields: tuple[str, ...]


def deed(doing: Doing, party: Party, teller: Teller, *, is_unusual: bool) -> Deed:
    """What was done, told."""
    entry = doing.entry
    usual = "unusual" if is_unusual else "expected"
    return Deed(
        doing=doing,
        party=party,
        sentence=_sentence(doing, party, teller),
        badge="refused" if kind_of(entry) is Kind.REFUSED else usual,
        time=_time(doing),
        fields=tuple(teller.tell(field(iri_of(one) or one)) for one in entry.fields),
    )


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


def _sentence(doing: Doing, party: Party, teller: Teller) -> str:
    entry, who = doing.entry, teller.who(party)
    said = teller.say(_key(doing, party, teller), who=who, what=what_of(doing, teller))
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
