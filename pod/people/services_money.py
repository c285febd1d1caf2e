"""What services have to find of money: a budget, a loan, what recurs, wages, contracts, points."""

from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pod.people.events import Payment
from pod.people.files.written import euros
from pod.people.life import Life
from pod.people.services_energy import month_of
from pod.people.truths import Answer, payments

_CENT: Final = Decimal("0.01")
_FLOORS: Final = (1500, 2000, 2500, 3000)
_MOST_VISITED = 3


def main_payments(life: Life) -> list[Payment]:
    return [one for one in payments(life).values() if one.account == "main"]


def budget(life: Life) -> Answer:
    """What came in or went out for each item in each month, on the account for everyday."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in main_payments(life):
        found[month_of(one.day)][one.item] += one.cents
    return {
        month: {item: euros(cents) for item, cents in sorted(sums.items())}
        for month, sums in sorted(found.items())
    }


def left_by_month(life: Life) -> dict[str, int]:
    """What came in less what went out in each month, on the account for everyday, in cents."""
    found: dict[str, int] = defaultdict(int)
    for one in main_payments(life):
        found[month_of(one.day)] += one.cents
    return dict(sorted(found.items()))


def loan(life: Life, amount: Decimal, rate: Decimal, months: int) -> Answer:
    """What a loan takes each month, and what is left of each month without it.

    It is the annuity of constant payments at the end of each month.
    """
    monthly = rate / 1200
    annuity = amount * monthly / (1 - (1 + monthly) ** -months)
    return {
        "amount": str(amount),
        "ratePerYear": str(rate),
        "months": months,
        "monthly": str(annuity.quantize(_CENT, ROUND_HALF_UP)),
        "left": {month: euros(cents) for month, cents in left_by_month(life).items()},
    }


def recurring(life: Life) -> list[Answer]:
    """What is debited under one mandate again and again: who, how often, and the last time."""
    found: dict[str, list[Payment]] = defaultdict(list)
    for one in main_payments(life):
        if one.mandate:
            found[one.mandate].append(one)
    return [
        {
            "party": several[0].party,
            "mandate": mandate,
            "count": len(several),
            "last": several[-1].day.isoformat(),
            "amount": euros(several[-1].cents),
        }
        for mandate, several in sorted(found.items())
        if len(several) > 1
    ]


def most_visited(life: Life) -> list[Answer]:
    """Where the card was shown most often."""
    cards = [one for one in main_payments(life) if one.nature == "card"]
    counts = Counter(one.party for one in cards)
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST_VISITED]
    return [
        {
            "party": party,
            "payments": count,
            "paid": euros(-sum(one.cents for one in cards if one.party == party)),
        }
        for party, count in most
    ]


def wage(life: Life) -> Answer:
    """What the person earned in her last twelve wages, and which floors that attests."""
    wages = [one.cents for one in main_payments(life) if one.id.startswith("wage-0-")][-12:]
    average = sum(wages) // len(wages) if wages else 0
    return {
        "average": euros(average),
        "atLeast": {str(floor): average >= floor * 100 for floor in _FLOORS},
    }


def points(life: Life) -> Answer:
    """What the loyalty card holds, what it earned and what was changed into vouchers."""
    return {
        "balance": life.points[-1].balance if life.points else 0,
        "earned": sum(one.points for one in life.points if one.points > 0),
        "used": -sum(one.points for one in life.points if one.points < 0),
    }


def contracts(life: Life) -> list[Answer]:
    """The insurance contracts in force: since when, what a year costs, and by when to give notice.

    Code des assurances, L113-12: two months before the day on which a year ends.
    """
    last, found = life.home.span.last, list[Answer]()
    for one in life.covers:
        if one.dwelling is not None and life.home.dwellings[one.dwelling].last < last:
            continue
        day = one.start.replace(year=last.year, day=min(one.start.day, 28))
        ends = day if day > last else day.replace(year=last.year + 1)
        year, month = divmod(ends.year * 12 + ends.month - 3, 12)
        found.append(
            {
                "product": one.product,
                "since": one.start.isoformat(),
                "yearly": euros(one.yearly),
                "yearEnds": ends.isoformat(),
                "notice": date(year, month + 1, ends.day).isoformat(),
            }
        )
    return found
