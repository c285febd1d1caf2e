"""`pod grant requests|accept|refuse|propose`: what others ask for, and the answer."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Any

from pod.agreements import AccessRequest, Item
from pod.cli.grant_give import item
from pod.cli.terms import Commands, answer, command, pod_of, server_of
from pod.consent.manifest import MODES
from pod.flows import answer as answering
from pod.flows.consent.decide import report, request_in, requests_in
from pod.flows.consent.grants import told as grant_told
from pod.flows.context import Pod


def add_to(actions: "Commands[ArgumentParser]") -> None:
    made = command(actions, "requests", _requests, "tell what others ask for")
    made.add_argument("name", help="the pod's name")
    for name, run, help_ in (
        ("accept", _accept, "give what was asked for, or a part of it"),
        ("propose", _propose, "offer something else than what was asked for"),
    ):
        made = _about(actions, name, run, help_)
        made.add_argument("items", nargs="*", type=item, metavar="ITEM", help="of it, only this")
        made.add_argument("--days", type=int, help="for how long, if shorter than was asked")
    _about(actions, "refuse", _refuse, "refuse what was asked for")
    made = _about(actions, "report", _report, "note that somebody presses for an answer")
    made.add_argument("text", help="what happened, in your words")


def _about(actions: "Commands[ArgumentParser]", name: str, run: Any, help_: str) -> ArgumentParser:
    made = command(actions, name, run, help_)
    made.add_argument("name", help="the pod's name")
    made.add_argument("request", help="the request's id")
    return made


async def _requests(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        found = requests_in(pod)
    answer(chosen, [_told(one) for one in found], *([_line(one) for one in found] or ["nothing"]))
    return 0


async def _accept(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        items, days = _wanted(chosen, pod)
        grant = await answering.accept(chosen.request, items, days, None, pod)
        value = grant_told(grant, pod.store.storage)
    answer(chosen, value, f"{grant.agent} was given access: grant {grant.id}")
    return 0


async def _propose(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        items, days = _wanted(chosen, pod)
        request = await answering.propose(chosen.request, items, days, pod)
    answer(chosen, _told(request), _line(request))
    return 0


async def _refuse(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        request = await answering.refuse(chosen.request, pod)
    answer(chosen, _told(request), _line(request))
    return 0


async def _report(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        request = await report(chosen.request, chosen.text, pod)
    answer(chosen, _told(request), f"{request.id}  noted")
    return 0


def _wanted(chosen: Namespace, pod: Pod) -> tuple[tuple[Item, ...], int | None]:
    """What is meant of a request: what was said, or else all that was required."""
    request = request_in(chosen.request, pod)
    items = tuple(chosen.items) or request.required or request.optional
    return items, chosen.days or request.days


def _told(request: AccessRequest) -> Mapping[str, Any]:
    return {
        "id": request.id,
        "state": request.state.value,
        "agent": request.agent,
        "client": request.client,
        "purpose": request.purpose,
        "sentence": request.sentence,
        "required": [_item(one) for one in request.required],
        "optional": [_item(one) for one in request.optional],
        "days": request.days,
        "created": request.created.isoformat(),
        "lapses": request.lapses.isoformat(),
        "reported": request.reported,
    }


def _item(one: Item) -> Mapping[str, Any]:
    modes = [name for name, mode in MODES.items() if mode in one.modes]
    return {"path": f"/{one.path}", "category": one.category, "modes": modes}


def _line(request: AccessRequest) -> str:
    what = ", ".join(f"/{one.path}" for one in (*request.required, *request.optional))
    who = request.client or request.agent
    return f"{request.id}  {request.state.value}  {who}  {what}  {request.sentence}"
