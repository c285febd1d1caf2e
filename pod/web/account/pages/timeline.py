"""The page of everything that has a day: lanes of a month or a year, and the records in order."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pod.charts.frame import Frame
from pod.charts.said import month, month_name, number
from pod.charts.timeline import Event
from pod.charts.timeline import timeline as chart
from pod.flows.own_spaces import own_spaces
from pod.flows.view.timeline import Timeline, asked
from pod.flows.view.timeline import timeline as found_in
from pod.http.parameters import number_if
from pod.insight.life import LIFE, LIFE_OF
from pod.insight.timeline import Count, Item, by_week, year_of
from pod.store.server_values import Session
from pod.web.account.pages.data_links import Links
from pod.web.account.pages.space import chosen_space
from pod.web.account.pages.twins import Shown
from pod.web.places import TIMELINE
from pod.web.ui.calls import asks
from pod.web.ui.drawn import drawn
from pod.web.ui.kinds import giver_said, kind_named, term_said
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.spoken import spoken
from pod.web.ui.values import label_said
from pod.web.ui.words import Words, words
from pod.web.visit import Visit

_TITLES: Final = {"what": "what_column"}  # `what` is what the page is
_MOST_PAGES: Final = 1000
_CENT: Final = Decimal("0.01")
_ORDER: Final = {life.name: number for number, life in enumerate(LIFE)}


async def timeline(visit: Visit, session: Session) -> Shown:
    """A period of all that there is, or of what an organisation has to do with."""
    pod = await chosen_space(visit, session)
    query = visit.query
    holder, page = query.get("holder", ""), query.get("page", "")
    number = min(number_if(page) or 0, _MOST_PAGES)
    found = await found_in(query.get("when", ""), holder, number, pod)
    links = Links(query.get("space", ""))
    told = _Told(found, holder, links, visit.look.language)
    spaces = [one.store.name for one in await own_spaces(session.account, visit.server)]
    return Shown(
        template="timeline",
        values={
            **spoken(visit.look.language),
            "found": found,
            "holder": holder,
            "called": told.called(holder) if holder else "",
            "links": links,
            "here": TIMELINE,
            "space": query.get("space", ""),
            "spaces_of_hers": spaces,
            "chosen_space": pod.store.name,
            "name": told.period,
            "year": str(year_of(found.period.since)),
            "before": links.timeline(when=str(found.period.moved(-1)), holder=holder),
            "after": links.timeline(when=str(found.period.moved(1)), holder=holder),
            "of_year": links.timeline(when=str(year_of(found.period.since)), holder=holder),
            "more": told.turn(number + 1) if found.has_more else "",
            "less": told.turn(number - 1) if number else "",
            "leads": told.leads(),
            "chart": drawn(told.chart()),
            "sentence": told.sentence,
            "sheet": told.records(),
        },
        sheets=(told.records(), told.days()),
        call=asks(asked(found.period, holder, pod), pod),
    )


class _Told:
    """A timeline in one language."""

    def __init__(self, found: Timeline, holder: str, links: Links, language: str) -> None:
        self._found, self._holder, self._links, self._language = found, holder, links, language
        self._said: Words = words(language)

    @property
    def period(self) -> str:
        since = self._found.period.since
        return f"{since:%Y}" if self._found.period.is_year else month(since, self._language)

    @property
    def sentence(self) -> str:
        """How much there is, and of how many domains."""
        count = sum(one.count for one in self._found.counts)
        if not count:
            return self._said["timeline.nothing"].format(period=self.period)
        lanes = {self._lane(one.container) for one in self._found.counts}
        return self._said["timeline.sentence"].format(
            count=self._count(count), domains=len(lanes), period=self.period
        )

    def chart(self) -> str:
        """A lane for each domain of a life, and for what an organisation gave and read."""
        ordered = sorted(self._found.counts, key=lambda one: (self._place(one.container), one.day))
        events = [*(self._weeks(ordered) if self._found.period.is_year else self._days(ordered))]
        for lane, said, days in (
            ("given", "gave", self._found.given),
            ("read", "has_read", self._found.read),
        ):
            name, label = self._said[f"timeline.{lane}"], self._said[f"timeline.{said}"]
            events += [Event(day, name, label) for day in days]
        title = self._said["timeline.title"]
        return chart(Frame(title, self.sentence, "", self._language, "timeline"), events)

    def _days(self, ordered: list[Count]) -> Iterator[Event]:
        """What is of one class on a day."""
        for one in ordered:
            label = f"{self._kind(one.kind)} ({one.count})"
            yield Event(one.day, self._lane(one.container), label)

    def _weeks(self, ordered: list[Count]) -> Iterator[Event]:
        """What is of one domain in a week."""
        for (week, lane), count in by_week(
            (one.day, self._lane(one.container), one.count) for one in ordered
        ).items():
            yield Event(week, lane, self._count(count))

    def leads(self) -> dict[str, str]:
        """Where one looks nearer: the months of a year, or the domains of a month, with what each
        is called.
        """
        counts = self._found.counts
        if not self._found.period.is_year:
            ordered = sorted({one.container for one in counts}, key=self._place)
            return {self._lane(one): self._links.life_of(one) for one in ordered}
        months = sorted({one.day.replace(day=1) for one in counts})
        return {
            month_name(one, self._language): self._links.timeline(
                when=f"{one:%Y-%m}", holder=self._holder
            )
            for one in months
        }

    def _count(self, count: int) -> str:
        said = self._said["data.many" if count > 1 else "data.one"]
        return said.format(count=number(count, self._language))

    def records(self) -> Sheet:
        names = ("day", "domain", "category", "what", "amount", "unit", "source")
        return Sheet(
            name="timeline",
            title=self._said["timeline.in_order"],
            columns=tuple(
                Column(
                    name=name,
                    title=self._said[
                        "timeline.what_column" if name == "what" else f"timeline.{name}"
                    ],
                    is_number=name == "amount",
                    unit_in="unit" if name == "amount" else "",
                )
                for name in names
            ),
            rows=tuple(
                (
                    one.day,
                    self._lane(one.container),
                    self._kind(one.kind),
                    self._what(one),
                    _cents(one),
                    {"EUR": "€"}.get(one.unit, one.unit) if one.amount is not None else None,
                    self.called(one.holder),
                )
                for one in self._found.items
            ),
            addresses=tuple(self._links.record(one.iri) for one in self._found.items),
        )

    def _what(self, one: Item) -> str | None:
        if one.label:
            return label_said(one.label, self._language, one.kind)
        return term_said(one.sort, self._language) if one.sort else None

    def days(self) -> Sheet:
        names = ("day", "domain", "category", "count")
        ordered = sorted(self._found.counts, key=lambda one: (one.day, one.container, one.kind))
        return Sheet(
            name="days",
            title=self._said["timeline.by_day"],
            columns=tuple(
                Column(name=name, title=self._said[f"timeline.{name}"], is_number=name == "count")
                for name in names
            ),
            rows=tuple(
                (one.day, self._lane(one.container), self._kind(one.kind), one.count)
                for one in ordered
            ),
        )

    def turn(self, page: int) -> str:
        when = str(self._found.period)
        return self._links.timeline(when=when, holder=self._holder, page=page or "")

    def called(self, holder: str) -> str:
        known = self._found.sources.get(holder)
        return giver_said(known.name, self._language) if known else self._said["data.you"]

    def _lane(self, container: str) -> str:
        life = LIFE_OF.get(container)
        return self._said[f"life.{life.name}"] if life else container

    def _place(self, container: str) -> int:
        life = LIFE_OF.get(container)
        return _ORDER[life.name] if life else len(_ORDER)

    def _kind(self, kind: str) -> str:
        return kind_named(kind, self._language)


def _cents(one: Item) -> Decimal | None:
    """An amount: of money to the cent, where it has no smaller part."""
    if one.amount is None or one.unit != "EUR":
        return one.amount
    cents = one.amount.quantize(_CENT)
    return cents if cents == one.amount else one.amount
