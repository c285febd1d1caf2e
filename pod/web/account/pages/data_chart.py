"""The numbers of a category over time: a chart, the sentence that reads it, and figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from pod.charts.bars import Bar, Part, bars
from pod.charts.frame import Frame
from pod.charts.heat import Cell, heat
from pod.charts.lines import Line, Point, lines
from pod.charts.said import dated, month, share, with_unit
from pod.flows.rows import Asking
from pod.flows.view.category import Wanted
from pod.flows.view.series import chunks, days
from pod.insight.curves import SLOTS, of_month, slots
from pod.insight.facts import Fact
from pod.insight.measures import Drawn, Made, Measure, measure_of
from pod.insight.series import Day, Month, by_day, change, months_of, parts_of, window
from pod.insight.statistics import Statistics, statistics_of
from pod.web.ui.drawn import drawn
from pod.web.ui.sheet import Column, Sheet, Value, text_of
from pod.web.ui.spoken import few
from pod.web.ui.values import value_said
from pod.web.ui.words import Words, words

_YEAR: Final = 12
_DAYS: Final = timedelta(days=364)
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a category shows of its numbers. `choices` are the parts that are drawn one at a time:
    their names, and what stands for each in an address. `sheets` are the numbers drawn, the whole
    series, and its statistics. `months` are the first and the last month that can be chosen;
    `apart` says what is not drawn.
    """

    markup: Markup
    sentence: str
    caption: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    stats: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    months: tuple[date, ...] = ()
    apart: str = ""


async def chart(wanted: Wanted, part: str, language: str, her: Asking) -> Chart | None:
    """The chart of a category; None where it has no number and no day."""
    measure = measure_of(wanted.kind.name)
    if measure.drawn is Drawn.CURVE:
        runs, months = await chunks(wanted, her)
        if not months:
            return None
        shown = of_month(slots(runs), wanted.month)
        cells = [Cell(one.day, one.slot, _float(one.value), one.is_estimated) for one in shown]
        return _Curve(language, months).chart(cells, wanted.month)
    currencies, every = await days(wanted, her)
    return _Drawing(measure, currencies, every, part, language).chart() if every else None


class _Curve:
    """Half hours of days; `months` are the first and the last that there are."""

    def __init__(self, language: str, months: tuple[date, ...]) -> None:
        self._language, self._said, self._months = language, words(language), months

    def chart(self, cells: list[Cell], chosen: date | None) -> Chart:
        sentence = self._sentence(cells, chosen)
        frame = Frame(self._said["data.chart"], sentence, "W", self._language, "curve")
        names = ("day", "time", "value")
        sheet = Sheet(
            name="curve",
            title=self._said["data.series"],
            columns=_columns(self._said, names, "W"),
            rows=tuple(
                (one.day, f"{one.slot // 2:02}:{one.slot % 2 * 30:02}", _decimal(one.value))
                for one in cells
            ),
        )
        return Chart(
            markup=drawn(heat(frame, cells, SLOTS)) if cells else Markup(),
            sentence=sentence,
            caption=self._said["data.chart_curve_what"],
            choices=(),
            chosen="",
            stats=(),
            sheets=(sheet,),
            months=self._months,
        )

    def _sentence(self, cells: list[Cell], chosen: date | None) -> str:
        known = [(cell.value, cell) for cell in cells if cell.value is not None]
        if not known:
            period = month(chosen, self._language) if chosen else self._said["data.last_days"]
            return self._said["data.chart_curve_nothing"].format(period=period)
        most, cell = max(known, key=lambda one: one[0])
        return self._said["data.chart_curve"].format(
            value=with_unit(_exact(Decimal(str(most))), "W", self._language),
            day=dated(cell.day, self._language),
            hour=f"{cell.slot // 2:02}:{cell.slot % 2 * 30:02}",
        )


