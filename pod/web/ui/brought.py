"""What a page says of what imports brought: facts in words, and what is drawn as rows too."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from pod.charts.bars import Bar, Part, bars
from pod.charts.frame import Frame
from pod.charts.said import dated, money, month, number
from pod.flows.uploads import Upload
from pod.insight.arrived import Course, Fact, Kind
from pod.intake.arrived import Arrived
from pod.intake.provenance import POINTS
from pod.web.places import DATA, link
from pod.web.ui.drawn import drawn
from pod.web.ui.kinds import counted_named, format_named, giver_said, kind_named
from pod.web.ui.reasons import reason_said
from pod.web.ui.remarks import place_said, remark_said
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.words import words
from vocab.glossary import named
from vocab.kinds import KINDS

_ENERGY = "kWh"
_OUTCOMES: Final = ("read", "new", "same", "updated", "rejected")
_CENT = Decimal("0.01")


def told_facts(facts: Iterable[Fact], language: str) -> list[str]:
    """Each fact as a sentence."""
    return [_told(fact, language) for fact in facts]


def told_kinds(
    kinds: Iterable[Kind], arrived: Iterable[Arrived], space: str, language: str
) -> list[tuple[str, str, str]]:
    """What came of each class: what it is called, how much, and the page of it; measurements of
    dense series, too, which are no records of their own.
    """
    found = []
    for one in kinds:
        name = one.iri.rpartition("#")[2]
        kind = KINDS.get(name)
        where = {"in": kind.domain, "class": name} if kind and kind.domain else {}
        address = link(DATA, space=space, **where)
        called = counted_named(name, one.count, language)
        found.append((called, number(one.count, language), address))
    points: dict[str, int] = {}
    for file in arrived:
        points[file.domain] = points.get(file.domain, 0) + dict(file.kinds).get(POINTS, 0)
    for domain, count in sorted(points.items()):
        if count:
            address = link(DATA, space=space, **{"in": domain, "class": "SeriesChunk"})
            found.append((kind_named(POINTS, language), number(count, language), address))
    return found


def files_sheet(arrived: Iterable[Arrived], language: str) -> Sheet:
    """What came of each file that was taken, as rows."""
    say = words(language)
    return Sheet(
        name="files",
        title=say["arrived.details"],
        columns=(
            Column(name="file", title=say["organisation.file"]),
            Column(name="organisation", title=say["organisation.organisation"]),
            Column(name="format", title=say["organisation.read_as"]),
            *(
                Column(name=name, title=say[f"organisation.{name}"], is_number=True)
                for name in _OUTCOMES
            ),
        ),
        rows=tuple(
            (
                one.name,
                giver_said(one.holder.name, language) if one.holder else None,
                format_named(one.format, one.title, language),
                *(one.report[name] for name in _OUTCOMES),
            )
            for one in arrived
            if one.report
        ),
    )


def difference_sheet(arrived: Iterable[Arrived], language: str) -> Sheet:
    """What would become of each file, as rows; and why nothing does."""
    say = words(language)
    kept = files_sheet((), language)
    return Sheet(
        name="files",
        title=kept.title,
        columns=(*kept.columns, Column(name="reason", title=say["arrival.reason"])),
        rows=tuple(
            (
                one.name,
                giver_said(one.holder.name, language) if one.holder else None,
                format_named(one.format, one.title, language) or None,
                *(one.report[name] if one.report else None for name in _OUTCOMES),
                reason_said(one.reason, language) or None,
            )
            for one in arrived
        ),
    )


def remarks_sheet(arrived: Iterable[Arrived], language: str) -> Sheet:
    """What importers say of rows: where in which file, and what."""
    say = words(language)
    return Sheet(
        name="remarks",
        title=say["arrived.remarks"],
        columns=(
            Column(name="file", title=say["organisation.file"]),
            Column(name="place", title=say["arrival.place"]),
            Column(name="remark", title=say["arrival.remark"]),
        ),
        rows=tuple(
            (
                one.name,
                place_said(problem["locator"], language),
                remark_said(problem["message"], language),
            )
            for one in arrived
            if one.report
            for problem in one.report["problems"]
        ),
    )


def waiting_sheet(waiting: Iterable[Upload], language: str) -> Sheet:
    """What waits for her to decide, as rows."""
    say = words(language)
    return Sheet(
        name="waiting",
        title=say["add.waiting"],
        columns=(
            Column(name="upload", title=say["add.column_upload"]),
            Column(name="files", title=say["add.column_files"]),
            Column(name="stage", title=say["add.column_stage"]),
            Column(name="touched", title=say["add.column_touched"]),
        ),
        rows=tuple(
            (one.id, ", ".join(one.names), say[f"add.stage_{one.stage.value}"], one.touched)
            for one in waiting
        ),
    )


def course_sheet(course: Course, language: str) -> Sheet:
    """What is drawn of imports, as rows."""
    say = words(language)
    name = course_name(course)
    return Sheet(
        name="months",
        title=say[f"arrived.chart_{name}"],
        columns=(
            Column(name="month", title=say["arrived.month"]),
            Column(name=name, title=say[f"arrived.{name}"], unit=_unit(course), is_number=True),
        ),
        rows=tuple(
            (month(one.first, language), one.value.quantize(_CENT) if course.unit else one.value)
            for one in course.months
        ),
    )


def course_sentence(course: Course, language: str) -> str:
    """What the chart of a course shows, read aloud."""
    say, most = words(language), max(course.months, key=lambda one: one.value)
    amount = _amount(most.value, course.unit, language)
    title = say[f"arrived.chart_{course_name(course)}"]
    if len(course.months) == 1:
        return say["arrived.one_month"].format(
            title=title, month=month(most.first, language), amount=amount
        )
    return say["arrived.most"].format(title=title, month=month(most.first, language), amount=amount)


def course_chart(course: Course, language: str) -> Markup:
    """A course as columns, month by month, in which a month without anything is a gap."""
    title = words(language)[f"arrived.chart_{course_name(course)}"]
    frame = Frame(
        title=title,
        sentence=course_sentence(course, language),
        unit=_unit(course),
        language=language,
        name="months",
    )
    known = {one.first: float(one.value) for one in course.months}
    return drawn(bars(frame, tuple(_bar(first, known, title, language) for first in _all(known))))


def _all(known: Collection[date]) -> Iterator[date]:
    """Each month from the first to the last, of those years that can be drawn."""
    first, last = min(known), max(known)
    while first <= last:
        yield first
        first = (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _bar(first: date, known: Mapping[date, float], title: str, language: str) -> Bar:
    label = month(first, language, short=True)
    if first not in known:
        return Bar(label=label, parts=(), is_missing=True)
    return Bar(label=label, parts=(Part(label=title, value=known[first]),))


def course_name(course: Course) -> str:
    """Of what a course is: money, energy, or a count of records."""
    if not course.unit:
        return "count"
    return "energy" if course.unit == _ENERGY else "money"


def _unit(course: Course) -> str:
    return "€" if course.unit == "EUR" else course.unit


def _told(fact: Fact, language: str) -> str:
    first, *others = (*(_amount(one, fact.unit, language) for one in fact.amounts), "", "")
    days = [dated(one, language) for one in fact.days] or [""]
    name = _name(fact)
    return words(language)[f"arrived.fact_{name}"].format(
        first=first,
        second=number(fact.amounts[1], language) if fact.name == "billed" else others[0],
        text=fact.text,
        kind=_kind(fact.iri, language),
        day=days[0],
        last=days[-1],
    )


def _name(fact: Fact) -> str:
    """The name of the sentence of a fact."""
    if fact.name == "largest" and not (fact.text and fact.days):
        return "largest_bare"
    return "day" if fact.name == "period" and len(set(fact.days)) == 1 else fact.name


def _kind(iri: str, language: str) -> str:
    name = iri.rpartition("#")[2]
    called = kind_named(name, language) if name in KINDS else named(iri, language)
    return called[:1].upper() + called[1:]


def _amount(amount: Decimal, unit: str, language: str) -> str:
    if unit == _ENERGY:
        return f"{number(amount, language, 0)}\u00a0{_ENERGY}"
    return money(amount, unit, language) if unit else number(amount, language)
