"""One row of a reimbursement statement: its dates, its words, and the amounts of its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from importers.clock import french_date, full_year
from importers.contract import Item, Problem
from importers.health.reimbursement import Act, Payment, records_of
from importers.health.statement_columns import (
    ACT,
    AMOUNTS,
    BASE,
    DATE,
    OTHER,
    PAID,
    PAID_BACK,
    PAYMENT_DATE,
    PERSON,
    RATE,
    RECIPIENT,
    REST,
    TEXTS,
    Column,
    assigned,
)
from importers.money import decimal_comma
from importers.nir import without_any
from importers.text import unaccented

_DATE = r"(?<![\d/])\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])"
_AMOUNT = (
    r"(?<![\w,.])[-+\u2212\u2013]?\s?\d{1,3}(?:[ .\u00a0\u202f]?\d{3})*,\d{2}(?![\d,])"
    r"(?:\s?(?:€|EUR\b|euros?\b))?"
)
_RATE = r"(?<![\w,])\d{1,3}(?:,\d{1,2})?\s?%"
_NONE = r"(?<!\S)[-\u2013\u2014](?!\S)"
DATES: Final = re.compile(_DATE)
AMOUNT: Final = re.compile(_AMOUNT)
_FIGURE = re.compile(f"(?P<amount>{_AMOUNT})|(?P<rate>{_RATE})|(?P<none>{_NONE})")
_UNIT = re.compile(r"\s?(?:€|EUR|euros?)$")
_CELL = re.compile(r"\S+(?: \S+)*")
_RULES = re.compile(r"[|│]")

HOUSEHOLD: Final = Problem(
    "/",
    "the statement is about several people of a household: what was paid is kept, their names are"
    " not",
    row=False,
)
_OTHER_PAYER: Final = "Assurance maladie"

_DOES_NOT_ADD_UP = "what was paid less what came back is not what this row says that remains"
_NO_HEADER = "no header before this row says what its amounts are"
_DATES_DIFFER = "this row has other dates than its header says: rows may have run into one another"
_NOT_TOLD = "which columns the amounts of this row belong to cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says, by column. An amount that is left open is not there.

    `person` is who was treated, which is only counted and never kept.
    """

    on: date
    paid_on: date | None
    label: str
    person: str
    recipient: str
    amounts: dict[str, Decimal]


def amount_of(text: str) -> Decimal:
    """`1 234,56 €`, `-2,00`. Raises ValueError for anything else."""
    return decimal_comma(_UNIT.sub("", text.strip()))


def day_of(text: str) -> date:
    """`05/03/2026`, `5/3/26`. Raises ValueError for anything else."""
    start, slash, year = text.rpartition("/")
    return french_date(f"{start}{slash}{full_year(year) if len(year) == 2 else year}")


def row_items(row: Row, payment: Payment, locator: str) -> Iterator[Item]:
    """The records of a row that came in a payment, and a remark where it does not add up."""
    to_third_party = payment.to_third_party or is_to_third_party(row.recipient)
    if row.paid_on is not None:
        payment = Payment(on=row.paid_on)
    other = row.amounts.get(OTHER)
    act = Act(
        on=row.on,
        label=row.label,
        locator=locator,
        paid=row.amounts.get(PAID),
        base=row.amounts.get(BASE),
        paid_back=row.amounts.get(PAID_BACK),
        other=None if other is None else (_OTHER_PAYER, other),
        rest=row.amounts.get(REST),
        payment=replace(payment, to_third_party=to_third_party),
    )
    yield from records_of(act)
    if act.paid is not None and act.rest not in {None, act.paid - act.came_back}:
        yield Problem(locator, _DOES_NOT_ADD_UP, row=False)


def without_dates(line: str) -> str:
    """A line with blanks where its dates were, which else could be taken for thousands."""
    return DATES.sub(lambda found: " " * len(found.group()), line)


def row_of(line: str, columns: Sequence[Column]) -> Row:
    """A line that begins with a date, under a header. Raises ValueError where it cannot be read."""
    if not columns:
        raise ValueError(_NO_HEADER)
    line = _RULES.sub(" ", line)
    dates = list(DATES.finditer(line))
    kinds = [column.kind for column in columns if column.kind in {DATE, PAYMENT_DATE}]
    if len(dates) != len(kinds):
        raise ValueError(_DATES_DIFFER)
    days = dict(zip(kinds, (day_of(found.group()) for found in dates), strict=True))
    blanked = without_dates(line)
    figures = _figures(blanked)
    if not figures:
        raise ValueError("this row has no amount")
    cells = _texts(blanked, figures, columns)
    on = days.get(DATE) or days[PAYMENT_DATE]
    return Row(
        on=on,
        paid_on=days.get(PAYMENT_DATE),
        label=without_any(cells.get(ACT, "")),
        person=cells.get(PERSON, ""),
        recipient=cells.get(RECIPIENT, ""),
        amounts=_amounts(blanked, columns),
    )


