"""What comes in and goes out, by month and by item: each euro once (SVC-01, SVC-21).

What counts is what moved on the accounts. A bill or a receipt says what a line of the bank was for,
and never counts beside it; it counts alone only for days that no account of hers tells of. Where
the lines of a receipt come to what was paid, they count in its stead.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.text import unaccented
from pod.insight.recipes.cards import without_card_debits
from pod.insight.recipes.lines import (
    BankLine,
    Bought,
    Money,
    in_one_currency,
    without_own_transfers,
)

_NEARLY: Final = 28
"""From this day on a month is as good as over."""
_REACH: Final = timedelta(days=45)
"""How far from a bill the bank may have paid it, which is what matching looks at, too."""
INCOME: Final = "income"
SAVINGS: Final = "savings"
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
    "education",
    "taxes",
    "credit",
    SAVINGS,
    "cash",
    "fees",
    OTHER,
)
"""All items, in the order in which they are shown."""

NOT_SPENT: Final = frozenset({INCOME, SAVINGS})
"""What came in, and what she put aside."""
_BY_CODE: Final = {
    "food": "food",
    "clothing": "equipment",
    "housing": "housing",
    "energyBills": "energy",
    "household": "equipment",
    "healthCare": "health",
    "transportation": "transport",
    "communications": "telecom",
    "leisure": "leisure",
    "schooling": "education",
    "dining": "leisure",
    "insuranceBanking": "insurance",
    "credit": "credit",
    "taxes": "taxes",
    "giving": "leisure",
    "income": INCOME,
    "savings": SAVINGS,
    "other": OTHER,
}
"""By the codes of categories of the vocabulary."""
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
# Words as they stand in labels of banks, in capitals; the first row that has one counts.
_WORDS: Final = (
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
    ("transport", r"AUTOROUTE|AVION\b|CARBURANT|ESSENCE|TOTAL\b|ESSO|SHELL|AVIA\b|METRO\b"),
    ("transport", r"TRAIN\b"),
    ("food", r"BOULANGERIE|EPICERIE|CARREFOUR|LECLERC|AUCHAN|INTERMARCHE|LIDL|ALDI|MONOPRIX"),
    ("food", r"FRANPRIX|CASINO|SUPER U|HYPER U|BIOCOOP|PICARD|SUPERMARCHE|BOUCHERIE|PRIMEUR"),
    ("leisure", r"LIBRAIRIE|CAFE|JARDINS|CINEMA|THEATRE|MUSEE|RESTAURANT|FNAC|NETFLIX|SPOTIFY"),
    ("leisure", r"BAR\b|HOTEL|SPORT|PISCINE|CLUB|ASSOCIATION|COTISATION|VIDEO|MUSIQUE|DEEZER"),
    ("equipment", r"QUINCAILLERIE|BOUTIQUE|IKEA|LEROY MERLIN|CASTORAMA|DARTY|BOULANGER|AMAZON"),
    ("equipment", r"DECATHLON|ZARA|KIABI|BRICO"),
    ("education", r"ECOLE\b|CANTINE|CRECHE|PERISCOLAIRE|UNIVERSITE|SCOLARITE"),
    ("credit", r"ECHEANCE PRET|PRET\b|COFIDIS|CETELEM|SOFINCO"),
    ("cash", r"RETRAIT|DAB\b|DISTRIBUTEUR"),
    ("fees", r"FRAIS|COMMISSION|AGIOS|COTISATION CARTE"),
)
_START: Final = 2
_BEGINNINGS: Final = re.compile(rf"\b(?=(\w{{{_START}}}))")


def _by_start() -> Mapping[str, tuple[tuple[int, str, re.Pattern[str]], ...]]:
    """By the first two letters, what may begin with them: its row, its item, and what it is."""
    found: dict[str, tuple[tuple[int, str, re.Pattern[str]], ...]] = {}
    for row, (item, words) in enumerate(_WORDS):
        for word in words.split("|"):
            start = word[:_START]
            found[start] = (*found.get(start, ()), (row, item, re.compile(word)))
    return MappingProxyType(found)


_BY_START: Final = _by_start()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted under an item: a line, or what was bought with it."""

    item: str
    line: BankLine
    bought: Bought | None = None

    @property
    def amount(self) -> Decimal:
        """What came in, or below zero what went out."""
        return self.line.amount if self.bought is None else -self.bought.total

    @property
    def iri(self) -> str:
        """The record that says so."""
        return self.line.iri if self.bought is None else self.bought.iri


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Sums by month ("2026-03") and item, signed: what went out is below zero.

    `counted` is what they are made of. Left out are `moved`, lines that are moves between own
    accounts, `by_card`, lines that pay for a card whose own lines are there, `foreign`, lines in
    another currency, and `asked`, bills and receipts of days that an account tells of, and that no
    line of it is known to have paid.
    """

    months: Mapping[str, Mapping[str, Decimal]]
    counted: tuple[Counted, ...]
    moved: int = 0
    by_card: int = 0
    foreign: int = 0
    asked: tuple[BankLine, ...] = ()

    @property
    def is_of_bills_alone(self) -> bool:
        """Whether no account tells anything."""
        return not any(one.line.account for one in self.counted)

    def spent(self, month: str) -> Decimal:
        """What went out in a month, as a positive number."""
        sums = self.months.get(month, {})
        return -sum((s for item, s in sums.items() if item not in NOT_SPENT), Decimal())

    def largest(self, month: str) -> tuple[str, Decimal] | None:
        """The item that took most in a month, and how much."""
        sums = [(-s, item) for item, s in self.months.get(month, {}).items()]
        most = max((one for one in sums if one[1] not in NOT_SPENT), default=None)
        return (most[1], most[0]) if most and most[0] > 0 else None

    def behind(self, month: str, item: str) -> tuple[Counted, ...]:
        """What a sum is made of."""
        return tuple(
            one for one in self.counted if one.item == item and month_of(one.line.on) == month
        )


def budget(money: Money) -> Budget:
    """The budget of all accounts, and of bills and receipts for days of which none tells."""
    euros = in_one_currency(money.lines)
    once = without_card_debits(euros)
    kept = without_own_transfers(once)
    alone, asked = _told_apart(in_one_currency(money.asked), money.lines)
    bought = _bought(money.bought)
    counted = tuple(one for line in (*kept, *alone) for one in _counted(line, bought))
    months: dict[str, dict[str, Decimal]] = {}
    for one in counted:
        sums = months.setdefault(month_of(one.line.on), {})
        sums[one.item] = sums.get(one.item, Decimal()) + one.amount
    return Budget(
        months={month: months[month] for month in sorted(months)},
        counted=counted,
        moved=len(once) - len(kept),
        by_card=len(euros) - len(once),
        foreign=len(money.lines) - len(euros),
        asked=asked,
    )


def _told_apart(
    asked: Iterable[BankLine], lines: Sequence[BankLine]
) -> tuple[tuple[BankLine, ...], tuple[BankLine, ...]]:
    """The bills of days that no account tells of, and all others."""
    days = sorted(line.on for line in lines)
    alone: list[BankLine] = []
    rest: list[BankLine] = []
    for one in asked:
        is_told = bool(days) and days[0] - _REACH <= one.on <= days[-1] + _REACH
        (rest if is_told else alone).append(one)
    return tuple(alone), tuple(rest)


def _bought(found: Iterable[Bought]) -> Mapping[str, list[Bought]]:
    by_line: dict[str, list[Bought]] = {}
    for one in found:
        by_line.setdefault(one.line, []).append(one)
    return by_line


def _counted(line: BankLine, bought: Mapping[str, list[Bought]]) -> Iterator[Counted]:
    """A line, or what was bought with it where that comes to the same."""
    item, parts = item_of(line), bought.get(line.iri, [])
    if not parts or sum((one.total for one in parts), Decimal()) != -line.amount:
        yield Counted(item=item, line=line)
        return
    for one in parts:
        yield Counted(item=_BY_CODE.get(one.category, item), line=line, bought=one)


def item_of(line: BankLine) -> str:
    """The item of a line: as she or her bank put it, by what it paid and who was paid, by the words
    of its label, or by its nature.
    """
    known = (
        _BY_CODE.get(line.category),
        _BY_CLASS.get(line.paid),
        _BY_CODE.get(line.heading),
        *(_BY_SECTOR.get(sector) for sector in sorted(line.sectors)),
    )
    return next(filter(None, known), None) or _by_words(line) or _by_nature(line)


def _by_words(line: BankLine) -> str:
    said = f"{line.party} {line.label}"
    said = (said if said.isascii() else unaccented(said)).upper()
    found = (
        (row, item)
        for word in _BEGINNINGS.finditer(said)
        for row, item, pattern in _BY_START.get(word[1], ())
        if pattern.match(said, word.start())
    )
    return min(found, default=(0, ""))[1]


def _by_nature(line: BankLine) -> str:
    return _BY_NATURE.get(line.nature, OTHER)


def last_whole(known: Budget, until: date) -> str:
    """The last month that lines are there of to its end, or nearly; the last one else."""
    over = [month for month in known.months if month < month_of(until) or until.day >= _NEARLY]
    return max(over or known.months, default=month_of(until))


def month_of(day: date) -> str:
    """The month of a day, as it sorts."""
    return f"{day:%Y-%m}"
