"""Figures of insights and recipes in the words of a language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pod.charts.said import dated, money, month, number
from pod.insight.insights import Figure, Insight
from pod.insight.recipes.lines import BankLine
from pod.web.places import DATA, RECIPES, link
from pod.web.ui.kinds import giver_said
from pod.web.ui.spoken import few
from pod.web.ui.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTeller:
    """Says what recipes found in a language, and where in a space the evidence of it is."""

    language: str
    space: str

    def say(self, key: str, **filled: object) -> str:
        return words(self.language)[key].format(**filled)

    def euros(self, amount: Decimal) -> str:
        return money(amount, "EUR", self.language)

    def kwh(self, energy: Decimal) -> str:
        tenths = round(energy, 1)
        return f"{number(tenths, self.language, 1 if tenths % 1 else 0)}\u00a0kWh"

    def share(self, share: Decimal) -> str:
        """A share in per cent."""
        said = number(share, self.language, 0)
        return f"{said}\u00a0%" if self.language == "fr" else f"{said}%"

    def month(self, first: date | str, *, short: bool = False) -> str:
        """A month by its first day, or as "2026-03"."""
        day = date.fromisoformat(f"{first}-01") if isinstance(first, str) else first
        return month(day, self.language, short=short)

    def day(self, moment: date) -> str:
        return dated(moment, self.language)

    def fresh(self, sources: Iterable[str], until: date) -> str:
        """From whom something is known, and until when."""
        return self.say(
            "recipes.until",
            who=few([giver_said(one, self.language) for one in sources], self.language),
            day=self.day(until),
        )

    def record(self, iri: str) -> str:
        """The page of a record."""
        return link(DATA, space=self.space, record=iri)

    def recipe(self, name: str, **chosen: object) -> str:
        """The page of a recipe."""
        return link(f"{RECIPES}{name}/", space=self.space, **chosen)

    def line(self, line: BankLine) -> str:
        """What a line of a bank is called."""
        return line.label or line.who

    def insight(self, told: Insight) -> Mapping[str, object]:
        """A sentence, and where more of it is: its recipe, and the records that it rests on."""
        filled = {name: self.figure(figure) for name, figure in told.figures.items()}
        return {
            "sentence": self.say(f"insight.{told.kind}", **filled),
            "about": self.recipe(told.about, of=told.of),
            "evidence": [self.record(iri) for iri in told.evidence],
        }

    def figure(self, figure: Figure) -> str:
        value = figure.value
        match value:
            case Decimal():
                return self._amount(value, figure.unit)
            case date():
                return self.month(value) if figure.unit == "month" else self.day(value)
            case str():
                return self._word(value, figure.unit)

    def _word(self, value: str, unit: str) -> str:
        if unit == "item":
            return self.say(f"item.{value}")
        return self.say(f"energy.of_{value}") if unit == "commodity" else value

    def _amount(self, value: Decimal, unit: str) -> str:
        if unit == "EUR":
            return self.euros(value)
        if unit == "kWh":
            return self.kwh(value)
        return self.share(value)