class _Drawing:
    """Days and months of a category, in one language."""

    def __init__(
        self,
        measure: Measure,
        currencies: tuple[str, ...],
        every: tuple[Day, ...],
        part: str,
        language: str,
    ) -> None:
        self._measure, self._language, self._said = measure, language, words(language)
        self._parts = parts_of(every)
        is_apart = measure.drawn is Drawn.LINES and len(self._parts) > 1
        self._choices = self._parts if is_apart else ()
        named = {_short(one): one for one in self._choices}
        self._part = named.get(part, self._choices[0] if self._choices else "")
        self._days = [one for one in every if not is_apart or one.part == self._part]
        self._months = months_of(self._days, measure.made)
        currency, *self._apart = currencies or ("",)
        self._unit = {"EUR": "€", "": measure.unit}.get(currency, currency)

    def chart(self) -> Chart:
        sentence = self._sentence()
        frame = Frame(self._said["data.chart"], sentence, self._unit, self._language, "series")
        series = self._series()
        figures = statistics_of(series)
        return Chart(
            markup=drawn(_DRAWN[self._measure.drawn](self, frame)),
            sentence=sentence,
            caption=self._said["data.per_month" if self._is_monthly else "data.per_day"],
            apart=self._say("other_currencies", which=few(self._apart, self._language))
            if self._apart
            else "",
            choices=tuple((self._called(one), _short(one)) for one in self._choices),
            chosen=_short(self._part),
            stats=tuple(self._stats(figures)) if figures and figures.count > 1 else (),
            sheets=(self._monthly(), self._whole(series), *self._figures(figures)),
        )

    def bars(self, frame: Frame) -> str:
        """The last two years, a column a month."""
        return bars(
            frame,
            tuple(
                Bar(
                    month(first, self._language, short=True),
                    tuple(self._stack(one)) if one else (),
                    is_estimated=bool(one and one.is_estimated),
                    is_missing=one is None,
                )
                for first, one in window(self._months, 2 * _YEAR)
            ),
        )

    def lines(self, frame: Frame) -> str:
        """The last twelve months, and the twelve before."""
        points = [
            Point(first, _float(one.value) if one else None, bool(one and one.is_estimated))
            for first, one in window(self._months, 2 * _YEAR)
        ]
        now = Line(self._said["data.this_year"], tuple(points[-_YEAR:]))
        before = Line(self._said["data.year_before"], tuple(points[:-_YEAR]), is_before=True)
        return lines(frame, (now, before) if before.points else (now,))

    def calendar(self, frame: Frame) -> str:
        """How much there is on each day of the last year."""
        series = by_day(self._days)
        last = series[-1][0]
        return heat(
            frame, [Cell(day, 0, float(value)) for day, value in series if day >= last - _DAYS], 1
        )

    @property
    def _is_monthly(self) -> bool:
        return self._measure.drawn is Drawn.BARS

    def _series(self) -> tuple[tuple[date, Decimal], ...]:
        if self._is_monthly:
            return tuple((one.first, one.value) for one in self._months)
        return by_day(self._days, self._measure.made)

    def _stack(self, one: Month) -> Iterator[Part]:
        for part in self._parts:
            if part in one.parts:
                yield Part(self._called(part) or self._said["data.all"], float(one.parts[part]))

    def _sentence(self) -> str:
        last = self._months[-1]
        if self._measure.drawn is Drawn.CALENDAR:
            day, most = max(self._series(), key=lambda one: one[1])
            return self._say(
                "chart_calendar", value=self._value(most), day=dated(day, self._language)
            )
        rate = change(self._months) if self._measure.drawn is Drawn.LINES else None
        if rate is not None and self._measure.unit == "kWh":
            year = sum((one.value for one in self._months[-_YEAR:]), Decimal())
            key = "chart_more" if rate > 0 else "chart_less"
            part = share(abs(float(rate)), self._language)
            return self._say(key, value=self._value(year), share=part)
        mean = sum((one.value for one in self._months), Decimal()) / len(self._months)
        return self._say(
            "chart_month",
            month=month(last.first, self._language),
            value=self._value(last.value),
            mean=self._value(mean),
        )

    def _stats(self, found: Statistics) -> Iterator[tuple[str, str]]:
        for name, value in self._numbers(found):
            text = self._when(value) if isinstance(value, date) else self._value(value)
            yield self._said[f"data.stat_{name}"], text

    def _monthly(self) -> Sheet:
        """The months that are drawn, all parts beside one another."""
        parts = self._parts if len(self._parts) > 1 and not self._choices else ()
        columns = [Column(name="month", title=self._said["data.column_month"], is_month=True)]
        columns += [
            Column(name=_short(one), title=self._called(one), unit=self._unit, is_number=True)
            for one in parts
        ]
        columns.append(
            Column(
                name="value", title=self._said["data.column_total"], unit=self._unit, is_number=True
            )
        )
        return Sheet(
            name="months",
            title=self._said["data.by_month"],
            columns=tuple(columns),
            rows=tuple(
                (
                    f"{first:%Y-%m}",
                    *(_rounded(one.parts.get(part)) if one else None for part in parts),
                    _rounded(one.value) if one else None,
                )
                for first, one in window(self._months, 2 * _YEAR)
            ),
        )

    def _whole(self, series: tuple[tuple[date, Decimal], ...]) -> Sheet:
        return Sheet(
            name="series",
            title=self._said["data.series"],
            columns=_columns(self._said, ("day", "value"), self._unit),
            rows=tuple((day, _rounded(value)) for day, value in series),
        )

    def _figures(self, found: Statistics | None) -> Iterator[Sheet]:
        if found is None:
            return
        figures = (("count", found.count), *self._numbers(found))
        yield Sheet(
            name="statistics",
            title=self._said["data.statistics"],
            columns=tuple(
                Column(
                    name=name,
                    title=self._said[f"data.stat_{name}"],
                    is_number=not isinstance(value, date),
                )
                for name, value in figures
            ),
            rows=(tuple(value for _, value in figures),),
        )

    def _when(self, day: date) -> str:
        """The day of a value, or its month where values are of months."""
        said = month if self._is_monthly else dated
        return said(day, self._language)

    def _numbers(self, found: Statistics) -> Iterator[tuple[str, Decimal | date]]:
        """What is said of a series: levels, such as what stands in an account, have no sum."""
        for name, value in _figures(found):
            if name != "total" or self._measure.made is Made.SUM:
                yield name, value

    def _called(self, part: str) -> str:
        if not part or ":" not in part:
            return part
        return str(value_said(Fact(field="", value=part), self._language))

    def _value(self, value: Decimal) -> str:
        return text_of(_rounded(value) or Decimal(), self._unit, self._language)

    def _say(self, key: str, **filled: str) -> str:
        return self._said[f"data.{key}"].format(**filled)


