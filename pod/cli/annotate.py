"""`pod correct`, `pod categorise`, `pod note`, `pod history`: what the person says of a record, and
what it has said so far.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from pod.cli.terms import Commands, absolute_iri, answer, command, pod_of, server_of
from pod.flows.annotate import categorise, correct, corrections_of, history, note
from pod.http.parameters import moment
from pod.intake.instants import utc
from pod.intake.versions import State, state_at
from pod.problems import NotFound
from vocab.graph import Graph


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "correct", _correct, "state another value than the holder does")
    _which(made)
    made.add_argument("property", help="such as sd:amount")
    made.add_argument("value")
    made = command(commands, "categorise", _categorise, "put a record into a category of yours")
    _which(made)
    made.add_argument("code", help="a code of the vocabulary, such as food, or an IRI")
    made = command(commands, "note", _note, "write a note on a record")
    _which(made)
    made.add_argument("text")
    made = command(commands, "history", _history, "tell what a record has said, and until when")
    _which(made)
    made.add_argument("--at", type=moment, metavar="DATE", help="only what it said then, in UTC")


def _which(made: ArgumentParser) -> None:
    made.add_argument("name", help="the pod's name")
    made.add_argument("record", type=absolute_iri, metavar="IRI", help="as a query names it")


async def _correct(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        await correct(chosen.record, chosen.property, chosen.value, pod)
        said = corrections_of(chosen.record, pod)
    answer(chosen, _said(said), "your value is kept beside the holder's, which stays as it is")
    return 0


async def _categorise(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        await categorise(chosen.record, chosen.code, await pod_of(server, chosen.name))
    answer(chosen, {"category": chosen.code}, "your category is kept beside the record")
    return 0


async def _note(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        await note(chosen.record, chosen.text, await pod_of(server, chosen.name))
    answer(chosen, {"note": chosen.text}, "your note is kept beside the record")
    return 0


async def _history(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        found = history(chosen.record, await pod_of(server, chosen.name))
    if chosen.at:
        held = state_at(found, chosen.at)
        if held is None:
            raise NotFound("the pod did not hold this record then")
        found = (held,)
    answer(chosen, [_told(one) for one in found], *(line for one in found for line in _lines(one)))
    return 0


def _told(one: State) -> dict[str, object]:
    return {
        "since": utc(one.since) if one.since else None,
        "until": utc(one.until) if one.until else None,
        "imports": list(one.imports),
        "said": _said(one.said),
    }


def _said(graph: Graph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for triple in graph:
        found.setdefault(triple.predicate.value, []).append(getattr(triple.object, "value", ""))
    return {name: sorted(values) for name, values in sorted(found.items())}


def _lines(one: State) -> Iterator[str]:
    since = utc(one.since) if one.since else "the beginning"
    yield f"from {since} until {utc(one.until) if one.until else 'now'}"
    for name, values in _said(one.said).items():
        yield f"  {name.rpartition('#')[2].rpartition('/')[2]}: {', '.join(values)}"
