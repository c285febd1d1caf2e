"""The page of a category: how much there is, from whom, who can read it, and the newest records."""

from collections.abc import Iterator
from datetime import date, datetime

from pod.charts.said import month
from pod.charts.said import number as said_number
from pod.flows.context import Pod
from pod.flows.rows import asking
from pod.flows.view.category import Category, Part, Wanted
from pod.flows.view.category import category as found_in
from pod.flows.view.places import places
from pod.flows.view.readers import readers
from pod.flows.view.series import asked
from pod.http.parameters import number_if
from pod.insight.facts import Known, columns_of, is_money, is_number, money_of, unit_of
from pod.insight.fields import Help, fields_of
from pod.insight.life import LIFE_OF
from pod.insight.measures import measure_of
from pod.insight.series import after
from pod.problems import NotFound
from pod.web.account.pages.data_chart import Chart, chart
from pod.web.account.pages.data_links import Links, origin_name
from pod.web.account.pages.data_map import map_of
from pod.web.account.pages.twins import Shown
from pod.web.ui.calls import asks
from pod.web.ui.kinds import giver_said, kind_meaning, kinds_named
from pod.web.ui.sheet import Column, Sheet, Value
from pod.web.ui.spoken import spoken
from pod.web.ui.values import help_said, value_said
from pod.web.ui.words import words
from pod.web.visit import Visit
from vocab.extended import local
from vocab.kinds import KINDS
from vocab.names import SD, SDC

_ORIGINS = ("provided", "observed", "derived")
_MOST_PAGES = 4000
_YEAR = 12
_CURRENCY = "currency"


async def category(visit: Visit, pod: Pod) -> Shown:
    """A category that the address names by its container and its class. Raises NotFound."""
    wanted = wanted_by(visit)
    part = visit.query.get("part", "")
    async with asking(pod) as her:
        found, spots = await found_in(wanted, her), await places(wanted, her)
        shown = await chart(wanted, part, visit.look.language, her)
    shown_map = map_of(spots, visit.look.language)
    if not found.parts:
        raise NotFound("there is nothing of that in this space")
    links = Links(visit.query.get("space", ""))
    page = _Page(visit, wanted, found, links)
    values = {
        **spoken(visit.look.language),
        "links": links,
        "wanted": wanted,
        "chart": shown,
        "map": shown_map,
        "parts": tuple(page.parts_of(shown)),
        "months": tuple(page.months_of(shown)),
        "month": month(wanted.month, visit.look.language) if wanted.month else "",
        "month_twin": f"{wanted.month:%Y-%m}" if wanted.month else "",
        "life": LIFE_OF[wanted.container],
        "name": kinds_named(wanted.kind.name, visit.look.language),
        "what": kind_meaning(wanted.kind.name, visit.look.language),
        "count": sum(part.count for part in found.parts),
        "holders": sorted({part.holder for part in found.parts}),
        "first": min((part.first for part in found.parts if part.first), default=None),
        "last": max((part.last for part in found.parts if part.last), default=None),
        "sheets": {"records": page.records(), "parts": page.parts()},
        "choices": tuple(page.choices()),
        "turns": page.turns(),
        "givers": [page.called(one) for one in page.holders if one in found.sources],
        "newest": page.newest,
        "readers": await readers(wanted.container, pod),
        "help": [help_said(field, wanted.kind.iri, visit.look.language) for field in page.fields],
    }

    drawn = shown.sheets if shown else ()
    where = (shown_map.sheet,) if shown_map else ()
    sheets = (page.records(), *drawn, *where, page.parts(), page.help())
    return Shown(
        template="data_category",
        values=values,
        sheets=sheets,
        call=asks(asked(wanted, pod), pod),
    )


def wanted_by(visit: Visit) -> Wanted:
    """What of which category an address asks for. Raises NotFound."""
    asked = visit.query
    kind, container = KINDS.get(asked.get("class", "")), asked.get("in", "")
    if kind is None or container not in LIFE_OF:
        raise NotFound("there is no such category; go back and choose another")
    page, origin = asked.get("page", ""), asked.get("origin", "")
    return Wanted(
        container=container,
        kind=kind,
        holder=asked.get("holder", ""),
        origin=SDC.NS + origin if origin in _ORIGINS else "",
        page=min(number_if(page) or 0, _MOST_PAGES),
        month=_month(asked.get("month", "")),
    )


