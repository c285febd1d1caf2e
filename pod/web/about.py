"""What the server is and does, said to anyone; and the parts that its pages are made of."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from aiohttp import web

from pod.account.controls import Registration
from pod.charts.bars import Bar, Part, bars
from pod.charts.frame import Frame
from pod.charts.said import month
from pod.config import Operator
from pod.flows.context import Server
from pod.model import Reply
from pod.web.look import look_of
from pod.web.places import SIGN_UP
from pod.web.ui.drawn import drawn
from pod.web.ui.page import Look, page
from pod.web.ui.sheet import Column, Sheet, text_of
from pod.web.ui.words import words

_COLOURS = ("paper", "card", "sunk", "ink", "soft", "line", "accent", "tint", "amber", "wrong")


async def answer_about(incoming: web.BaseRequest, server: Server) -> Reply:
    """Who runs the server and how (CON-33), in its operator's words; what is not said is named."""
    look = look_of(incoming, server)
    told = server.config.operator
    said = [(one.name, getattr(told, one.name).within(look.language)) for one in fields(Operator)]
    values = {
        "said": said,
        "base": server.base,
        "is_open": server.config.registration_mode is not Registration.CLOSED,
        "sign_up": SIGN_UP,
    }
    return page("about", look, values)


async def answer_patterns(incoming: web.BaseRequest, server: Server) -> Reply:
    """Each part that pages are made of, with made-up content."""
    look = look_of(incoming, server)
    return page("patterns", look, _made_up(look))


def _made_up(look: Look) -> dict[str, object]:
    said = words(look.language)
    columns = (
        Column(name="month", title=said["patterns.month"]),
        Column(name="spent", title=said["patterns.spent"], unit="€", is_number=True),
    )
    rows = [(month(date(2026, one, 1), look.language), 1000 + 37 * one) for one in (1, 2, 3)]
    spent = said["patterns.spent"]
    frame = Frame(
        title=spent,
        sentence=said["patterns.sentence"],
        unit="€",
        language=look.language,
        name="spent",
    )
    shown = tuple(Bar(label, (Part(spent, amount),)) for label, amount in rows)
    sheet = Sheet(name="spent", title=spent, columns=columns, rows=tuple(rows))
    amount = text_of(Decimal("1234.5"), "€", look.language)
    return {
        "colours": _COLOURS,
        "pairs": ((spent, amount), (said["patterns.month"], rows[0][0])),
        "sheet": sheet,
        "chart": drawn(bars(frame, shown)),
        "names": ("camille", "maison"),
        "twins": (("csv", "#main"), ("json", "#main")),
    }
