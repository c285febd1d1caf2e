"""What is worth telling somebody now: her recipes' rows, looked at by the rules of insights."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pod.flows.rows import Asking
from pod.flows.view.recipes import Energy, contracts_of, energy_of, money_of
from pod.insight.insights import (
    Insight,
    of_bills,
    of_budget,
    of_endings,
    of_energy,
    of_items,
    of_lines,
    of_month,
    of_payees,
    of_suppliers,
)
from pod.insight.recipes.budget import Budget, budget, last_whole
from pod.insight.recipes.energy import beside, compared, months
from pod.insight.recipes.lines import BankLine
from pod.insight.recipes.suppliers import Contract, Supplier, endings, suppliers


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyday:
    """What the recipes know. Her money is looked at from the day `since` on, and `until` is the
    last day of what is known of it.
    """

    lines: tuple[BankLine, ...]
    budget: Budget
    since: date | None
    until: date | None
    suppliers: tuple[Supplier, ...]
    contracts: tuple[Contract, ...]
    energy: Energy


async def everyday(her: Asking) -> Everyday:
    """Raises Unavailable."""
    money, energy, contracts = await money_of(her), await energy_of(her), await contracts_of(her)
    return Everyday(
        lines=money.lines,
        budget=budget(money),
        since=money.since,
        until=money.until,
        suppliers=suppliers(money.lines, money.until) if money.until else (),
        contracts=contracts,
        energy=energy,
    )


def insights(known: Everyday, today: date) -> Iterator[Insight]:
    """Everything that is worth telling; `pod.insight.insights.chosen` picks the few."""
    yield from of_lines(known.lines)
    yield from of_suppliers(known.suppliers)
    yield from of_payees(known.suppliers)
    yield from of_endings(endings(known.contracts, today), today)
    if known.until:
        month = last_whole(known.budget, known.until)
        yield from of_budget(known.budget, month)
        yield from of_items(known.budget, month)
    for name in known.energy.commodities:
        used = known.energy.used[name]
        by_month = months(used)
        yield from of_bills(beside(known.energy.billed.get(name, ()), used), name)
        yield from of_energy(by_month, name)
        if compared(by_month) is None:
            yield from of_month(by_month, name)
