"""`pod formats`: the exports that can be imported, and what may be said of them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping

from importers import known
from importers.contract import Option
from importers.options import by_option, example, options_of
from pod.cli.terms import Commands, answer, command


def add_to(commands: "Commands[ArgumentParser]") -> None:
    command(commands, "formats", _formats, "list the exports that can be imported")


async def _formats(chosen: Namespace) -> int:
    told = [
        {
            "format": one.format,
            "title": one.title,
            "domain": one.domain,
            "extensions": list(one.extensions),
            "options": [_option(option) for option in options_of(one)],
        }
        for one in known()
    ]
    answer(chosen, told, *_lines())
    return 0


def _option(option: Option) -> Mapping[str, object]:
    return {
        "name": option.name,
        "label": {"fr": option.fr, "en": option.en},
        "values": list(option.values),
        "example": option.example or option.values[0],
        "required": option.is_required,
    }


def _lines() -> Iterator[str]:
    for one in known():
        yield f"{one.format:<22} {one.domain:<10} {one.title}"
    yield ""
    yield "What a file does not say of itself, you say with --option NAME=VALUE:"
    for option, formats in by_option(known()):
        needed = " (needed)" if option.is_required else ""
        yield f"  {option.name}={example(option)}{needed}: {option.en}"
        yield f"      {', '.join(formats) or 'every format'}"
