"""The first page in rows: what is told, how fresh each source is, and what it was worth (B30)."""

from decimal import Decimal

from pod.flows.view.first_page import FirstPage
from pod.web.places import JOURNAL, ORGANISATIONS, RECIPES, link
from pod.web.ui.figures import FigureTeller
from pod.web.ui.sheet import Column, Sheet, Value


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
            (one.name, one.last, sum(each.count for each in one.categories))
            for one in found.organisations
        ),
        addresses=tuple(
            link(ORGANISATIONS, space=told.space, holder=one.iri) for one in found.organisations
        ),
    )


def meter_sheet(found: FirstPage, told: FigureTeller) -> Sheet:
    """What can be counted of what the space is worth: each figure leads to its evidence."""
    records = sum(each.count for one in found.organisations for each in one.categories)
    rows: list[tuple[tuple[Value, ...], str]] = [
        ((told.say("home.meter_records"), records), link(ORGANISATIONS, space=told.space)),
        ((told.say("home.meter_read"), found.others.read), _journal("out", told)),
        ((told.say("home.meter_refused"), found.others.refused), _journal("refused", told)),
    ]
    twice = _twice(found)
    if twice:
        place = link(f"{RECIPES}suppliers/", space=told.space)
        rows.insert(1, ((told.say("home.meter_twice"), told.euros(twice)), place))
    return Sheet(
        name="meter",
        title=told.say("home.meter"),
        columns=(
            Column(name="what", title=told.say("home.meter_what")),
            Column(name="figure", title=told.say("home.meter_figure"), is_number=True),
        ),
        rows=tuple(row for row, _ in rows),
        addresses=tuple(address for _, address in rows),
    )


def _journal(kind: str, told: FigureTeller) -> str:
    return link(JOURNAL, space=told.space, kind=kind)


def _twice(found: FirstPage) -> Decimal:
    """What was debited twice, as far as it is told."""
    return sum(
        (
            figure.value
            for one in found.insights
            if one.kind == "debited_twice"
            for figure in one.figures.values()
            if isinstance(figure.value, Decimal)
        ),
        Decimal(),
    )