def _month(text: str) -> date | None:
    """The first day of a month ("2026-03"), None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


class _Page:
    """The parts of the page of one category."""

    def __init__(self, visit: Visit, wanted: Wanted, found: Category, links: Links) -> None:
        self._visit, self._wanted, self._found, self._links = visit, wanted, found, links
        self._language = visit.look.language
        self._said = words(self._language)

    @property
    def holders(self) -> list[str]:
        return list(dict.fromkeys(part.holder for part in self._found.parts))

    @property
    def newest(self) -> datetime | None:
        """When anything of it came last."""
        known = map(self._found.sources.get, self.holders)
        return max((one.newest for one in known if one and one.newest), default=None)

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that a record of the class may have, those that these have first."""
        used = {fact.field for one in self._found.records for fact in one.facts}
        every = fields_of(self._wanted.kind.iri)
        return (*(f for f in every if f in used), *(f for f in every if f not in used))

    def records(self) -> Sheet:
        """The newest records, each leading to where it comes from."""
        kind, records = self._wanted.kind.iri, self._found.records
        fields = columns_of(records, kind, measure_of(self._wanted.kind.name).field)
        units = {field: unit_of(field, records) for field in fields}
        # Amounts of several currencies have each its own behind them.
        is_mixed = any(is_money(field) and not unit for field, unit in units.items())
        fields = tuple(field for field in fields if not (is_mixed and field == SD.currency))
        columns = [
            Column(
                name=local(field),
                title=help_said(field, kind, self._language).label,
                unit=units[field],
                unit_in=_CURRENCY if is_mixed and is_money(field) else "",
                is_number=is_number(field, records),
            )
            for field in fields
        ]
        if is_mixed:
            columns.append(Column(name=_CURRENCY))
        return Sheet(
            name="records",
            title=self._said["data.newest"],
            columns=tuple(columns),
            rows=tuple(
                (*(self._value(one, field) for field in fields), *([money_of(one)] * is_mixed))
                for one in records
            ),
            addresses=tuple(self._links.record(one.iri) for one in records),
        )

    def parts(self) -> Sheet:
        """How much is from which holder, and of which origin."""
        names = ("source", "origin", "count", "first", "last", "received")
        return Sheet(
            name="sources",
            title=self._said["data.sources"],
            columns=tuple(
                Column(
                    name=name, title=self._said[f"data.column_{name}"], is_number=name == "count"
                )
                for name in names
            ),
            rows=tuple(
                (
                    self.called(part.holder),
                    self._origin(part),
                    part.count,
                    part.first,
                    part.last,
                    self._received(part),
                )
                for part in self._found.parts
            ),
            addresses=tuple(
                self._category(holder=part.holder, origin=origin_name(part.origin))
                for part in self._found.parts
            ),
        )

    def help(self) -> Sheet:
        """What each field is called, what it means, and an example."""
        shown: list[Help] = [
            help_said(field, self._wanted.kind.iri, self._language) for field in self.fields
        ]
        return Sheet(
            name="fields",
            title=self._said["data.help"],
            columns=tuple(
                Column(name=name, title=self._said[f"data.column_{name}"])
                for name in ("field", "label", "meaning", "example")
            ),
            rows=tuple((one.iri, one.label, one.meaning, one.example) for one in shown),
        )

    def choices(self) -> Iterator[tuple[str, str, bool]]:
        """The filter: what it says, where it leads, and whether it is what is shown."""
        wanted = self._wanted
        yield self._said["data.all"], self._category(), not (wanted.holder or wanted.origin)
        for part in self._found.parts:
            address = self._category(holder=part.holder, origin=origin_name(part.origin))
            shown = (part.holder, part.origin) == (wanted.holder, wanted.origin)
            count = said_number(part.count, self._language)
            yield f"{self._origin(part)} ({count})", address, shown

    def parts_of(self, shown: Chart | None) -> Iterator[tuple[str, str, bool]]:
        """The parts that can be drawn: what each is called, where it leads, whether it is shown."""
        for called, part in shown.choices if shown else ():
            yield called, self._category(part=part), part == (shown.chosen if shown else "")

    def months_of(self, shown: Chart | None) -> Iterator[tuple[str, str, str]]:
        """The months beside the one that is drawn: what each says, where it leads, and what it is
        to this page ("prev", "next").
        """
        if shown is None or not shown.months:
            return
        first, last = shown.months[0], shown.months[-1]
        chosen = self._wanted.month
        at = chosen or last
        for moved in (-1, 1, -_YEAR):
            there = after(at, moved)
            if first <= there <= last:
                rel = {-1: "prev", 1: "next"}.get(moved, "")
                address = self._category(month=f"{there:%Y-%m}")
                yield month(there, self._language), address, rel
        if chosen:
            yield self._said["data.last_days"], self._category(), ""

    def turns(self) -> tuple[str, str]:
        """Where one goes on to newer and to older records; "" where there are none."""
        wanted = self._wanted
        more = {"holder": wanted.holder, "origin": origin_name(wanted.origin)}
        newer = self._category(**more, page=wanted.page - 1 or "") if wanted.page else ""
        older = self._category(**more, page=wanted.page + 1) if self._found.has_more else ""
        return newer, older

    def called(self, holder: str) -> str:
        """What a holder is called; the person herself is a holder of what she declares."""
        known = self._found.sources.get(holder)
        return giver_said(known.name, self._language) if known else self._said["data.you"]

    def _origin(self, part: Part) -> str:
        is_hers = part.holder not in self._found.sources
        key = "data.origin_own" if is_hers else f"data.origin_{origin_name(part.origin)}"
        return self._said[key].format(who=self.called(part.holder))

    def _received(self, part: Part) -> Value:
        known = self._found.sources.get(part.holder)
        return known.newest if known else None

    def _value(self, one: Known, field: str) -> Value:
        if field == SD.holder:
            fact = one.one(field)
            return self.called(fact.value) if fact else None
        values = [
            value_said(fact, self._language, self._wanted.kind.name)
            for fact in one.facts
            if fact.field == field
        ]
        return values[0] if len(values) == 1 else ", ".join(map(str, values)) or None

    def _category(self, **more: object) -> str:
        return self._links.category(self._wanted.container, self._wanted.kind.name, **more)
