"""Suppliers as a page shows them: who is paid what, and what ends when."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from pod.charts.bars import Bar, Part, bars
from pod.charts.frame import Frame
from pod.insight.recipes.budget import month_of
from pod.insight.recipes.suppliers import Contract, Ending, Supplier, of_supplier, yearly
from pod.web.ui.drawn import drawn
from pod.web.ui.figures import FigureTeller
from pod.web.ui.sheet import Column, Sheet

_DRAWN = 6


def suppliers_values(
    found: Sequence[Supplier],
    contracts: Sequence[Contract],
    ending: Sequence[Ending],
    told: FigureTeller,
) -> tuple[Mapping[str, object], tuple[Sheet, ...]]:
    """What fills the page, and its sheets."""
    sentence = _sentence(found, told)
    paid, ends = _paid(found, contracts, told), _ends(ending, contracts, told)
    return {
        "sentence": sentence,
        "chart": drawn(_chart(found, sentence, told)),
        "paid": paid if found else None,
        "ending": _next(ending, told),
        "ends": ends if contracts else None,
    }, (paid, ends)


def _sentence(found: Sequence[Supplier], told: FigureTeller) -> str:
    if not found:
        return told.say("suppliers.nothing")
    return told.say(
        "suppliers.sentence",
        count=len(found),
        total=told.euros(sum((one.paid for one in found), Decimal())),
        who=found[0].name,
        amount=told.euros(found[0].paid),
    )


def _chart(found: Sequence[Supplier], sentence: str, told: FigureTeller) -> str:
    frame = Frame(
        title=told.say("suppliers.title"),
        sentence=sentence,
        unit="€",
        language=told.language,
        name="suppliers",
    )
    drawn_ = found[:_DRAWN]
    months = sorted({line.on.replace(day=1) for one in drawn_ for line in one.lines})
    return bars(frame, tuple(_bar(drawn_, first, told) for first in months))


def _bar(drawn_: Sequence[Supplier], first: date, told: FigureTeller) -> Bar:
    sums = ((one.name, _of_month(one, first)) for one in drawn_)
    parts = tuple(Part(name, float(paid)) for name, paid in sums if paid)
    return Bar(told.month(first, short=True), parts)


def _of_month(one: Supplier, first: date) -> Decimal:
    lines = (line.amount for line in one.lines if month_of(line.on) == month_of(first))
    return -sum(lines, Decimal())


def _paid(found: Sequence[Supplier], contracts: Sequence[Contract], told: FigureTeller) -> Sheet:
    return Sheet(
        name="paid",
        title=told.say("suppliers.paid"),
        columns=(
            Column(name="who", title=told.say("suppliers.who")),
            Column(name="year", title=told.say("suppliers.year"), unit="€", is_number=True),
            Column(name="times", title=told.say("suppliers.times"), is_number=True),
            Column(name="last", title=told.say("suppliers.last"), unit="€", is_number=True),
            Column(name="day", title=told.say("suppliers.day")),
            Column(name="contracts", title=told.say("suppliers.contracts")),
        ),
        rows=tuple(
            (
                one.name,
                one.paid,
                one.times,
                -one.last.amount,
                one.last.on,
                ", ".join(contract.name for contract in of_supplier(one, contracts)) or None,
            )
            for one in found
        ),
        addresses=tuple(told.record(one.last.iri) for one in found),
    )


def _next(ending: Sequence[Ending], told: FigureTeller) -> str:
    for one in islice(ending, 1):
        key = "suppliers.next_notice" if one.notice else "suppliers.next_end"
        return told.say(key, what=one.contract.name, day=told.day(one.notice or one.day))
    return told.say("suppliers.no_end")


def _ends(ending: Sequence[Ending], contracts: Sequence[Contract], told: FigureTeller) -> Sheet:
    """What ends first comes first; what does not say when comes last."""
    known = {one.contract.iri: one for one in ending}
    rest = [one for one in contracts if one.iri not in known]
    every = [*(one.contract for one in ending), *rest]
    return Sheet(
        name="ends",
        title=told.say("suppliers.ends"),
        columns=(
            Column(name="contract", title=told.say("suppliers.contract")),
            Column(name="who", title=told.say("suppliers.who")),
            Column(name="day", title=told.say("suppliers.until")),
            Column(name="notice", title=told.say("suppliers.notice")),
            Column(name="yearly", title=told.say("suppliers.yearly"), unit="€", is_number=True),
        ),
        rows=tuple(
            (
                one.name or one.label,
                one.payee or one.holder,
                known[one.iri].day if one.iri in known else None,
                known[one.iri].notice if one.iri in known else None,
                yearly(one),
            )
            for one in every
        ),
        addresses=tuple(told.record(one.iri) for one in every),
    )