_DRAWN: Final = {
    Drawn.BARS: _Drawing.bars,
    Drawn.LINES: _Drawing.lines,
    Drawn.CALENDAR: _Drawing.calendar,
}


def _figures(found: Statistics) -> Iterator[tuple[str, Decimal | date]]:
    yield "minimum", _exact(found.minimum)
    yield "lowest", found.lowest
    yield "median", _exact(found.median)
    yield "mean", _exact(found.mean)
    yield "maximum", _exact(found.maximum)
    yield "highest", found.highest
    yield "total", _exact(found.total)
    if found.trend is not None:
        yield "trend", _exact(found.trend)


def _columns(said: Words, names: tuple[str, ...], unit: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=name,
            title=said[f"data.column_{name}"],
            unit=unit if name == "value" else "",
            is_number=name == "value",
        )
        for name in names
    )


def _short(part: str) -> str:
    """What stands for a part in an address."""
    return part.rpartition("#")[2].rpartition("/")[2] or part


def _exact(value: Decimal) -> Decimal:
    """To the hundredth, what is below one to the thousandth, and whole where it is."""
    whole = value.to_integral_value()
    if whole == value:
        return whole
    return value.quantize(_CENT if abs(value) >= 1 else _CENT / 10)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else _exact(value)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _decimal(value: float | None) -> Value:
    return None if value is None else Decimal(str(value))
