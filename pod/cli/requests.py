"""`pod grant requests|accept|refuse|propose|report`: what others ask for, and the answer."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from pod.agreements import AccessRequest, Item, Proposal
from pod.cli.grant_give import item
from pod.cli.terms import Commands, answer, command, pod_of, server_of
from pod.consent.purposes import DEFAULT_DAYS, PURPOSES
from pod.consent.telling import told
from pod.consent.terms import PRESETS
from pod.flows import answer as answering
from pod.flows.consent.decide import report, request_in, requests_in
from pod.flows.consent.evidence import evidence_of
from pod.flows.consent.grants import told as grant_told
from pod.flows.consent.requests import grant_for
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
        long = made.add_mutually_exclusive_group()
        long.add_argument("--days", type=int, help="30 at most unless said otherwise")
        long.add_argument("--until-stopped", action="store_true", help="without an end")
    made.add_argument("--terms", choices=[*PRESETS], help="under these terms of the person's")
    made = _about(actions, "refuse", _refuse, "refuse what was asked for")
    made.add_argument("--reason", help="what the asker is told of why, if you like")
    made = _about(actions, "report", _report, "note pressure to agree, and print the evidence")
    made.add_argument("text", nargs="?", help="what happened, in your words")


def _about(actions: "Commands[ArgumentParser]", name: str, run: Any, help_: str) -> ArgumentParser:
    made = command(actions, name, run, help_)
    made.add_argument("name", help="the pod's name")
    made.add_argument("request", help="the request's id")
    return made


async def _requests(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        found = requests_in(pod)
        value = [told(one, pod.store.storage, grant_for(one, pod)) for one in found]
    answer(chosen, value, *([_line(one) for one in found] or ["nothing is asked for"]))
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
        proposed = Proposal(items=items, days=days, terms=chosen.terms)
        request = await answering.propose(chosen.request, proposed, pod)
    answer(chosen, told(request, pod.store.storage), _line(request))
    return 0


async def _refuse(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        request = await answering.refuse(chosen.request, pod, chosen.reason)
    answer(chosen, told(request, pod.store.storage), _line(request))
    return 0


async def _report(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        if chosen.text is not None:
            await report(chosen.request, chosen.text, pod)
        value = evidence_of(chosen.request, pod)
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0


def _wanted(chosen: Namespace, pod: Pod) -> tuple[tuple[Item, ...], int | None]:
    """What is meant of a request: what was said, or else all that is required, for a short time."""
    request = request_in(chosen.request, pod)
    items = tuple(chosen.items) or request.required or request.optional
    if chosen.days is not None or chosen.until_stopped:
        return items, chosen.days
    # PRI-16: "short expiry by default".
    usual = PURPOSES[request.purpose].days if request.purpose in PURPOSES else DEFAULT_DAYS
    return items, min(usual, request.days or usual)


def _line(request: AccessRequest) -> str:
    what = ", ".join(f"/{one.path}" for one in (*request.required, *request.optional))
    who = request.client or request.agent
    return f"{request.id}  {request.state.value}  {who}  {what}  {request.sentence}"
