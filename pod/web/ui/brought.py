"""What a page says of what imports brought: facts in words, and what is drawn as rows too."""

from collections.abc import Iterable
from decimal import Decimal

from pod.charts.said import dated, money, month, number
from pod.insight.arrived import Course, Fact, Kind
from pod.web.places import DATA, link
from pod.web.ui.arrival import kind_named
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.words import words
from vocab.glossary import named
from vocab.kinds import KINDS

_ENERGY = "kWh"
_CENT = Decimal("0.01")


def told_facts(facts: Iterable[Fact], language: str) -> list[str]:
    """Each fact as a sentence."""
    return [_told(fact, language) for fact in facts]


def told_kinds(kinds: Iterable[Kind], space: str, language: str) -> list[tuple[str, str, str]]:
    """What came of each class: what it is called, how much, and the page of it."""
    found = []
    for one in kinds:
        name = one.iri.rpartition("#")[2]
        kind = KINDS.get(name)
        where = {"in": kind.domain, "class": name} if kind and kind.domain else {}
        address = link(DATA, space=space, **where)
        found.append((kind_named(name, language), number(one.count, language), address))
    return found


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


def course_name(course: Course) -> str:
    """Of what a course is: money, energy, or a count of records."""
    if not course.unit:
        return "count"
    return "energy" if course.unit == _ENERGY else "money"


def _unit(course: Course) -> str:
    return "€" if course.unit == "EUR" else course.unit


def _told(fact: Fact, language: str) -> str:
    first, *others = (*(_amount(one, fact, language) for one in fact.amounts), "", "")
    days = [dated(one, language) for one in fact.days] or [""]
    name = fact.name if fact.name != "largest" or (fact.text and fact.days) else "largest_bare"
    return words(language)[f"arrived.fact_{name}"].format(
        first=first,
        second=number(fact.amounts[1], language) if fact.name == "billed" else others[0],
        text=fact.text,
        kind=_kind(fact.iri, language),
        day=days[0],
        last=days[-1],
    )


def _kind(iri: str, language: str) -> str:
    name = iri.rpartition("#")[2]
    called = kind_named(name, language) if name in KINDS else named(iri, language)
    return called[:1].upper() + called[1:]


def _amount(amount: Decimal, fact: Fact, language: str) -> str:
    if fact.unit == _ENERGY:
        return f"{number(amount, language, 0)}\u00a0{_ENERGY}"
    return money(amount, fact.unit, language) if fact.unit else number(amount, language)
