"""What the pages say, in each language, from the files beside this one."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "fr")
DEFAULT: Final = "en"

Words = Mapping[str, str]
"""Sentences by `page.name`; `{name}` in one stands for what is to be filled in."""


@cache
def words(language: str) -> Words:
    """The sentences of one of LANGUAGES."""
    text = files("pod.web.ui").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{page}.{name}": sentence
        for page, sentences in tomllib.loads(text).items()
        for name, sentence in sentences.items()
    }


def language_of(accept_language: str | None) -> str:
    """The language of a page for somebody whose browser prefers these (RFC 9110 §12.5.4)."""
    ranked = sorted(map(_weighed, (accept_language or "").split(",")), reverse=True)
    return next((tag for weight, tag in ranked if weight > 0 and tag in LANGUAGES), DEFAULT)


def _weighed(item: str) -> tuple[float, str]:
    tag, _, parameter = item.strip().partition(";")
    name, _, value = parameter.strip().partition("=")
    try:
        weight = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        weight = 0.0
    # RFC 4647 §3.3.1: `fr-CA` wants French before anything else.
    return weight, tag.partition("-")[0].strip().lower()
