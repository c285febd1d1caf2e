"""What is said of reimbursements that are awaited: a sentence, and the care that it rests on."""

from collections.abc import Sequence
from decimal import Decimal

from pod.insight.awaited import LONG, Care
from pod.web.ui.figures import FigureTeller
from pod.web.ui.kinds import kind_named
from pod.web.ui.sheet import Column, Sheet


def awaited_sentence(found: Sequence[Care], told: FigureTeller) -> str:
    """How much of her care is not paid back; "" where all is."""
    if not found:
        return ""
    total = told.euros(sum((one.total for one in found), Decimal()))
    weeks = LONG.days // 7
    key = "awaited.one" if len(found) == 1 else "awaited.many"
    return told.say(key, count=len(found), total=total, weeks=weeks)


def awaited_sheet(found: Sequence[Care], told: FigureTeller) -> Sheet:
    """That care, each leading to where it comes from."""
    return Sheet(
        name="awaited",
        title=told.say("awaited.title"),
        columns=(
            Column(name="day", title=told.say("timeline.day")),
            Column(name="what", title=told.say("awaited.what")),
            Column(name="total", title=told.say("awaited.total"), unit="€", is_number=True),
        ),
        rows=tuple(
            (one.on, one.label or kind_named("HealthExpense", told.language), one.total)
            for one in found
        ),
        addresses=tuple(told.record(one.iri) for one in found),
    )
