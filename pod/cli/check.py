"""`pod check`: whether everything that is stored is whole."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from pod.cli.terms import CommandProblem, Commands, answer, command, server_of
from pod.flows.conformity import departures
from pod.flows.context import Server
from pod.flows.owner import owner_of
from pod.flows.query import results
from pod.problems import Problem
from pod.sparql.dataset import restrict
from pod.sparql.request import Query
from pod.sparql.results import result_type
from pod.store.check import Finding, check
from pod.store.directory import PODS
from vocab.prefixes import shortened
from vocab.shapes import Violation

# Loads the whole index, and asks it for nothing.
PROBE = "ASK {}"


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "check", _check, "check the integrity of the pods in a data folder")
    made.add_argument("--pod", help="only this pod")
    made.add_argument(
        "--repair-index",
        action="store_true",
        help="build the query index anew; it lives in memory, so every check does",
    )
    made.add_argument(
        "--shapes",
        action="store_true",
        help="say too which records do not keep to the shapes of their classes",
    )


async def _check(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        names = server.pods.names() if chosen.pod is None else (chosen.pod,)
        found = {name: await _findings(name, server, shapes=chosen.shapes) for name in names}
    report = [
        {"pod": name, **asdict(finding)} for name, findings in found.items() for finding in findings
    ]
    lines = [f"{line['pod']}: {line['about']}: {line['message']}" for line in report]
    answer(chosen, report, *lines, f"{len(found)} checked, {len(report)} findings")
    return 1 if report else 0


async def _findings(name: str, server: Server, *, shapes: bool) -> tuple[Finding, ...]:
    pod = await server.pods.find(name)
    if pod is None:
        raise CommandProblem(f"there is no pod `{name}` in this data folder")
    plan = restrict(Query(text=PROBE, base=pod.store.storage))
    try:
        owner = owner_of(pod)
        await results(plan, result_type(plan.form, None), owner, pod)
        index: tuple[Finding, ...] = ()
    except Problem as problem:
        index = (Finding("index", f"the query index cannot be built: {problem}"),)
    shaped = (_finding(one) for one in departures(pod)) if shapes else ()
    return (*check(server.config.data / PODS / name), *index, *shaped)


def _finding(one: Violation) -> Finding:
    return Finding(one.focus, f"{shortened(one.path)}: {one.message}" if one.path else one.message)
