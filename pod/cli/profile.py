"""`pod profile`: extension profiles, by which others add classes to the vocabulary."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pod.cli.terms import CommandProblem, Commands, answer, command, config_of
from pod.store.profiles import drop, keep, kept
from vocab.profile import Profile, Unfit, read_profile


def add_to(commands: "Commands[ArgumentParser]") -> None:
    help_ = "extension profiles: classes of others beside those of the vocabulary"
    family = commands.add_parser("profile", help=help_, description=help_)
    of = family.add_subparsers(required=True, metavar="COMMAND")
    checked = command(of, "check", _check, "say what is wrong with a profile")
    added = command(of, "add", _add, "check a profile and keep it for the server")
    for made in (checked, added):
        made.add_argument(
            "file", type=Path, metavar="FILE", help="Turtle; its name is the profile's"
        )
    command(of, "list", _list, "list the profiles of a data folder")
    removed = command(of, "remove", _remove, "take a profile out of a data folder")
    removed.add_argument("name", help="the profile's name")


async def _check(chosen: Namespace) -> int:
    found = _read(chosen.file)
    answer(chosen, _said(found), f"{found.name}: {len(found.classes)} classes, nothing is wrong")
    return 0


async def _add(chosen: Namespace) -> int:
    found = _read(chosen.file)
    keep(config_of(chosen).data, found.name, found.text)
    answer(
        chosen, _said(found), f"{found.name} is served from the next start on, at {_at(found.name)}"
    )
    return 0


async def _list(chosen: Namespace) -> int:
    names = list(kept(config_of(chosen).data))
    answer(chosen, names, *(f"{name} {_at(name)}" for name in names))
    return 0


async def _remove(chosen: Namespace) -> int:
    if not drop(config_of(chosen).data, chosen.name):
        raise CommandProblem(f"there is no profile `{chosen.name}` in this data folder")
    answer(chosen, {"name": chosen.name}, f"{chosen.name} is no more served from the next start on")
    return 0


def _read(file: Path) -> Profile:
    """Raises CommandProblem with everything that is wrong, a line each."""
    try:
        return read_profile(file.stem, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandProblem(f"{file.name} cannot be read as a text in UTF-8", 2) from error
    except Unfit as unfit:
        raise CommandProblem("\n".join(f"{file.name}: {one}" for one in unfit.reasons)) from unfit


def _said(found: Profile) -> dict[str, object]:
    return {"name": found.name, "classes": [word.iri for word in found.classes]}


def _at(name: str) -> str:
    return f"/ns/ext/{name}"
