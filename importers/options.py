"""What a person says of exports, held against what their importers declare, before one is read."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from importers.contract import Match, Option, Options
from importers.importer import Importer

COMPLETE: Final = Option(
    name="complete",
    fr="s'il ne manque rien au fichier, du premier jour au dernier qu'il contient",
    en="whether nothing is missing in the file, from its first day to its last",
    values=("yes", "no", "oui", "non"),
)
OF_ALL: Final = (COMPLETE,)
"""What may be said of every export."""
_MOST_NAMED = 12


def options_of(importer: Importer) -> tuple[Option, ...]:
    """All that may be said of an export that this importer reads."""
    return (*importer.options, *OF_ALL)


def hold(said: Options, importers: Collection[Importer]) -> None:
    """Hold what a person says of exports against the importers that read them.

    An option is for those that know it. Raises ValueError, with a sentence that names what may be
    said, where none of them does, and where a value is none that the option can have.
    """
    known: dict[str, list[tuple[Option, Importer]]] = {}
    for importer in importers:
        for option in options_of(importer):
            known.setdefault(option.name, []).append((option, importer))
    for name, text in said.values.items():
        if name not in known:
            raise ValueError(_unknown(name, importers, tuple(known)))
        for option, importer in known[name]:
            _check_value(option, text, "" if len(importers) == 1 else importer.format)


def with_name(said: Options, match: Match | None) -> Options:
    """What a person says of an export, and what only its file name says."""
    named = dict(match.named) if match else {}
    return replace(said, values={**named, **said.values}) if named else said


def missing(said: Options, importer: Importer) -> str:
    """The sentence that asks for what nothing can be kept without, "" where it was all said."""
    asked = unsaid(said, importer)
    return "; ".join(f"say {one.en}: `--option {one.name}={example(one)}`" for one in asked)


def unsaid(said: Options, importer: Importer) -> tuple[Option, ...]:
    """The options that nothing can be kept without, and that nobody has said."""
    asked = (one for one in importer.options if one.is_required)
    return tuple(one for one in asked if one.name not in said.values)


def needed(match: Match | None, importer: Importer) -> tuple[Option, ...]:
    """The options that one export calls for, as it was recognised: what it does not say itself."""
    names = match.needs if match else ()
    return tuple(one for one in importer.options if one.name in names)


def example(option: Option) -> str:
    """One of the values of an option, or all of them."""
    return "|".join(option.values) or option.example


def _unknown(name: str, importers: Collection[Importer], known: Collection[str]) -> str:
    shown = sorted(known)[:_MOST_NAMED]
    more = ", and more that `pod formats` lists" if len(known) > len(shown) else ""
    names = ", ".join(f"`{one}`" for one in shown) + more
    formats = sorted({one.format for one in importers})
    if len(formats) == 1:
        return f"the format {formats[0]} has no option `{name[:60]}`; it has {names}"
    return f"none of these files has an option `{name[:60]}`; they have {names}"


def _check_value(option: Option, text: str, format_: str) -> None:
    try:
        option.check(text)
    except ValueError as error:
        if option.is_file:  # where in the file the mistake is, and which
            raise ValueError(f"the file of the option `{option.name}`: {error}") from error
        of = f" of {format_}" if format_ else ""
        raise ValueError(f"the option `{option.name}`{of} takes {_kinds(option)}") from error


def _kinds(option: Option) -> str:
    if not option.values:
        return f"{option.en}, as in `{option.name}={option.example}`"
    *others, last = (f"`{value}`" for value in option.values)
    return f"{', '.join(others)} or {last}" if others else last


def by_option(importers: Collection[Importer]) -> Iterator[tuple[Option, tuple[str, ...]]]:
    """Each option once, with the formats that have it; those of every format come last."""
    formats: dict[Option, list[str]] = {}
    for importer in importers:
        for option in importer.options:
            formats.setdefault(option, []).append(importer.format)
    for option, names in formats.items():
        yield option, tuple(names)
    for option in OF_ALL:
        yield option, ()