def is_full(line: str, columns: Sequence[Column]) -> bool:
    """Whether a row has something in all of its columns, and nothing more is to come."""
    line = _RULES.sub(" ", without_dates(line))
    places = [column for column in columns if column.kind in AMOUNTS | {RATE}]
    return bool(places) and columns[-1] == places[-1] and _fit(_figures(line), places)


def total_of(line: str, columns: Sequence[Column]) -> Decimal | None:
    """What was paid back in all, by a line with a total; None where that cannot be told."""
    found = AMOUNT.findall(without_dates(line))
    if len(found) == 1:
        return amount_of(found[0])
    try:
        return _amounts(_RULES.sub(" ", without_dates(line)), columns).get(PAID_BACK)
    except ValueError:
        return None


def _figures(line: str) -> list[re.Match[str]]:
    """The longest run of amounts, rates and dashes with nothing but blanks between them.

    Where columns are apart, `PHARMACIE 65%` is one cell and no rate.
    """
    runs: list[list[re.Match[str]]] = []
    for found in _FIGURE.finditer(_without_words(line) if _is_laid_out(line) else line):
        if runs and not line[runs[-1][-1].end() : found.start()].strip():
            runs[-1].append(found)
        else:
            runs.append([found])
    with_amount = [run for run in runs if any(one["amount"] for one in run)]
    return max(with_amount, key=len, default=[])


def _is_laid_out(line: str) -> bool:
    """Whether columns are apart in a line, so that where a text stands says whose it is."""
    return "  " in line.strip()


def _without_words(line: str) -> str:
    """A line with blanks in the place of each cell that has words."""
    return _CELL.sub(
        lambda cell: " " * len(cell[0]) if _FIGURE.sub("", cell[0]).strip() else cell[0], line
    )


def _amounts(line: str, columns: Sequence[Column]) -> dict[str, Decimal]:
    """Each amount of a row by its column. Raises ValueError where that cannot be told."""
    figures = _figures(line)
    places = [column for column in columns if column.kind in AMOUNTS | {RATE}]
    if not _fit(figures, places):
        # A rate says by its sign what it is, so that it is not needed to tell the others.
        figures = [one for one in figures if not one["rate"]]
        places = [column for column in places if column.kind != RATE]
    if len(figures) != len(places) and not _is_laid_out(line):
        raise ValueError(_NOT_TOLD)
    found = assigned(places, [one.span() for one in figures])
    if found is None:
        raise ValueError(_NOT_TOLD)
    pairs = zip(found, figures, strict=True)
    return {place.kind: amount_of(one["amount"]) for place, one in pairs if one["amount"]}


def _fit(figures: Sequence[re.Match[str]], places: Sequence[Column]) -> bool:
    """Whether the figures, one a column, have their rates in the columns of rates."""
    return len(figures) == len(places) and all(
        one["none"] is not None or (one["rate"] is not None) == (place.kind == RATE)
        for one, place in zip(figures, places, strict=True)
    )


def _texts(
    line: str, figures: Sequence[re.Match[str]], columns: Sequence[Column]
) -> dict[str, str]:
    """The texts of a row by column: those before its amounts, and those behind them.

    Where the texts before the amounts cannot be told apart, none is given: one of them may be the
    name of who was treated.
    """
    first = next(column.start for column in columns if column.kind in AMOUNTS | {RATE})
    before = [column for column in columns if column.kind in TEXTS and column.start < first]
    behind = [column for column in columns if column.kind in TEXTS and column.start > first]
    found: dict[str, str] = {}
    for places, start, end in (
        (before, 0, figures[0].start()),
        (behind, figures[-1].end(), len(line)),
    ):
        cells = [(one.span(), one.group()) for one in _CELL.finditer(line, start, end)]
        if len(places) == 1 and cells:
            found[places[0].kind] = " ".join(text for _, text in cells)
            continue
        if len(cells) == len(places) or _is_laid_out(line):
            owners = assigned(places, [span for span, _ in cells]) or ()
        else:
            owners = ()
        for place, (_, text) in zip(owners, cells, strict=False):
            found[place.kind] = text
    return found


def is_to_third_party(words: str) -> bool:
    """Whether a payment with these words beside it went to somebody else than the person."""
    plain = unaccented(words)
    return bool(_THIRD_PARTY.search(plain)) and not _TO_THE_PERSON.search(plain)


_THIRD_PARTY = re.compile(
    r"tiers.?payant|a un tiers|au tiers|aux? professionnels?|au praticien|\boui\b"
    r"|(?:regle|verse|paye)e?s? (?:directement )?(?:a la |au |a l')?"
    r"(?:pharmacie|laboratoire|docteur|dr\b|hopital|clinique|opticien)"
    r"|destinataire\s*:\s*(?:pharmacie|laboratoire|dr\b|docteur)"
)
_TO_THE_PERSON = re.compile(r"hors tiers.?payant|sans tiers.?payant|\ba l'assure|\bvous\b|\bnon\b")
