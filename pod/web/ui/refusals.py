"""What did not work, in the language of a page: problems themselves say it in English."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from pod.web.ui.words import typeset, words

_PLAIN: Final = {
    "WebID": "identity",
    "pod": "space",
    "grant": "access",
    "credentials": "key",
    "login method": "way to sign in",
    "login": "way to sign in",
    "issuer": "provider",
    "IRI": "address",
    "record": "piece of data",
    "token": "pass",
}
"""What pages call the things that programs have other names for."""
_WORD: Final = re.compile(rf"\b(?:{'|'.join(_PLAIN)})\b")


def in_words(problem: str, language: str) -> str:
    """A problem's sentence in "fr" or "en"; who reads French gets no English of it, but that it
    cannot be done.
    """
    if language != "fr":
        return _WORD.sub(lambda found: _PLAIN[found[0]], problem)
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
