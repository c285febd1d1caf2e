"""`pod grant list|show|pause|resume|stop`: which access there is, and whether it holds."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime

from acl import fewest_names
from pod.agreements import AccessGrant
from pod.cli.terms import CommandProblem, Commands, answer, command, pod_of, server_of
from pod.flows.app_access import pause_everything, stop_everything
from pod.flows.consent.grants import told
from pod.flows.consent.pause import pause
from pod.flows.consent.resume import resume
from pod.flows.consent.stop import stop
from pod.flows.consent.uses import last_uses
from pod.flows.context import Pod
from pod.jws import payload_of


def add_to(actions: "Commands[ArgumentParser]") -> None:
    made = command(actions, "list", _list, "tell who was given access, and whether it holds")
    made.add_argument("name", help="the pod's name")
    _one(command(actions, "show", _show, "show a grant with its signed record"))
    _one_or_all(command(actions, "pause", _pause, "let access rest, until it is resumed"))
    _one(command(actions, "resume", _resume, "let access hold again that was paused"))
    _one_or_all(command(actions, "stop", _stop, "end access for good, from the next request on"))


def _one(made: ArgumentParser) -> None:
    made.add_argument("name", help="the pod's name")
    made.add_argument("grant", help="the grant's id")


def _one_or_all(made: ArgumentParser) -> None:
    made.add_argument("name", help="the pod's name")
    made.add_argument("grant", nargs="?", help="the grant's id")
    made.add_argument("--all", action="store_true", help="all grants, and all apps")


def lines(grants: Sequence[AccessGrant]) -> Iterator[str]:
    """Grants in words, one a line."""
    for one in grants:
        items = ", ".join(
            f"{'+'.join(fewest_names(item.modes))} /{item.path}" for item in one.items
        )
        who = one.agent if one.client is None else f"{one.client} for {one.agent}"
        end = "until it is stopped" if one.until is None else f"until {one.until:%Y-%m-%d %H:%M}"
        yield f"{one.id}  {one.state.value}  {who}: {items}, {end}"


async def _list(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        found = tuple(pod.store.snapshot().agreements.grants.all())
        storage, uses = pod.store.storage, await last_uses(pod)
    value = [{**told(one, storage), "used": _time(uses.get(one.id))} for one in found]
    words = [
        f"{text}, {_used(uses.get(one.id))}" for one, text in zip(found, lines(found), strict=True)
    ]
    answer(chosen, value, *(words or ("nothing is granted",)))
    return 0


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _used(moment: datetime | None) -> str:
    return "never used" if moment is None else f"last used {moment:%Y-%m-%d %H:%M}"


async def _show(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        found = pod.store.snapshot().agreements.grants.find(id=chosen.grant)
        storage = pod.store.storage
    if found is None:
        raise CommandProblem("there is no such grant")
    value = {
        **told(found, storage),
        "record": found.record,
        "says": payload_of(found.record),
    }
    answer(chosen, value, *lines((found,)), found.record)
    return 0


async def _pause(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        one_or_all = _is_all(chosen)
        done = await pause_everything(pod) if one_or_all else (await pause(chosen.grant, pod),)
        _answer(chosen, done, pod)
    return 0


async def _resume(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        _answer(chosen, (await resume(chosen.grant, pod),), pod)
    return 0


async def _stop(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        one_or_all = _is_all(chosen)
        done = await stop_everything(pod) if one_or_all else (await stop(chosen.grant, pod),)
        _answer(chosen, done, pod)
    return 0


def _is_all(chosen: Namespace) -> bool:
    if bool(chosen.grant) == chosen.all:
        raise CommandProblem("say the id of a grant, or --all", 2)
    return bool(chosen.all)


def _answer(chosen: Namespace, done: Sequence[AccessGrant], pod: Pod) -> None:
    storage = pod.store.storage
    value = [told(one, storage) for one in done]
    answer(chosen, value, *(lines(done) if done else ("there was nothing to change",)))
