"""The terminals of SPARQL 1.1 (§19.8), longest match first, and nothing else.

Every character of a query belongs to exactly one token, so what the rules of `dataset` see is
what the engine sees. NIL and ANON are left as their two brackets.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from pod.problems import Malformed


class Kind(Enum):
    """The kinds of token that a rule tells apart; the values are the groups of the pattern."""

    SPACE = "space"
    COMMENT = "comment"
    IRI = "iri"
    PREFIXED_NAME = "name"
    WORD = "word"
    OTHER = "other"


class Token(NamedTuple):
    """One token; a tuple, since there are tens of thousands of them in a long query."""

    kind: Kind
    text: str


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"  # VARNAME after its first character
_CHARS = rf"{_NAME}\-"  # PN_CHARS
_ESCAPE = r"""\\[tbnrf\\"']"""  # ECHAR
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"  # PLX
_EXPONENT = r"[eE][+-]?[0-9]+"

# §19.8: where two alternatives can match at one place, the one that can match more stands first.
_TERMINALS = {
    "space": r"[ \t\r\n]+",
    # §19.4: comments "continue to the end of line (marked by characters 0x0D or 0x0A)".
    "comment": r"\#[^\r\n]*",
    "iri": r'<[^<>"{}|^`\\\x00-\x20]*>',
    # A run without a colon is scanned again from each of its words, so its length is bounded: a
    # longer prefix is no token, and refused.
    "name": rf"(?:[{_BASE}](?:[{_CHARS}.]{{0,64}}[{_CHARS}])?)?:"
    rf"(?:(?:[{_BASE}_:0-9]|{_LOCAL_ESCAPE})"
    rf"(?:\.*(?:[{_CHARS}:]|{_LOCAL_ESCAPE}))*)?",
    "word": r"[A-Za-z][A-Za-z0-9_]*",
    "other": "|".join(
        (
            rf"'''(?>'{{0,2}}+(?:[^'\\]|{_ESCAPE}))*+'''",
            rf'"""(?>"{{0,2}}+(?:[^"\\]|{_ESCAPE}))*+"""',
            rf"'(?:[^'\\\r\n]|{_ESCAPE})*+'",
            rf'"(?:[^"\\\r\n]|{_ESCAPE})*+"',
            rf"_:[{_BASE}_0-9](?:\.*[{_CHARS}])*",
            rf"[?$][{_BASE}_0-9][{_NAME}]*",
            r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
            rf"[+-]?(?:[0-9]+\.[0-9]*{_EXPONENT}|\.?[0-9]+{_EXPONENT}|[0-9]*\.[0-9]+|[0-9]+)",
            r"&&|\|\||\^\^|!=|<=|>=|[{}()\[\].;,*/+\-!=<>^|?]",
        )
    ),
}
# What no terminal matches is matched last, and belongs to no kind: nothing is passed over.
_TOKEN = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in {**_TERMINALS, "none": "."}.items()),
    re.DOTALL,
)
_KINDS: Mapping[str | None, Kind] = {kind.value: kind for kind in Kind}

# A backslash and what it escapes are taken together, so that `\\u0041` is no codepoint escape.
_CODEPOINT = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of a query, white space and comments included; together they are its text.

    Codepoint escapes are replaced first. Raises Malformed where no terminal matches.
    """
    text = without_escapes(text)
    for found in _TOKEN.finditer(text):
        kind = _KINDS.get(found.lastgroup)
        if kind is None:
            line = text.count("\n", 0, found.start()) + 1
            raise Malformed(f"the query is not SPARQL 1.1: line {line} cannot be read")
        yield Token(kind, found[0])


def without_escapes(text: str) -> str:
    """The text with its codepoint escapes replaced. Raises Malformed for one that is none."""
    # §19.2 #codepointEscape: codepoint escapes are replaced "before parsing by the grammar".
    decoded = _CODEPOINT.sub(_codepoint, text)
    # An escape that another one makes would be read by the engine, but not by us.
    if any(found[1] or found[2] for found in _CODEPOINT.finditer(decoded)):
        raise Malformed("the query escapes a backslash by its codepoint; write it as it is")
    return decoded


def _codepoint(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2]
    if digits is None:
        return escape[0]
    number = int(digits, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise Malformed("the query escapes a number that is no character")
    return chr(number)
