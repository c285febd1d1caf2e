"""A month of the journal as a file that a person keeps, made beside the event loop."""

from collections.abc import Callable, Mapping
from typing import Final

from pod.consent.period import Month
from pod.flows.context import Pod
from pod.flows.ledger import page_of, told
from pod.ldp.allow import JOURNAL
from pod.ldp.journal_csv import MEDIA_TYPE as CSV
from pod.ldp.journal_csv import csv_page
from pod.ldp.journal_page import MOST, Told, json_page, page_graph
from pod.model import Reply
from pod.problems import NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from pod.store.journal_pages import Wanted
from vocab.iri import ResourceIri

LONGEST: Final = 10_000  # lines of a file

Make = Callable[[ResourceIri, tuple[Told, ...]], bytes]


def _json(journal: ResourceIri, lines: tuple[Told, ...]) -> bytes:
    return json_page(journal, lines, None)


def _turtle(journal: ResourceIri, lines: tuple[Told, ...]) -> bytes:
    return serialise(page_graph(journal, lines), RdfFormat.TURTLE)


def _csv(journal: ResourceIri, lines: tuple[Told, ...]) -> bytes:
    return csv_page(journal.storage, lines)


FORMS: Final[Mapping[str, tuple[str, Make]]] = {
    "csv": (CSV, _csv),
    "json": ("application/json", _json),
    "ttl": (RdfFormat.TURTLE.media_type, _turtle),
}
"""The files by the ends of their names, each with its media type."""


async def journal_file(month: Month, form: str, after: int, pod: Pod) -> tuple[Reply, int | None]:
    """The lines of a month behind a number, and the number of the last where there are more.

    Raises NotFound for another form of file.
    """
    if form not in FORMS:
        raise NotFound(f"the journal comes as {', '.join(FORMS)}")
    lines, more = await _lines(month, after, pod)
    media_type, make = FORMS[form]
    journal = ResourceIri(pod.store.storage, JOURNAL)
    body = await pod.server.apart.run(lambda: make(journal, lines))
    headers = (
        ("Content-Type", media_type),
        ("Content-Disposition", f'attachment; filename="{pod.store.name}-{month}.{form}"'),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Reply(status=200, headers=headers, body=body), more


async def _lines(month: Month, after: int, pod: Pod) -> tuple[tuple[Told, ...], int | None]:
    found: list[Told] = []
    more: int | None = after
    while more is not None and len(found) < LONGEST:
        page = await page_of(Wanted(after=more, since=month.start, limit=MOST), pod)
        lines = told(page)
        found += (one for one in lines if month.has(one.entry.time))
        # Lines are in the order of their times but for moments, which a day makes up for.
        is_behind = bool(lines) and lines[-1].entry.time.date() > month.next.start.date()
        more = None if is_behind else page.more
    return tuple(found), more
