"""What comes in and goes out, by month and by item: each euro once (SVC-01, SVC-21).

What counts is what moved on the accounts. A bill or a receipt says what a line of the bank was for,
and never counts beside it; it counts alone only for days that no account of hers tells of.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pod.insight.recipes.lines import BankLine, in_one_currency, without_own_transfers

_NEARLY: Final = 28
"""From this day on a month is as good as over."""
INCOME: Final = "income"
OTHER: Final = "other"
ITEMS: Final = (
    INCOME,
    "housing",
    "food",
    "energy",
    "telecom",
    "transport",
    "health",
    "insurance",
    "equipment",
    "leisure",
    "taxes",
    "savings",
    "cash",
    "fees",
    OTHER,
)
"""All items, in the order in which they are shown."""

_BY_CLASS: Final = {
    "Payslip": INCOME,
    "Trip": "transport",
    "HealthExpense": "health",
    "Reimbursement": "health",
}
_BY_SECTOR: Final = {
    "energy": "energy",
    "telecom": "telecom",
    "insurance": "insurance",
    "health": "health",
    "transport": "transport",
}
_BY_NATURE: Final = {"fee": "fees", "withdrawal": "cash", "cash": "cash"}
# Words as they stand in labels of banks; the first row that has one counts.
_BY_WORDS: Final = tuple(
    (item, re.compile(rf"\b(?:{words})", re.IGNORECASE))
    for item, words in (
        (INCOME, r"SALAIRE|PAIE\b|PAYE\b|PENSION|RETRAITE|POLE EMPLOI|FRANCE TRAVAIL|CAF\b|PAJE"),
        (INCOME, r"INTERETS? CREDITEURS?|ALLOCATION"),
        ("housing", r"LOYER|FONCIA|NEXITY|SYNDIC|COPRO|CHARGES LOCATIVES"),
        ("savings", r"LIVRET|LDDS?\b|PEL\b|PEA\b|EPARGNE|ASSURANCE VIE"),
        ("taxes", r"DGFIP|IMPOTS?\b|TRESOR PUBLIC|TAXE FONCIERE|TAXE HABITATION"),
        ("health", r"PHARMACIE|CABINET|LABO|OPTIQUE|DR\b|DOCTEUR|DENT|CPAM|MUTUELLE"),
        ("health", r"HOPITAL|CLINIQUE"),
        ("energy", r"ENERGIE|EDF\b|ENGIE|TOTALENERGIES|EKWATEUR|ENERCOOP|VEOLIA|SUEZ|EAU\b"),
        ("telecom", r"TELECOM|ORANGE|SFR\b|FREE\b|BOUYGUES|SOSH|RED BY"),
        ("insurance", r"ASSUR|MAIF|MACIF|MAAF|AXA\b|GMF\b|MATMUT|GROUPAMA|ALLIANZ"),
        ("transport", r"STATION|COURSE|SNCF|RATP|NAVIGO|TCL\b|UBER\b|BLABLACAR|TAXI|PARKING|PEAGE"),
        ("transport", r"AUTOROUTE|CARBURANT|ESSENCE|TOTAL\b|ESSO|SHELL|AVIA\b|METRO\b"),
        ("food", r"BOULANGERIE|EPICERIE|CARREFOUR|LECLERC|AUCHAN|INTERMARCHE|LIDL|ALDI|MONOPRIX"),
        ("food", r"FRANPRIX|CASINO|SUPER U|HYPER U|BIOCOOP|PICARD|SUPERMARCHE|BOUCHERIE|PRIMEUR"),
        ("leisure", r"LIBRAIRIE|CAFE|JARDINS|CINEMA|THEATRE|MUSEE|RESTAURANT|FNAC|NETFLIX|SPOTIFY"),
        ("leisure", r"BAR\b|HOTEL|SPORT|PISCINE|CLUB|ASSOCIATION|COTISATION"),
        ("equipment", r"QUINCAILLERIE|BOUTIQUE|IKEA|LEROY MERLIN|CASTORAMA|DARTY|BOULANGER|AMAZON"),
        ("equipment", r"DECATHLON|ZARA|KIABI|BRICO"),
        ("cash", r"RETRAIT|DAB\b|DISTRIBUTEUR"),
        ("fees", r"FRAIS|COMMISSION|AGIOS|COTISATION CARTE"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A line and the item that it is counted under."""

    item: str
    line: BankLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Sums by month ("2026-03") and item, signed: what went out is below zero.

    `lines` are what they are made of; `moved` is how many lines were moves between own accounts,
    and `foreign` how many are in another currency: both are left out.
    """

    months: Mapping[str, Mapping[str, Decimal]]
    lines: tuple[Counted, ...]
    moved: int = 0
    foreign: int = 0

    def spent(self, month: str) -> Decimal:
        """What went out in a month, as a positive number."""
        sums = self.months.get(month, {})
        return -sum((s for item, s in sums.items() if item != INCOME), Decimal())

    def largest(self, month: str) -> tuple[str, Decimal] | None:
        """The item that took most in a month, and how much."""
        sums = [(-s, item) for item, s in self.months.get(month, {}).items() if item != INCOME]
        most = max(sums, default=None)
        return (most[1], most[0]) if most and most[0] > 0 else None

    def behind(self, month: str, item: str) -> tuple[BankLine, ...]:
        """The lines that a sum is made of."""
        return tuple(c.line for c in self.lines if c.item == item and month_of(c.line.on) == month)


def budget(lines: Iterable[BankLine]) -> Budget:
    """The budget of lines of any accounts."""
    all_ = tuple(lines)
    euros = in_one_currency(all_)
    kept = without_own_transfers(euros)
    counted = tuple(Counted(item=item_of(line), line=line) for line in kept)
    months: dict[str, dict[str, Decimal]] = {}
    for one in counted:
        sums = months.setdefault(month_of(one.line.on), {})
        sums[one.item] = sums.get(one.item, Decimal()) + one.line.amount
    return Budget(
        months={month: months[month] for month in sorted(months)},
        lines=counted,
        moved=len(euros) - len(kept),
        foreign=len(all_) - len(euros),
    )


def item_of(line: BankLine) -> str:
    """The item of a line: by what it paid, else by the words of its label, else by its nature."""
    if line.paid in _BY_CLASS:
        return _BY_CLASS[line.paid]
    for sector in sorted(line.sectors):
        if sector in _BY_SECTOR:
            return _BY_SECTOR[sector]
    said = f"{line.party} {line.label} {line.category}"
    for item, words in _BY_WORDS:
        if words.search(said):
            return item
    if line.nature in _BY_NATURE:
        return _BY_NATURE[line.nature]
    return OTHER


def last_whole(known: Budget, until: date) -> str:
    """The last month that lines are there of to its end, or nearly; the last one else."""
    over = [month for month in known.months if month < month_of(until) or until.day >= _NEARLY]
    return max(over or known.months, default=month_of(until))


def month_of(day: date) -> str:
    """The month of a day, as it sorts."""
    return f"{day:%Y-%m}"
