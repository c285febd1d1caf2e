"""`pod people`: synthetic households, the files of their holders and the true answers."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pod.cli.terms import CommandProblem, Commands, answer, command
from pod.people.answers import SHEET
from pod.people.files.written import in_json
from pod.people.home import EVENTS, Home, Span, home
from pod.people.invariants import broken
from pod.people.made import Made, made
from pod.people.reading import in_json as from_json

FIRST = date(2023, 1, 1)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "people", _people, "make synthetic households with known answers")
    made.add_argument("--households", type=int, default=1, metavar="N", help="how many (default 1)")
    made.add_argument("--years", type=int, default=1, metavar="Y", help="how long (default 1)")
    made.add_argument("--seed", type=int, default=1, help="another seed makes other households")
    made.add_argument("--from", dest="first", type=_day, default=FIRST, help="the first day")
    made.add_argument("--events", type=_events, default=frozenset(), help=", ".join(EVENTS))
    made.add_argument("--to", type=Path, metavar="DIR", help="the folder that they are written to")
    made.add_argument(
        "--check",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="DIR",
        help="check that the files of a folder agree; without DIR, those that would be written",
    )


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("this is no day such as 2023-01-01") from None
    if (found.month, found.day) == (2, 29):
        raise ArgumentTypeError("years cannot begin on a 29 February")
    return found


def _events(text: str) -> frozenset[str]:
    events = frozenset(filter(None, (word.strip() for word in text.split(","))))
    if not events <= set(EVENTS):
        raise ArgumentTypeError(f"the events are {', '.join(EVENTS)}")
    return events


async def _people(chosen: Namespace) -> int:
    if chosen.households < 1 or chosen.years < 1:
        raise CommandProblem("there is at least one household and one year", 2)
    if chosen.check is not None and chosen.check != Path():
        return _told(chosen, dict(_checked_in(chosen.check)), "agree")
    if chosen.to is None and chosen.check is None:
        raise CommandProblem("say with --to where to, or --check", 2)
    found: dict[str, tuple[str, ...]] = {}
    for one in _homes(chosen):
        whole = made(one)
        name = _name(one)
        if chosen.to is not None:
            _write(whole, chosen.to / name)
        found[name] = _checked(whole) if chosen.check is not None else ()
    return _told(chosen, found, "agree" if chosen.check is not None else "written")


def _homes(chosen: Namespace) -> Iterator[Home]:
    span = Span.of(chosen.first, chosen.years)
    for number in range(1, chosen.households + 1):
        yield home(chosen.seed, number, span, chosen.events)


def _name(one: Home) -> str:
    return f"household-{one.number:04}"


def _write(whole: Made, folder: Path) -> None:
    for path, content in ((file.path, file.content) for file in whole.files):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / SHEET).write_bytes(in_json(whole.answers, 3))


def _checked(whole: Made) -> tuple[str, ...]:
    sheet = from_json(in_json(whole.answers, 3))
    return broken(sheet, {file.path: file.content for file in whole.files})


def _checked_in(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    sheets = sorted(folder.rglob(SHEET))
    if not sheets:
        raise CommandProblem(f"no folder of a household with its {SHEET} is there")
    for sheet in sheets:
        root = sheet.parent
        files = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and path != sheet
        }
        yield root.name, broken(from_json(sheet.read_bytes()), files)


def _told(chosen: Namespace, found: dict[str, tuple[str, ...]], word: str) -> int:
    report = [{"household": name, "wrong": list(wrong)} for name, wrong in found.items()]
    lines = [f"{name}: {sentence}" for name, wrong in found.items() for sentence in wrong]
    bad = sum(1 for wrong in found.values() if wrong)
    answer(chosen, report, *lines, f"{len(found)} households, {len(found) - bad} {word}")
    return 1 if bad else 0
