"""What pages and commands say of access: dates, who it was, what was given, and what is unusual."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pod.agreements import Item
from pod.charts.said import number
from pod.consent.alerts import Alert
from pod.consent.bilingual import same
from pod.consent.categories import CATEGORIES, category_of
from pod.consent.deed import Party, Who
from pod.consent.line import Value, line, modes
from pod.consent.purposes import PURPOSES
from pod.consent.sentences import day
from pod.web.ui.consent import tell
from pod.web.ui.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Says things in a language, as of a time, in UTC; `names` are those of apps, by their IRIs."""

    language: str
    now: datetime
    names: Mapping[str, str]

    def say(self, key: str, **filled: object) -> str:
        return words(self.language)[key].format(**filled)

    def tell(self, told: Value) -> str:
        """A line of a screen."""
        return tell(told, self.language)

    def day(self, moment: datetime) -> str:
        """A day, as people write it."""
        return day(moment).within(self.language)

    def dated(self, moment: datetime) -> str:
        """A day, and how long ago it was, or how far away it is."""
        days = (moment.date() - self.now.date()).days
        when = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days)
        near = self.say(f"date.{when}") if when else self._far(days)
        return self.say("date.both", day=self.day(moment), near=near)

    def who(self, party: Party) -> str:
        """What to call somebody."""
        if party.who in {Who.YOU, Who.STRANGER}:
            return self.say(f"who.{party.who.value}")
        return self.names.get(party.name) or short(party.name) or self.say("who.nameless")

    def rows(self, count: int) -> str:
        """So many rows."""
        said = number(Decimal(count), self.language)
        return self.say("count.row" if count == 1 else "count.rows", count=said)

    def purpose(self, iri: str | None) -> str:
        """What something is for; "" where nothing is said."""
        known = PURPOSES.get(iri or "")
        return known.label.within(self.language) if known else iri or ""

    def items(self, items: tuple[Item, ...]) -> list[str]:
        """What is given, each with what may be done with it."""
        return [self.tell(line("need", category=_label(i), modes=modes(i.modes))) for i in items]

    def alert(self, alert: Alert) -> str:
        """What somebody should look at."""
        category = CATEGORIES[alert.category].label if alert.category else same("")
        return self.say(
            f"alert.{alert.unusual.value}",
            who=self.who(alert.party),
            category=category.within(self.language),
            amount=alert.amount,
            rows=self.rows(alert.amount),
            usual=alert.usual,
        )

    def _far(self, days: int) -> str:
        return self.say("date.ago" if days < 0 else "date.ahead", count=abs(days))


def short(iri: str) -> str:
    """An address without what all addresses of people and organisations have."""
    return iri.partition("://")[2].removesuffix("/profile/card#me") or iri


def _label(item: Item) -> Value:
    known = CATEGORIES.get(item.category or "")
    if known is not None and known.path == item.path:
        return known.label
    return line("item_named", category=category_of(item.path).label, path=f"/{item.path}")
