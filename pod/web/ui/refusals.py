"""What did not work, in the language of a page: problems themselves say it in English."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pod.web.ui.words import typeset


def in_words(problem: str, language: str) -> str:
    """A problem's sentence in "fr" or "en"; as it is where we have no words for it."""
    if language != "fr":
        return problem
    for pattern, french in _known():
        if found := pattern.fullmatch(problem):
            return french.format(*found.groups())
    return problem


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("pod.web.ui").joinpath("refusals.toml").read_text("utf-8")
    return tuple(
        (re.compile(re.escape(said).replace(r"\{0\}", "(.+)")), typeset(french))
        for said, french in tomllib.loads(text).items()
    )
