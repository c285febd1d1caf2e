"""What is worth telling somebody now: her recipes' rows, looked at by the rules of insights."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pod.flows.context import Pod
from pod.flows.view.recipes import Energy, bank_lines, contracts_of, energy_of
from pod.insight.insights import (
    Insight,
    chosen,
    of_bills,
    of_budget,
    of_endings,
    of_energy,
    of_lines,
    of_suppliers,
)
from pod.insight.recipes.budget import Budget, budget, last_whole
from pod.insight.recipes.energy import Month, beside, months
from pod.insight.recipes.suppliers import Contract, Supplier, endings, suppliers


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyday:
    """What the recipes know. `until` is the day of the last line of a bank."""

    budget: Budget
    until: date | None
    suppliers: tuple[Supplier, ...]
    contracts: tuple[Contract, ...]
    energy: Energy


async def everyday(pod: Pod) -> Everyday:
    """Raises Unavailable."""
    (lines, until), energy, contracts = await asyncio.gather(
        bank_lines(pod), energy_of(pod), contracts_of(pod)
    )
    return Everyday(
        budget=budget(lines),
        until=until,
        suppliers=suppliers(lines, until) if until else (),
        contracts=contracts,
        energy=energy,
    )


def insights(known: Everyday, today: date) -> tuple[Insight, ...]:
    """The few that weigh most."""
    return chosen(_all(known, today))


def _all(known: Everyday, today: date) -> Iterator[Insight]:
    yield from of_lines(one.line for one in known.budget.lines)
    yield from of_suppliers(known.suppliers)
    yield from of_endings(endings(known.contracts, today), today)
    if known.until:
        yield from of_budget(known.budget, last_whole(known.budget, known.until))
    for commodity in known.energy.commodities:
        used = known.energy.used[commodity]
        yield from of_energy(_by_month(known, commodity))
        yield from of_bills(beside(known.energy.billed.get(commodity, ()), used))


def _by_month(known: Everyday, commodity: str) -> dict[date, Month]:
    return dict(months(known.energy.used[commodity]))
