"""Why a file is left aside, in French where we have the words: importers say it in English."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from importers.beginnings import NO_IMPORTER
from pod.web.ui.remarks import remark_said
from pod.web.ui.words import typeset

_IS: Final = "this is "
_ALSO: Final = (
    (re.compile(r"XML of the kind (`[^`]*`)"), r"des données en XML, de la sorte \1"),
    (re.compile(r"a table with (.*)"), r"un tableau dont les colonnes sont \1"),
    (re.compile(r"JSON with (.*)"), r"des données en JSON, avec \1"),
)


def in_french(reason: str) -> str:
    """A reason in French, "" where we have no words for it."""
    known = _phrases()
    if reason in known["whole"]:
        return known["whole"][reason]
    if not reason.startswith(_IS):
        return ""
    told = reason.removeprefix(_IS)
    if said := next((fr for what, fr in known["declined"].items() if told.startswith(what)), ""):
        return said
    what, _, advice = told.partition(": ")
    said = known["what"].get(what) or _filled(what)
    if not said:
        return ""
    more = known["advice"].get(advice, "")
    form = known["said"]["advised" if more else "bare"]
    return form.format(what=said, advice=more)


def reason_said(reason: str, language: str) -> str:
    """A reason, or a remark that is one, in a language; without what is of use to nobody but who
    types commands.
    """
    said = plain(reason)
    return (language == "fr" and in_french(said)) or (said and remark_said(said, language))


def plain(reason: str) -> str:
    """A reason without what is of use to nobody but who types commands."""
    return reason.partition(f": {NO_IMPORTER}")[0]


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    text = files("pod.web.ui").joinpath("reasons.toml").read_text("utf-8")
    return {
        name: {said: typeset(french) for said, french in phrases.items()}
        for name, phrases in tomllib.loads(text).items()
    }


def _filled(what: str) -> str:
    for pattern, french in _ALSO:
        if found := pattern.fullmatch(what):
            return found.expand(french)
    return ""
