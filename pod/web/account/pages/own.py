"""Data of one's own: a record written by hand, one put right, a note on one, one forgotten."""

from datetime import date

from importers.members import kind_of, kind_of_record
from pod.flows.add import add
from pod.flows.annotate import correct, corrections_of, note, record_of
from pod.flows.context import Pod
from pod.flows.forget import forget
from pod.flows.own_spaces import own_spaces
from pod.flows.rows import rows
from pod.insight.query import query
from pod.intake.own import SELF, Words
from pod.intake.tombstones import is_tombstone
from pod.model import Reply
from pod.problems import Malformed, NotFound, Problem
from pod.store.server_values import Session
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import chosen_space
from pod.web.places import ADD, link
from pod.web.places import DATA as DATA_PAGE
from pod.web.ui import own_form
from pod.web.ui.kinds import kind_named
from pod.web.ui.own_form import OWN
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other
from vocab.graph import nodes_of
from vocab.kinds import Kind
from vocab.places import DATA

_SURE = "yes"


async def own(visit: Visit, session: Session) -> Reply:
    """What may be written, the form of one class, or a record that is there."""
    pod = await chosen_space(visit, session)
    if record := visit.query.get("record"):
        return page("own_record", visit.look, _record(visit, pod, record))
    if name := visit.query.get("class"):
        return page("own_form", visit.look, await _form(visit, pod, _kind(name)))
    spaces = await own_spaces(session.account, visit.server)
    values = {
        "here": OWN,
        "names": [one.store.name for one in spaces],
        "space": pod.store.name,
        "domains": own_form.classes(pod.store.name, visit.look.language),
    }
    return page("own", visit.look, values)


async def writes(visit: Visit, session: Session) -> Reply:
    """A record is written."""
    pod, form = await chosen_space(visit, session), visit.form
    kind = _kind(form.get("class", ""))
    if wrong := own_form.unfit(kind, own_form.said(kind, form), visit.look.language):
        values = await _form(visit, pod, kind) | {"unfit": wrong}
        return page("own_form", visit.look, values, status=400)
    try:
        done = await add(_words(kind, visit), pod)
    except Malformed as problem:
        return failed("own_form", visit, problem, await _form(visit, pod, kind))
    return see_other(_address(pod, done.record, done=done.outcome.value))


async def corrects(visit: Visit, session: Session) -> Reply:
    """A value of a record is put right; what the organisation said stays beside it."""
    pod, form = await chosen_space(visit, session), visit.form
    record, name, text = (form.get(one, "").strip() for one in ("record", "property", "value"))
    said = record_of(record, pod.store.snapshot(), pod)
    if wrong := own_form.unfit_value(said, name, text, visit.look.language):
        values = _record(visit, pod, record) | {"unfit": wrong}
        return page("own_record", visit.look, values, status=400)
    try:
        await correct(record, name, text, pod)
    except Malformed as problem:
        return _wrong(visit, pod, record, problem)
    return see_other(_address(pod, record, done="corrected"))


async def notes(visit: Visit, session: Session) -> Reply:
    """A note is written on a record."""
    pod, form = await chosen_space(visit, session), visit.form
    record, text = form.get("record", ""), form.get("note", "").strip()
    if not text:
        return _wrong(visit, pod, record, Malformed("write something first"))
    await note(record, text, pod)
    return see_other(_address(pod, record, done="noted"))


async def forgets(visit: Visit, session: Session) -> Reply:
    """A record that she wrote herself is forgotten."""
    pod, form = await chosen_space(visit, session), visit.form
    record = form.get("record", "")
    if not _is_own(record, pod):
        raise NotFound("this record was not written by you")
    if form.get("sure") != _SURE:
        return _wrong(visit, pod, record, Malformed("tick the box first"))
    try:
        await forget([record], pod)
    except Malformed as problem:
        return _wrong(visit, pod, record, problem)
    return see_other(link(ADD, space=pod.store.name))


def _wrong(visit: Visit, pod: Pod, record: str, problem: Problem) -> Reply:
    return failed("own_record", visit, problem, _record(visit, pod, record))


def _kind(name: str) -> Kind:
    try:
        return kind_of(name)
    except ValueError as error:
        raise NotFound(str(error)) from error


def _words(kind: Kind, visit: Visit) -> Words:
    form = visit.form
    try:
        on = date.fromisoformat(form["on"]) if form.get("on") else None
    except ValueError as error:
        raise Malformed("a day is written 2026-03-31") from error
    return Words(
        kind=kind.name,
        said=own_form.said(kind, form),
        id=form.get("id", "").strip(),
        domain=form.get("domain", ""),
        on=on,
    )


async def _form(visit: Visit, pod: Pod, kind: Kind) -> dict[str, object]:
    accounts = await rows(query("accounts"), pod)
    needed, others = own_form.fields(kind, accounts, visit.look.language)
    return {
        "here": OWN,
        "space": pod.store.name,
        "wrong": "",
        "unfit": [],
        "kind": kind.name,
        "title": kind_named(kind.name, visit.look.language),
        "needed": needed,
        "others": others,
        "domains": own_form.domains_of(kind, visit.look.language),
        "is_dated": own_form.has_to_be_dated(kind),
        "is_named": own_form.has_to_be_named(kind),
        "filled": visit.form,
    }


def _record(visit: Visit, pod: Pod, record: str) -> dict[str, object]:
    said = record_of(record, pod.store.snapshot(), pod)
    if is_tombstone(nodes_of(said)[record]):
        raise NotFound("this record was deleted")
    kind, language = kind_of_record(said), visit.look.language
    return {
        "here": OWN,
        "space": pod.store.name,
        "wrong": "",
        "unfit": [],
        "done": visit.query.get("done", ""),
        "record": record,
        "title": kind_named(kind.name, language) if kind else "",
        "seen": link(DATA_PAGE, space=pod.store.name, record=record),
        "again": link(OWN, space=pod.store.name, **{"class": kind.name}) if kind else "",
        "facts": own_form.shown(corrections_of(record, pod), language),
        "properties": own_form.correctable(said, kind, language),
        "is_own": _is_own(record, pod),
    }


def _address(pod: Pod, record: str, *, done: str) -> str:
    return link(OWN, space=pod.store.name, record=record, done=done)


def _is_own(record: str, pod: Pod) -> bool:
    """Whether a record stands where those are that she writes herself: data/{domain}/self/."""
    path = record.removeprefix(pod.store.storage).split("/")
    return record.startswith(pod.store.storage + DATA) and len(path) > 2 and path[2] == SELF
