"""Energy as a page shows it: this year beside the last, and bills beside the meter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pod.charts.frame import Frame
from pod.charts.lines import Line, Point, lines
from pod.insight.insights import way
from pod.insight.months import months_before
from pod.insight.recipes.energy import Beside, Month, a_year_before, compared
from pod.web.ui.drawn import drawn
from pod.web.ui.figures import FigureTeller
from pod.web.ui.sheet import Column, Sheet

_MONTHS = 12
_JANUARY = 1


def energy_values(
    known: Mapping[date, Month],
    bills: Sequence[Beside],
    told: FigureTeller,
    *,
    is_twice: bool = False,
) -> tuple[Mapping[str, object], tuple[Sheet, ...]]:
    """What fills the page of one kind of energy, and its sheets. `is_twice` is where two sources
    tell of one meter, under two names.
    """
    shown = _shown(known)
    sentence = _sentence(known, told)
    months, billed = _months(known, shown, told), _bills(bills, told)
    return {
        "sentence": sentence,
        "chart": drawn(_chart(known, shown, sentence, told)),
        "stats": _stats(known, told),
        "months": months,
        "bills": billed if bills else None,
        "billed": _billed(bills, told),
        "remarks": list(_remarks(known, told, is_twice=is_twice)),
    }, (months, billed)


def _remarks(known: Mapping[date, Month], told: FigureTeller, *, is_twice: bool) -> Iterator[str]:
    if any(not month.is_whole for month in known.values()):
        yield told.say("energy.gaps")
    if is_twice:
        yield told.say("energy.twice")


def _shown(known: Mapping[date, Month]) -> list[date]:
    """The last twelve months, also those between of which nothing is known."""
    last = max(known)
    return [months_before(last, back) for back in reversed(range(_MONTHS))]


def _sentence(known: Mapping[date, Month], told: FigureTeller) -> str:
    pair = compared(known)
    if pair is None or not pair[1].energy:
        whole = [first for first in known if known[first].is_whole]
        last = known[max(whole or known)]
        filled = {"month": told.month(last.first), "energy": told.kwh(last.energy)}
        return told.say("energy.only" if last.is_whole else "energy.so_far", **filled)
    now, before = pair
    share = (now.energy - before.energy) / before.energy * 100
    return told.say(
        f"energy.{way(share)}",
        month=told.month(now.first),
        energy=told.kwh(now.energy),
        share=told.share(abs(share)),
        before=told.month(before.first),
    )


def _stats(known: Mapping[date, Month], told: FigureTeller) -> list[tuple[str, str]]:
    """The last whole month, and the last January: the coldest is what people ask for."""
    whole = [first for first in known if known[first].is_whole]
    wanted = [max(whole)] if whole else []
    wanted += [max((first for first in known if first.month == _JANUARY), default=date.min)]
    return [
        (told.month(first), told.kwh(known[first].energy))
        for first in dict.fromkeys(wanted)
        if first in known
    ]


def _chart(
    known: Mapping[date, Month], shown: Sequence[date], sentence: str, told: FigureTeller
) -> str:
    frame = Frame(
        title=told.say("energy.title"),
        sentence=sentence,
        unit="kWh",
        language=told.language,
        name="energy",
    )
    now = Line(told.say("energy.now"), tuple(_point(known, first) for first in shown))
    earlier = tuple(_point(known, a_year_before(first)) for first in shown)
    before = Line(told.say("energy.before"), earlier, is_before=True)
    has_before = any(point.value is not None for point in earlier)
    return lines(frame, (now, before) if has_before else (now,))


def _point(known: Mapping[date, Month], first: date) -> Point:
    """A month that is not known as a whole is a gap, never a small month."""
    month = known.get(first)
    if month is None or not month.is_whole:
        return Point(first, None)
    return Point(first, float(month.energy), is_estimated=month.is_estimated)


def _months(known: Mapping[date, Month], shown: Sequence[date], told: FigureTeller) -> Sheet:
    def energy(first: date) -> Decimal | None:
        return known[first].energy if first in known else None

    return Sheet(
        name="months",
        title=told.say("energy.months"),
        columns=(
            Column(name="month", title=told.say("budget.month"), is_month=True),
            Column(name="energy", title=told.say("energy.used"), unit="kWh", is_number=True),
            Column(name="days", title=told.say("energy.days"), is_number=True),
            Column(name="yearBefore", title=told.say("energy.year"), unit="kWh", is_number=True),
        ),
        rows=tuple(
            (
                first,
                energy(first),
                known[first].days if first in known else None,
                energy(a_year_before(first)),
            )
            for first in shown
        ),
    )


def _billed(bills: Sequence[Beside], told: FigureTeller) -> str:
    odd = [one for one in bills if one.is_odd]
    if not bills:
        return told.say("energy.no_bills")
    if not odd:
        return told.say("energy.agree")
    first, more = odd[0].billed, odd[0].more or Decimal()
    return told.say(
        "energy.odd_more" if more > 0 else "energy.odd_less",
        first=told.day(first.first),
        last=told.day(first.last),
        energy=told.kwh(abs(more)),
    )


def _bills(bills: Sequence[Beside], told: FigureTeller) -> Sheet:
    return Sheet(
        name="bills",
        title=told.say("energy.bills"),
        columns=(
            Column(name="first", title=told.say("energy.first")),
            Column(name="last", title=told.say("energy.last")),
            Column(name="billed", title=told.say("energy.billed"), unit="kWh", is_number=True),
            Column(name="metered", title=told.say("energy.metered"), unit="kWh", is_number=True),
            Column(name="total", title=told.say("energy.total"), unit="€", is_number=True),
            Column(name="check", title=told.say("energy.check")),
        ),
        rows=tuple(
            (
                one.billed.first,
                one.billed.last,
                one.billed.energy,
                one.metered,
                one.billed.total,
                told.say("energy.look" if one.is_odd else "energy.fine")
                if one.metered is not None
                else told.say("part.unknown"),
            )
            for one in bills
        ),
        addresses=tuple(told.record(one.billed.iri) for one in bills),
    )
