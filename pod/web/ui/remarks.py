"""What importers say of rows, in French where we have the words: they say it in English."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

# What changes from file to file: quoted words, numbers, and names as formats have them (TRNAMT).
_NAMES: Final = re.compile(r"`[^`]*`|\b\d+\b|\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_APART: Final = ": "


def remark_in_french(message: str) -> str:
    """A remark in French, "" where we have no words for it. One of two parts is put together."""
    if (known := _whole(message)) is not None:
        return known
    at = message.find(_APART)
    while at >= 0:
        first, second = _whole(message[:at]), remark_in_french(message[at + len(_APART) :])
        if first is not None and second:
            return f"{first}\u202f: {second}"
        at = message.find(_APART, at + 1)
    return ""


def _whole(message: str) -> str | None:
    french = _sentences().get(_shape(message))
    if french is None:
        return None
    return french.format(*(found.strip("`") for found in _NAMES.findall(message)))


def _shape(message: str) -> str:
    """A sentence without what changes from file to file."""
    return _NAMES.sub("{}", message)


@cache
def _sentences() -> Mapping[str, str]:
    text = files("pod.web.ui").joinpath("remarks.toml").read_text("utf-8")
    known = tomllib.loads(text)["remarks"]
    return {_shape(said): _spaced(french) for said, french in known.items()}


def _spaced(french: str) -> str:
    """French with the spaces that no line ends at."""
    for sign in (":", ";", "»", "«"):
        blank = f"{sign} " if sign == "«" else f" {sign}"
        french = french.replace(blank, blank.replace(" ", "\u202f"))
    return french
