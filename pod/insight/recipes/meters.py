"""One meter under two names: who delivers energy, and who bills it, may name it differently."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Final

from pod.insight.recipes.energy import Used

_ENOUGH: Final = 7
"""Stretches that both have to tell of before they can be told to be one."""
_DIFFERENT: Final = 3
"""How many different values there are among them at the least: empty homes all use the same."""
_ROUNDED: Final = Decimal("0.1")
"""By how many kWh the same value may differ, where each rounds it."""

_Series = Mapping[tuple[date, int], Decimal]


def as_one(used: Iterable[Used]) -> tuple[tuple[Used, ...], bool]:
    """What was used, with meters that are one under one name, and whether there are any.

    Two are one where different sources tell of them, and tell the same of the same days: nobody
    names one meter in two ways within what she gives herself.
    """
    every = tuple(used)
    series: dict[tuple[str, str], dict[tuple[date, int], Decimal]] = {}
    for one in every:
        days = series.setdefault((one.meter, one.source), {})
        days[one.on, one.days] = days.get((one.on, one.days), Decimal()) + one.energy
    names: dict[str, str] = {}
    for (meter, source), (other, elsewhere) in combinations(sorted(series), 2):
        if meter == other or source == elsewhere:
            continue
        if _is_same(series[meter, source], series[other, elsewhere]):
            names[other] = names.get(meter, meter)
    return tuple(replace(one, meter=names.get(one.meter, one.meter)) for one in every), bool(names)


def _is_same(one: _Series, other: _Series) -> bool:
    both = one.keys() & other.keys()
    if len(both) < _ENOUGH or len({one[at] for at in both}) < _DIFFERENT:
        return False
    return all(abs(one[at] - other[at]) <= _ROUNDED for at in both)
