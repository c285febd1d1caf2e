"""The words of a text with markup."""

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<[^<>]*>")
_BREAK: Final = re.compile(r"<br\s*/?>|</p>\s*<p\b[^<>]*>")


def plain(markup: str) -> str:
    """A text without its HTML, on one line."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", markup))).split())
