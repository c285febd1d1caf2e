"""The page on which a person brings files, looks at what is in them, and keeps them or not."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pod.flows.arrivals import TABLE, keep, known_giver, look, say
from pod.flows.arrived import brought, imports_in
from pod.flows.context import Pod
from pod.flows.own_spaces import own_space, own_spaces
from pod.flows.uploads import BUSY, Choice, Stage, Upload, Uploads
from pod.http.parameters import number_if
from pod.model import Reply
from pod.problems import Conflict, Malformed, NotFound, Problem, TooLarge, TooMany
from pod.store.server_values import Session
from pod.web.account.pages.space import chosen_space
from pod.web.account.pages.twins import Shown, twins_at
from pod.web.page_fields import NOSNIFF
from pod.web.places import ADD, DATA, ORGANISATIONS, link
from pod.web.reply import STATUS
from pod.web.ui.arrival import passed_files, summary, told_files
from pod.web.ui.brought import (
    course_chart,
    course_sentence,
    course_sheet,
    difference_sheet,
    files_sheet,
    remarks_sheet,
    told_facts,
    told_kinds,
    waiting_sheet,
)
from pod.web.ui.organisation import hints
from pod.web.ui.page import page
from pod.web.ui.refusals import in_words
from pod.web.ui.sheet import Sheet
from pod.web.ui.sizes import said_size
from pod.web.visit import Visit, see_other

_LONGEST_NAME: Final = 100
_WRONG: Final = {TooLarge: "too_large", TooMany: "too_many", Malformed: "none"}


async def add(visit: Visit, session: Session) -> Shown:
    values = await _values(visit, session)
    pod = await chosen_space(visit, session)
    waiting = _waiting(visit, session, pod)
    return Shown(
        template="add", values=values, sheets=(waiting_sheet(waiting, visit.look.language),)
    )


async def brings(visit: Visit, session: Session) -> Reply:
    """Files arrive; they are looked at, and nothing is kept."""
    pod = await chosen_space(visit, session)
    try:
        upload = await _received(visit, session, pod)
    except (TooLarge, TooMany, Malformed) as problem:
        return await _refused(visit, session, problem)
    look(upload, pod)
    return await _onwards(upload, visit.server.uploads)


async def one(visit: Visit, session: Session) -> Reply:
    """Where an upload is: what it takes, what would be kept, or what was."""
    upload = _upload(visit, session)
    if upload.stage is Stage.BROUGHT:  # before the server was ended
        look(upload, await own_space(session.account, upload.space, visit.server))
        return await _onwards(upload, visit.server.uploads)
    if upload.stage in BUSY:
        values = {"done": upload.done, "of": upload.of, "stage": upload.stage.value}
        return page("arrival_busy", visit.look, _shown(upload) | values)
    if upload.stage is Stage.KEPT:
        return see_other(_address(upload, "done"))
    if upload.stage is Stage.FAILED:
        return page("arrival_failed", visit.look, _shown(upload))
    shown = await difference(visit, session)
    return page("arrival", visit.look, shown.values)


async def difference(visit: Visit, session: Session) -> Shown:
    """What would be kept of an upload. Raises Conflict where that is not known."""
    upload = _upload(visit, session)
    if upload.stage is not Stage.WAITING:
        raise Conflict("these files are not looked at yet, or any more; load their page")
    language = visit.look.language
    return Shown(
        template="arrival",
        values=_looked(visit, upload),
        sheets=(
            difference_sheet(upload.arrived, language),
            remarks_sheet(upload.arrived, language),
        ),
    )


async def done(visit: Visit, session: Session) -> Shown:
    """What an upload brought. Raises NotFound where it is not kept."""
    upload = _upload(visit, session)
    if upload.stage is not Stage.KEPT:
        raise NotFound("nothing of this upload is kept")
    pod = await own_space(session.account, upload.space, visit.server)
    what, language = await brought(imports_in(upload.arrived), pod), visit.look.language
    course = what.course
    sheets: tuple[Sheet, ...] = (files_sheet(upload.arrived, language),)
    values: dict[str, object] = {
        "facts": told_facts(what.facts, language),
        "kinds": told_kinds(what.kinds, upload.arrived, upload.space, language),
        "sheet": None,
        "to": {"data": DATA, "organisations": ORGANISATIONS},
    }
    if course.months:
        months = course_sheet(course, language)
        sheets = (months, *sheets)
        values |= {
            "sheet": months,
            "chart": course_chart(course, language),
            "sentence": course_sentence(course, language),
        }
    return Shown(template="arrived", values=_looked(visit, upload) | values, sheets=sheets)


async def progress(visit: Visit, session: Session) -> Reply:
    """How far an upload is, for a script of its page."""
    upload = _upload(visit, session)
    told = {"busy": upload.stage in BUSY, "done": upload.done, "of": upload.of}
    headers = (("Content-Type", "application/json"), ("Cache-Control", "no-store"), NOSNIFF)
    return Reply(status=200, headers=headers, body=json.dumps(told).encode())


async def keeps(visit: Visit, session: Session) -> Reply:
    """She wants to have it."""
    upload = _upload(visit, session)
    pod = await own_space(session.account, upload.space, visit.server)
    if upload.stage is Stage.WAITING:  # who presses twice has said it once
        keep(upload, pod)
    return await _onwards(upload, visit.server.uploads)


async def says(visit: Visit, session: Session) -> Reply:
    """She says what a file does not say itself; it is looked at again."""
    upload = _upload(visit, session)
    pod = await own_space(session.account, upload.space, visit.server)
    said = _said(visit)
    try:
        say(upload, said, _chosen(visit, upload))
    except (Malformed, Conflict) as problem:
        values = _looked(visit, upload, said) | {
            "wrong": in_words(str(problem), visit.look.language)
        }
        return page("arrival", visit.look, values, status=STATUS[type(problem)])
    look(upload, pod)
    return await _onwards(upload, visit.server.uploads)


async def leaves(visit: Visit, session: Session) -> Reply:
    """She does not want it; nothing stays."""
    upload = _upload(visit, session)
    visit.server.uploads.leave(upload)
    return see_other(link(ADD, space=upload.space))


async def _received(visit: Visit, session: Session, pod: Pod) -> Upload:
    form, uploads = visit.files, visit.server.uploads
    if form is None:
        raise Malformed("choose a file first")
    if form.size is not None and form.size > uploads.room(session.account):
        raise TooLarge("these files are too large for one upload")
    upload = uploads.begin(visit.server.random_text(18), session.account, pod.store.name)
    try:
        async for part in form.parts():
            if part.filename:  # a field in which nothing was chosen has an empty one
                await uploads.receive(upload, part.filename, part.pieces)
    except BaseException:
        uploads.leave(upload)
        raise
    if not upload.files:
        uploads.leave(upload)
        raise Malformed("choose a file first")
    return upload


async def _onwards(upload: Upload, uploads: Uploads) -> Reply:
    """On to the page of an upload, when its work is done or takes longer."""
    if upload.task is not None:
        await asyncio.wait({upload.task}, timeout=uploads.soon)
    return see_other(_address(upload))


async def _refused(visit: Visit, session: Session, problem: Problem) -> Reply:
    values = await _values(visit, session) | {"wrong": _WRONG[type(problem)]}
    return page("add", visit.look, values, status=STATUS[type(problem)])


async def _values(visit: Visit, session: Session) -> dict[str, object]:
    pod = await chosen_space(visit, session)
    uploads = visit.server.uploads
    return {
        "wrong": "",
        "here": ADD,
        "names": [one.store.name for one in await own_spaces(session.account, visit.server)],
        "space": pod.store.name,
        "limit": said_size(uploads.most, visit.look.language),
        "hints": hints(visit.look.language),
        "limit_octets": uploads.most,
        "waiting": [
            (_address(one), one.names, one.stage.value) for one in _waiting(visit, session, pod)
        ],
        "call": None,
        "twins": twins_at(ADD, space=visit.query.get("space", "")),
    }


def _waiting(visit: Visit, session: Session, pod: Pod) -> list[Upload]:
    """What she has brought for a space, and not decided on."""
    mine = visit.server.uploads.of(session.account)
    return [one for one in mine if one.space == pod.store.name]


def _upload(visit: Visit, session: Session) -> Upload:
    name = visit.form.get("upload") or visit.query.get("upload") or ""
    return visit.server.uploads.find(name, session.account)


def _address(upload: Upload, which: str = "one") -> str:
    return link(ADD + which, space=upload.space, upload=upload.id)


def _shown(upload: Upload) -> dict[str, object]:
    return {
        "here": ADD,
        "upload": upload.id,
        "space": upload.space,
        "names": upload.names,
        "address": _address(upload),
        "progress": _address(upload, "progress"),
    }


def _looked(
    visit: Visit, upload: Upload, said: Mapping[int, Mapping[str, str]] = MappingProxyType({})
) -> dict[str, object]:
    """What was found in the files; `said` is what she has just said of them, wrong or not."""
    arrived = (
        replace(one, said={**one.said, **said.get(place, {})})
        for place, one in enumerate(upload.arrived)
    )
    told = told_files(arrived, visit.look.language)
    return _shown(upload) | {
        "wrong": "",
        "summary": summary(upload.arrived, visit.look.language),
        "files": told,
        "passed": passed_files(upload.arrived, visit.look.language),
        "asks": any(one.questions for one in told),
        "takes": sum(one.is_taken for one in upload.arrived),
        "brings": any(one.brings for one in upload.arrived),
        "twins": twins_at(ADD + "one", space=upload.space, upload=upload.id),
        "refuses": any(one.report and one.report["rejected"] for one in upload.arrived),
    }


def _chosen(visit: Visit, upload: Upload) -> dict[int, Choice]:
    """The formats that she says: of a table, who gave it and what its rows are, too."""
    found = {place: Choice(text) for place, text in _by_place(visit, "format").items()}
    givers, kinds = _by_place(visit, "giver"), _by_place(visit, "kind")
    for place in givers.keys() | kinds.keys():
        giver = givers.get(place) or known_giver(upload, place)
        if giver:
            found[place] = Choice(TABLE, giver[:_LONGEST_NAME], kinds.get(place, ""))
    return found


def _by_place(visit: Visit, mark: str) -> dict[int, str]:
    """What is said in the fields of one sort, by the places of files."""
    found = ((*name.partition("-")[::2], text.strip()) for name, text in visit.form.items())
    numbered = ((number_if(at), said) for sort, at, said in found if sort == mark and said)
    return {at: said for at, said in numbered if at is not None}


def _said(visit: Visit) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name, text in visit.form.items():
        mark, _, rest = name.partition("-")
        place, _, option = rest.partition("-")
        at = number_if(place) if mark == "said" else None
        if at is not None and text.strip():
            found.setdefault(at, {})[option] = text.strip().replace("\r\n", "\n")
    return found
