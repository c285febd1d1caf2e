"""`pod journal`: who read and wrote what, and whether anybody has altered that since."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, replace
from datetime import datetime

from pod.cli.terms import CommandProblem, Commands, answer, command, pod_of, server_of
from pod.flows.consent.names import names_of
from pod.flows.context import Pod, Server
from pod.flows.doings import recent_alerts
from pod.flows.ledger import page_of, told
from pod.http.parameters import moment
from pod.ldp.journal_page import MOST, Told, json_line
from pod.store.journal_pages import Wanted
from pod.store.verify import Checked
from pod.store.whole import checked
from pod.web.ui.told import Teller


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "journal", _journal, "tell who read and wrote what in a pod")
    made.add_argument("name", help="the pod's name")
    made.add_argument(
        "--since", type=since, metavar="DATE", help="only what happened then or later, in UTC"
    )
    made.add_argument(
        "--verify", action="store_true", help="check that nobody has altered it since"
    )
    made.add_argument(
        "--alerts", action="store_true", help="tell what is unusual in the last 30 days"
    )


def since(text: str) -> datetime:
    """A date or a time in UTC; for argparse."""
    try:
        return moment(text)
    except ValueError as error:
        raise ArgumentTypeError(f"`{text}` is no date; write it as 2026-03-01") from error


async def _journal(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        if chosen.verify:
            return _verified(chosen, server)
        pod = await pod_of(server, chosen.name)
        if chosen.alerts:
            await _alerts(chosen, pod)
            return 0
        wanted = Wanted(since=chosen.since, limit=MOST)
        if chosen.json:
            await _print_json(wanted, pod)
            return 0
        async for line in _lines(wanted, pod):
            print(_text(line))
    return 0


async def _alerts(chosen: Namespace, pod: Pod) -> None:
    found = await recent_alerts(pod)
    names = await names_of({one.party.name for one in found}, pod)
    teller = Teller(language="en", now=pod.server.now(), names=names)
    value = [
        {
            "alert": one.unusual.value,
            "who": one.party.name or None,
            "line": one.number,
            "time": one.time.isoformat(),
            "category": one.category,
            "amount": one.amount,
            "usual": one.usual,
        }
        for one in found
    ]
    said = [f"{one.number}  {one.time:%Y-%m-%d %H:%M}  {teller.alert(one)}" for one in found]
    answer(chosen, value, *(said or ["nothing is unusual"]))


async def _print_json(wanted: Wanted, pod: Pod) -> None:
    """One JSON array, written as it is read: a journal may be long."""
    before = "["
    async for line in _lines(wanted, pod):
        print(before + json.dumps(json_line(pod.store.storage, line), ensure_ascii=False), end="")
        before = ",\n "
    print("]" if before != "[" else "[]")


async def _lines(wanted: Wanted, pod: Pod) -> AsyncIterator[Told]:
    more: int | None = wanted.after
    while more is not None:
        found = await page_of(replace(wanted, after=more), pod)
        for line in told(found):
            yield line
        more = found.more


def _text(line: Told) -> str:
    """A line in words; nothing of it that is not known."""
    entry = line.entry
    who = " through ".join(filter(None, (entry.agent or "somebody", entry.client)))
    parts = (
        f"{line.number}  {entry.time:%Y-%m-%d %H:%M:%S}  {entry.outcome}",
        f"{entry.action} {entry.target or '/'}",
        f"by {who}",
        f"for {entry.purpose}" if entry.purpose else "",
        f"{entry.rows} rows" if entry.rows else "",
        f"{entry.bytes} bytes" if entry.bytes else "",
        f"of {', '.join(entry.fields)}" if entry.fields else "",
    )
    return "  ".join(filter(None, parts))


def _verified(chosen: Namespace, server: Server) -> int:
    if chosen.name not in server.pods.names():
        raise CommandProblem(f"there is no pod `{chosen.name}` in this data folder")
    found = checked(server.config.data, chosen.name, server.pods.notary)
    answer(chosen, _report(found), *_sentences(found))
    return 1 if found.faults else 0


def _report(found: Checked) -> dict[str, object]:
    return asdict(found) | {"whole": not found.faults}


def _sentences(found: Checked) -> Iterator[str]:
    for fault in found.faults:
        yield f"{fault.line}: {fault.message}"
    yield f"{found.lines} lines and {found.roots} signed roots, {len(found.faults)} findings"
