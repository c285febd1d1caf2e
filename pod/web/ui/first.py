"""The first page in rows: what is told, how fresh each source is, and what it was worth (B30)."""

from datetime import date
from typing import Final

from markupsafe import Markup

from pod.charts.bars import Bar, Part, bars
from pod.charts.frame import Frame
from pod.charts.said import day_of_month, number
from pod.flows.view.first_page import FirstPage
from pod.insight.insights import Figure, Insight
from pod.insight.organisations import given_by
from pod.insight.worth import Worth
from pod.web.places import APPS, JOURNAL, ORGANISATIONS, RECIPES, link
from pod.web.ui.drawn import drawn
from pod.web.ui.figures import FigureTeller
from pod.web.ui.kinds import giver_said
from pod.web.ui.sheet import Column, Sheet

_UNITS: Final = {"EUR": "€", "kWh": "kWh"}


def insights_sheet(found: FirstPage, told: FigureTeller) -> Sheet:
    """A sentence a row."""
    said = [told.insight(one) for one in found.insights]
    return Sheet(
        name="insights",
        title=told.say("home.insights"),
        columns=(Column(name="sentence", title=told.say("recipes.sentence")),),
        rows=tuple((str(one["sentence"]),) for one in said),
        addresses=tuple(str(one["about"]) for one in said),
    )


def sources_sheet(found: FirstPage, told: FigureTeller) -> Sheet:
    """An organisation a row."""
    return Sheet(
        name="sources",
        title=told.say("home.sources"),
        columns=(
            Column(name="organisation", title=told.say("home.organisation")),
            Column(name="last", title=told.say("home.last")),
            Column(name="records", title=told.say("home.records"), is_number=True),
        ),
        rows=tuple(
            (giver_said(one.name, told.language), one.last, given_by(one))
            for one in found.organisations
        ),
        addresses=tuple(
            link(ORGANISATIONS, space=told.space, holder=one.iri) for one in found.organisations
        ),
    )


def meter_sheet(found: FirstPage, told: FigureTeller) -> Sheet:
    """What the space is worth: each figure leads to its evidence."""
    return Sheet(
        name="meter",
        title=told.say("home.meter"),
        columns=(
            Column(name="what", title=told.say("home.meter_what")),
            Column(name="figure", title=told.say("home.meter_figure"), is_number=True),
            Column(name="unit", title=told.say("home.meter_unit")),
        ),
        rows=tuple(
            (told.say(f"home.meter_{one.kind}"), one.amount, one.unit or None)
            for one in found.worth
        ),
        addresses=tuple(_evidence(one, told) for one in found.worth),
    )


def meter(found: FirstPage, told: FigureTeller) -> list[tuple[str, str, str]]:
    """The same as people read it: what it is of, how much, and where its evidence is."""
    return [
        (
            told.say(f"home.meter_{one.kind}"),
            told.euros(one.amount) if one.unit == "EUR" else number(one.amount, told.language),
            _evidence(one, told),
        )
        for one in found.worth
    ]


def small_chart(one: Insight, told: FigureTeller, name: str) -> Markup | None:
    """A few columns that show what a sentence tells, with a `name` of their own on the page."""
    if not one.drawn:
        return None
    frame = Frame(
        title=told.say(f"{one.about}.title"),
        sentence=str(told.insight(one)["sentence"]),
        unit=_UNITS[one.unit],
        language=told.language,
        name=name,
    )
    part = told.say(f"{one.about}.title")
    columns = (
        Bar(_label(figure, told), (Part(part, float(value)),)) for figure, value in one.drawn
    )
    return drawn(bars(frame, tuple(columns)))


def _label(figure: Figure, told: FigureTeller) -> str:
    if figure.unit == "word":
        return told.say(f"energy.{figure.value}")
    if figure.unit == "month" and isinstance(figure.value, date):
        return told.month(figure.value, short=True)
    if isinstance(figure.value, date):
        return day_of_month(figure.value, told.language)
    return told.figure(figure)


def _evidence(one: Worth, told: FigureTeller) -> str:
    places = {
        "organisations": link(ORGANISATIONS, space=told.space),
        "recipes": link(RECIPES, space=told.space),
        "suppliers": told.recipe("suppliers"),
        "apps": APPS,
        "journal_out": link(JOURNAL, space=told.space, kind="out"),
        "journal_refused": link(JOURNAL, space=told.space, kind="refused"),
    }
    return places[one.evidence]
