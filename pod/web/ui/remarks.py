"""What importers say of rows, and where, in the language of a page: they say it in English."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pod.web.ui.words import Words, typeset, words

# What changes from file to file: quoted words, numbers, and names as formats have them (TRNAMT).
_NAMES: Final = re.compile(r"`[^`]*`|\b\d+\b|\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_TYPED: Final = re.compile(
    r"say (?:it|which(?: is yours)?)?(?:, | with )?"
    r"(?:`--option [^`]+`|[\w-]+=\S+(?: or [\w-]+=\S+)?)"
    r"|say `[\w-]+=[^`]+` or `[^`]+`|say [^:]*: `--option [^`]*`"
    r"|and `--option [\w-]+=` says another"
)
"""How an option is said to a command."""
_BLANK: Final = "\0"  # which no text has in it
_ANY: Final = "*"
_APART: Final = ": "
_MOST_PARTS: Final = 8  # of a remark: the name of a column in it may have any number of them
_FILE: Final = "/"
_NAMED: Final = re.compile(r"(\w+)=(\d+)")
_COUNTED: Final = re.compile(r"\[(\d+)\]|(?<=/)(\d+)(?=/|$)")
_ROW: Final = re.compile(r"[a-z]+/(\d+)")
_BETWEEN: Final = re.compile(r"(?<=\d)[ ,](?=[a-z])|!")


@dataclass(frozen=True, slots=True)
class Remark:
    """What an importer says of a place in a file."""

    place: str
    message: str


def told_remark(locator: str, message: str, language: str) -> Remark:
    """A remark as a page has it, in its language."""
    return Remark(place_said(locator, language), remark_said(message, language))


def remark_said(message: str, language: str) -> str:
    """A remark in a language. Who has to read French gets no English, but that it was not read."""
    if language != "fr":
        return _TYPED.sub("say it below", message)
    return remark_in_french(message) or words(language)["arrival.not_read"]


def place_said(locator: str, language: str) -> str:
    """Where something stands in a file: "line=12" is line 12, and the third of what is in the first
    element is 1.3, whatever the format counts from.
    """
    say = words(language)
    if locator == _FILE:
        return say["place.file"]
    if found := _ROW.fullmatch(locator):
        return say["place.element"].format(number=found[1])
    if not locator.startswith(_FILE):
        named = _NAMED.sub(lambda found: _place(found, say), locator)
        said = _BETWEEN.sub(", ", named).removesuffix(", /")
        return said[:1].upper() + said[1:]
    counted = [one or str(int(two) + 1) for one, two in _COUNTED.findall(locator)]
    if not counted:
        return say["place.part"].format(name=locator.rpartition(_FILE)[2])
    return say["place.element"].format(number=".".join(counted))


def _place(found: re.Match[str], say: Words) -> str:
    called = say.get(f"place.{found[1]}")
    return called.format(number=found[2]) if called else found[0]


def remark_in_french(message: str) -> str:
    """A remark in French, "" where we have no words for it. One of two parts is put together."""
    if (known := _whole(message)) is not None:
        return known
    parts = message.split(_APART)
    for at in range(1, len(parts)) if len(parts) <= _MOST_PARTS else ():
        first = _whole(_APART.join(parts[:at]))
        if first is not None and (second := remark_in_french(_APART.join(parts[at:]))):
            return f"{first}\u202f: {second}"
    return ""


def _whole(message: str) -> str | None:
    french = _sentences().get(_shape(message))
    if french is not None:
        return french.format(*(found.strip("`") for found in _NAMES.findall(message)))
    found = ((one.fullmatch(message), said) for one, said in _patterns())
    return next((said.format(*match.groups()) for match, said in found if match), None)


def _shape(message: str) -> str:
    """A sentence without what changes from file to file."""
    return _NAMES.sub(_BLANK, message)


@cache
def _sentences() -> Mapping[str, str]:
    return {_shape(said): typeset(french) for said, french in _known() if _ANY not in said}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with something in them that is no name."""
    return tuple(
        (re.compile(re.escape(said).replace(re.escape(_ANY), "(.+)")), typeset(french))
        for said, french in _known()
        if _ANY in said
    )


def _known() -> Iterator[tuple[str, str]]:
    for file in files("pod.web.ui").joinpath("remarks_fr").iterdir():
        yield from tomllib.loads(file.read_text("utf-8"))["remarks"].items()
