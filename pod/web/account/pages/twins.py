"""A page and its twins: what it shows, for people, and the same for programs."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from pod.model import Reply
from pod.problems import NotFound, Problem
from pod.store.server_values import Session
from pod.web.account.pages.place import Show, signed_in
from pod.web.page_fields import NOSNIFF
from pod.web.places import link
from pod.web.reply import STATUS
from pod.web.ui.page import page
from pod.web.ui.sheet import Sheet, as_csv, as_json
from pod.web.visit import Visit

CSV: Final = "csv"
JSON: Final = "json"
TURTLE: Final = "ttl"
_TYPES: Final = {
    CSV: "text/csv; charset=utf-8; header=present",
    JSON: "application/json",
    TURTLE: "text/turtle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows: its template and what fills it, the rows of it, and the call behind it.

    `sheets` are what the page shows in rows; the CSV twin is the first of them, or the one that
    `sheet` in the address names.
    """

    template: str
    values: Mapping[str, object]
    sheets: tuple[Sheet, ...] = ()
    call: object = None


Make = Callable[[Visit, Session], Awaitable[Shown]]
Write = Callable[[Visit, Session], Awaitable[bytes]]


def twinned(place: str, make: Make, turtle: Write | None = None) -> dict[str, dict[str, Show]]:
    """The addresses of a page and of its twins, each with what is shown there.

    `turtle` writes what the page shows in the shared vocabulary, where that can be.
    """
    forms: dict[str, Write] = {form: partial(_sheets, make, form) for form in (CSV, JSON)}
    if turtle is not None:
        forms[TURTLE] = turtle
    return {
        place: {"GET": signed_in(_Html(place, make, tuple(forms)).show)},
        **{
            twin(place, form): {"GET": signed_in(_Twin(write, form).show)}
            for form, write in forms.items()
        },
    }


def twin(place: str, form: str) -> str:
    """The address of a twin of a page."""
    return f"{place.removesuffix('/')}.{form}"


def twins_at(place: str, **query: str) -> list[tuple[str, str]]:
    """The twins of a page that is shown otherwise, by their forms: where each is."""
    return [(form, link(twin(place, form), **query)) for form in (CSV, JSON)]


@dataclass(frozen=True, slots=True)
class _Html:
    place: str
    make: Make
    forms: tuple[str, ...] = field(default=())

    async def show(self, visit: Visit, session: Session) -> Reply:
        shown = await self.make(visit, session)
        twins = [(form, link(twin(self.place, form), **visit.query)) for form in self.forms]
        values = {"twins": twins, "call": shown.call, **shown.values}
        return page(shown.template, visit.look, values)


@dataclass(frozen=True, slots=True)
class _Twin:
    write: Write
    form: str

    async def show(self, visit: Visit, session: Session) -> Reply:
        try:
            body = await self.write(visit, session)
        except Problem as problem:
            said = json.dumps({"detail": str(problem)}).encode()
            kind = ("Content-Type", "application/problem+json")
            return Reply(status=STATUS[type(problem)], headers=(kind, NOSNIFF), body=said)
        headers = (
            ("Content-Type", _TYPES[self.form]),
            ("Cache-Control", "no-store"),
            ("Vary", "Cookie, Accept-Language"),
            NOSNIFF,
        )
        return Reply(status=200, headers=headers, body=body)


async def _sheets(make: Make, form: str, visit: Visit, session: Session) -> bytes:
    """The rows of a page: all of them as JSON, or one table as CSV. Raises NotFound."""
    shown = await make(visit, session)
    if form == JSON:
        return json.dumps(as_json(shown.sheets), ensure_ascii=False).encode()
    wanted = visit.query.get("sheet", "")
    for sheet in shown.sheets:
        if wanted in {"", sheet.name}:
            return as_csv(sheet)
    raise NotFound("this page has no table of this name")
