"""`pod match`: what belongs together among the records of different holders."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from pod.cli.terms import Commands, absolute_iri, answer, command, pod_of, server_of
from pod.flows.context import Pod
from pod.flows.match import Matched, confirm, link, match, reject
from pod.matching.match import Match, Standing
from pod.matching.rules import RULES

_SHOWN = {
    Standing.SURE: "linked",
    Standing.PROPOSED: "to confirm",
    Standing.REJECTED: "rejected",
}


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "match", _match, "find which records tell of one thing")
    made.add_argument("name", help="the pod's name")
    what = made.add_mutually_exclusive_group()
    what.add_argument("--confirm", metavar="MATCH", help="link the two of a match, as named here")
    what.add_argument("--reject", metavar="MATCH", help="have a match never come back")
    what.add_argument(
        "--link",
        nargs=2,
        type=absolute_iri,
        metavar=("FROM", "TO"),
        help="link two records, such as a bill that was left open and its line of the bank",
    )


async def _match(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        said = await _decided(chosen, pod)
        found = await match(pod) if said is None else None
    if said is not None:
        answer(chosen, _told(said), f"{said.name} is {_SHOWN[said.standing]}")
    elif found is not None:
        answer(chosen, _all(found), *_lines(found))
    return 0


async def _decided(chosen: Namespace, pod: Pod) -> Match | None:
    """What the person decides, None where she asks what there is."""
    if chosen.link:
        source, target = chosen.link
        return await link(source, target, pod)
    if chosen.confirm:
        return await confirm(chosen.confirm, pod)
    return await reject(chosen.reject, pod) if chosen.reject else None


def _all(found: Matched) -> dict[str, object]:
    return {
        "changed": found.changed,
        "read": found.read,
        "matches": [_told(one) for one in found.matches],
        "open": [
            {
                "rule": one.rule,
                "records": list(one.sources),
                "alternatives": list(one.alternatives),
            }
            for one in found.open
        ],
    }


def _told(one: Match) -> dict[str, object]:
    return {
        "match": one.name,
        "rule": one.rule,
        "from": one.source,
        "link": RULES[one.rule].link,
        "to": one.target,
        "confidence": one.confidence,
        "standing": _SHOWN[one.standing],
        "byPerson": bool(one.by),
        "why": dict(one.why),
    }


def _lines(found: Matched) -> Iterator[str]:
    for one in found.matches:
        if one.standing is Standing.PROPOSED:
            yield f"{one.name}  {one.rule}, {one.confidence:.0%}: {dict(one.why).get('en', '')}"
            yield f"  {one.source}"
            yield f"  {one.target}"
    for still in found.open:
        yield f"{still.rule}: left open, {len(still.alternatives)} records are as likely"
        yield from (f"  {iri}" for iri in (*still.sources, *still.alternatives))
    counts = dict.fromkeys(Standing, 0)
    for one in found.matches:
        counts[one.standing] += 1
    told = ", ".join(f"{counts[one]} {word}" for one, word in _SHOWN.items())
    yield f"{told}, {len(found.open)} left open; {found.changed} documents were new or changed"
