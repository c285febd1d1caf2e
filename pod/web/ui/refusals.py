"""What did not work, in the language of a page: problems themselves say it in English."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pod.web.ui.words import typeset, words


def in_words(problem: str, language: str) -> str:
    """A problem's sentence in "fr" or "en"; who reads French gets no English of it, but that it
    cannot be done.
    """
    if language != "fr":
        return problem
    for pattern, french in _known():
        if found := pattern.fullmatch(problem):
            return french.format(*found.groups())
    return words(language)["message.unknown"]


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("pod.web.ui").joinpath("refusals.toml").read_text("utf-8")
    return tuple(
        (re.compile(re.escape(said).replace(r"\{0\}", "(.+)")), typeset(french))
        for said, french in tomllib.loads(text).items()
    )
