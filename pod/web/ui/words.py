"""What the pages say, in each language, from the files beside this one."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Words = Mapping[str, str]
"""Sentences by `page.name`; `{name}` in one stands for what is to be filled in."""


@cache
def words(language: str) -> Words:
    """The sentences of one of `pod.http.language.LANGUAGES`."""
    text = files("pod.web.ui").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{page}.{name}": sentence
        for page, sentences in tomllib.loads(text).items()
        for name, sentence in sentences.items()
    }
