"""The budget as a page shows it: its sentence, its chart and its tables."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pod.charts.bars import Bar, Part, bars
from pod.charts.frame import Frame
from pod.insight.recipes.budget import ITEMS, NOT_SPENT, OTHER, Budget, Counted
from pod.web.ui.drawn import drawn
from pod.web.ui.figures import FigureTeller
from pod.web.ui.sheet import Column, Sheet, Value

_MONTHS = 12


def budget_values(
    known: Budget, month: str, item: str, told: FigureTeller
) -> tuple[Mapping[str, object], tuple[Sheet, ...]]:
    """What fills the page of a month, and of one of its items, and the sheets of both."""
    shown = list(known.months)[-_MONTHS:]
    items, months = _items(known, month, told), _months(known, shown, told)
    lines = _lines(known, month, item, told) if item in ITEMS else None
    sentence = _sentence(known, month, told)
    return {
        "sentence": sentence,
        "chart": drawn(_chart(known, shown, sentence, told)),
        "months": months,
        "items": items,
        "lines": lines,
        "choices": [
            (told.month(one), told.recipe("budget", month=one), one == month)
            for one in reversed(shown)
        ],
        "remarks": _remarks(known, told),
    }, tuple(sheet for sheet in (items, months, lines) if sheet)


def _sentence(known: Budget, month: str, told: FigureTeller) -> str:
    largest = known.largest(month)
    if largest is None:
        return told.say("budget.nothing", month=told.month(month))
    item, amount = largest
    return told.say(
        "budget.sentence",
        month=told.month(month),
        spent=told.euros(known.spent(month)),
        item=told.say(f"item.{item}"),
        amount=told.euros(amount),
    )


def _chart(known: Budget, shown: list[str], sentence: str, told: FigureTeller) -> str:
    frame = Frame(
        title=told.say("budget.title"),
        sentence=sentence,
        unit="€",
        language=told.language,
        name="budget",
    )
    return bars(frame, tuple(_bar(known.months[one], one, told) for one in shown))


def _bar(sums: Mapping[str, Decimal], month: str, told: FigureTeller) -> Bar:
    parts = tuple(
        Part(told.say(f"item.{item}"), float(-sums[item]))
        for item in ITEMS
        if item not in NOT_SPENT and sums.get(item, Decimal()) < 0
    )
    return Bar(told.month(month, short=True), parts)


def _items(known: Budget, month: str, told: FigureTeller) -> Sheet:
    sums = known.months.get(month, {})
    there = [item for item in ITEMS if item in sums]
    return Sheet(
        name="items",
        title=told.say("budget.items", month=told.month(month)),
        columns=(
            Column(name="item", title=told.say("budget.item")),
            Column(name="amount", title=told.say("budget.amount"), unit="€", is_number=True),
            Column(name="lines", title=told.say("budget.lines"), is_number=True),
        ),
        rows=tuple(
            (told.say(f"item.{item}"), sums[item], len(known.behind(month, item))) for item in there
        ),
        addresses=tuple(
            f"{told.recipe('budget', month=month, item=item)}#behind" for item in there
        ),
    )


def _months(known: Budget, shown: list[str], told: FigureTeller) -> Sheet:
    there = [item for item in ITEMS if any(item in known.months[month] for month in shown)]
    names = [
        Column(name=item, title=told.say(f"item.{item}"), unit="€", is_number=True)
        for item in there
    ]
    rows: list[tuple[Value, ...]] = [
        (_first(month), *(known.months[month].get(item) for item in there)) for month in shown
    ]
    return Sheet(
        name="months",
        title=told.say("budget.months"),
        columns=(Column(name="month", title=told.say("budget.month"), is_month=True), *names),
        rows=tuple(rows),
        addresses=tuple(told.recipe("budget", month=month) for month in shown),
    )


def _lines(known: Budget, month: str, item: str, told: FigureTeller) -> Sheet:
    found = sorted(known.behind(month, item), key=lambda one: (one.line.on, one.line.iri, one.iri))
    return Sheet(
        name="lines",
        title=told.say("budget.behind", item=told.say(f"item.{item}"), month=told.month(month)),
        columns=(
            Column(name="label", title=told.say("budget.label")),
            Column(name="day", title=told.say("budget.day")),
            Column(name="amount", title=told.say("budget.amount"), unit="€", is_number=True),
        ),
        rows=tuple((_named(one, told), one.line.on, one.amount) for one in found),
        addresses=tuple(told.record(one.iri) for one in found),
    )


def _named(one: Counted, told: FigureTeller) -> str:
    """What a row is called: of a receipt, what was bought and with which line."""
    paid = told.line(one.line)
    return f"{one.bought.name} · {paid}" if one.bought and one.bought.name else paid


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _remarks(known: Budget, told: FigureTeller) -> list[str]:
    remarks = [told.say("budget.once")]
    if known.moved:
        remarks.append(told.say("budget.moved", count=known.moved))
    if known.by_card:
        remarks.append(told.say("budget.by_card", count=known.by_card))
    if known.is_of_bills_alone:
        remarks.append(told.say("budget.bills_alone"))
    if known.asked:
        total = -sum((one.amount for one in known.asked), Decimal())
        remarks.append(told.say("budget.asked", count=len(known.asked), total=told.euros(total)))
    if any(OTHER in sums for sums in known.months.values()):
        remarks.append(told.say("budget.other"))
    if known.foreign:
        remarks.append(told.say("budget.foreign", count=known.foreign))
    return remarks
