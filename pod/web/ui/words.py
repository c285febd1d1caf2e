"""What the pages say, in each language, from the files beside this one."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_APART = re.compile(" (?=[:;?!»])|(?<=«) ")
_ELIDED = re.compile(r"(?<=\w)'(?=\w)")

Words = Mapping[str, str]
"""Sentences by `page.name`; `{name}` in one stands for what is to be filled in."""


@cache
def words(language: str) -> Words:
    """The sentences of one of `pod.http.language.LANGUAGES`, as they are set."""
    folder = files("pod.web.ui").joinpath("words", language)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {
        f"{page}.{name}": typeset(sentence)
        for file in names
        for page, sentences in tomllib.loads(folder.joinpath(file).read_text("utf-8")).items()
        for name, sentence in sentences.items()
    }


def typeset(sentence: str) -> str:
    """A sentence with spaces that no line ends at, before what French sets apart, and with the
    apostrophe of print.
    """
    return _APART.sub("\u202f", _ELIDED.sub("\N{RIGHT SINGLE QUOTATION MARK}", sentence))
