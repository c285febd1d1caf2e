"""`pod people`: synthetic households, the files of their holders and the true answers."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pod.cli.people_kit import import_into, kit
from pod.cli.terms import (
    CommandProblem,
    Commands,
    answer,
    command,
    config_of,
    pod_of,
    server_of,
)
from pod.people.answers import SHEET
from pod.people.files.written import in_json
from pod.people.home import EVENTS, Home, Span, home
from pod.people.invariants import broken
from pod.people.made import Made, made
from pod.people.reading import in_json as from_json

FIRST = date(2023, 1, 1)
_MADE = object()  # what would be written, and no folder
_CENTURY = range(2000, 2100)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "people", _people, "make synthetic households with known answers")
    made.add_argument("--households", type=_count, default=1, metavar="N", help="how many (1)")
    made.add_argument("--years", type=_count, default=1, metavar="Y", help="how long (1)")
    made.add_argument("--seed", type=int, default=1, help="another seed makes other households")
    made.add_argument(
        "--from", dest="first", type=_day, default=FIRST, metavar="DAY", help="the first day"
    )
    made.add_argument("--events", type=_events, default=frozenset(), help=", ".join(EVENTS))
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, metavar="DIR", help="write them to a folder")
    what.add_argument(
        "--check",
        type=Path,
        nargs="?",
        const=_MADE,
        metavar="DIR",
        help="check that the files of a folder agree; without DIR, those that would be written",
    )
    what.add_argument(
        "--kit",
        type=Path,
        metavar="DIR",
        help="write a developer's kit: the first household, the catalogue, queries",
    )
    what.add_argument("--pod", metavar="NAME", help="import the first household into a pod")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise ArgumentTypeError("this is a whole number from 1 on")
    return int(text)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("this is no day such as 2023-01-01") from None
    if (found.month, found.day) == (2, 29):
        raise ArgumentTypeError("years cannot begin on a 29 February")
    if found.year not in _CENTURY:
        raise ArgumentTypeError("households live from 2000 to 2099")
    return found


def _events(text: str) -> frozenset[str]:
    events = frozenset(filter(None, (word.strip() for word in text.split(","))))
    if not events <= set(EVENTS):
        raise ArgumentTypeError(f"the events are {', '.join(EVENTS)}")
    return events


async def _people(chosen: Namespace) -> int:
    if chosen.first.year + chosen.years not in _CENTURY:
        raise CommandProblem("households live from 2000 to 2099: say fewer years", 2)
    if chosen.kit is not None:
        return _kit(chosen)
    if chosen.pod is not None:
        return await _into_pod(chosen)
    if chosen.to is not None:
        return _written(chosen)
    if chosen.check is not _MADE:
        return _told(chosen, _checked_in(chosen.check))
    return _told(chosen, ((_name(one), _checked(made(one))) for one in _homes(chosen)))


def _homes(chosen: Namespace) -> Iterator[Home]:
    span = Span.of(chosen.first, chosen.years)
    for number in range(1, chosen.households + 1):
        yield home(chosen.seed, number, span, chosen.events)


def _name(one: Home) -> str:
    return f"household-{one.number:04}"


def _written(chosen: Namespace) -> int:
    names = []
    for one in _homes(chosen):
        whole, folder = made(one), chosen.to / _name(one)
        _write(folder, whole.contents.items())
        _write(folder, [(SHEET, in_json(whole.answers, 3))])
        names.append(_name(one))
    answer(chosen, names, f"{len(names)} households written")
    return 0


def _write(folder: Path, written: Iterable[tuple[str, bytes]]) -> None:
    for path, content in written:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _kit(chosen: Namespace) -> int:
    whole = made(next(_homes(chosen)))
    written = dict(kit(whole, config_of(chosen).base))
    _write(chosen.kit, written.items())
    line = f"{len(whole.files)} files of a household, its answers, the catalogue and queries"
    answer(chosen, sorted(written), line)
    return 0


async def _into_pod(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        done = await import_into(made(next(_homes(chosen))), await pod_of(server, chosen.pod))
    lines = [f"{done['files']} files: {done['new']} new rows, {done['rejected']} rejected"]
    if done["unread"]:
        lines.append(f"{done['unread']} files are of formats that are not imported here")
    answer(chosen, done, *lines)
    return 1 if done["rejected"] else 0


def _checked(whole: Made) -> tuple[str, ...]:
    return broken(whole.answers, whole.contents)


def _checked_in(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    sheets = sorted(folder.rglob(SHEET))
    if not sheets:
        raise CommandProblem(f"no folder of a household with its {SHEET} is there")
    for sheet in sheets:
        # A kit has the files in a folder of their own.
        root = sheet.parent / "household" if (sheet.parent / "household").is_dir() else sheet.parent
        files = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and path != sheet
        }
        yield root.name, broken(from_json(sheet.read_bytes()), files)


def _told(chosen: Namespace, checked: Iterable[tuple[str, tuple[str, ...]]]) -> int:
    found = list(checked)
    report = [{"household": name, "wrong": list(wrong)} for name, wrong in found]
    lines = [f"{name}: {sentence}" for name, wrong in found for sentence in wrong]
    good = sum(1 for _, wrong in found if not wrong)
    answer(chosen, report, *lines, f"{len(found)} households, {good} agree")
    return 0 if good == len(found) else 1
