"""Telephone numbers of exports, and the parties of calls, who are never named by their number."""

import re
from typing import Final

from importers.contract import Iri

# What stands for a party until the core, which has the pod's secret, makes a pseudonym of it.
PARTY_OF = "urn:sd:party-of:"

_SEPARATORS = re.compile(r"[\s().-]+")
_INTERNATIONAL = re.compile(r"(?:\+|00)?([1-9]\d{6,14})", re.ASCII)
FRANCE = "33"
BRITAIN = "44"
# What follows the 0 of a number within a country.
_NATIONAL = {
    FRANCE: re.compile(r"0([1-9]\d{8})", re.ASCII),
    BRITAIN: re.compile(r"0([1-9]\d{8,9})", re.ASCII),
}
_DIGITS_IN_FRANCE = 9
_APART = r" \u00a0\u202f.-"
IN_TEXT: Final = re.compile(
    # ITU-T E.123: `+33 6 23 45 67 89`, as people write it. Fewer digits may be an amount.
    rf"(?<![\w+])\+[1-9](?:[(){_APART}]{{0,2}}\d){{8,14}}(?!,?\d)"
    rf"|(?<![\d+])(?:00\d{{2}}[ .]?(?:\(0\))?\d|0\d)(?:[{_APART}]\d{{2}}){{4}}(?!\d)"
)
"""A number as it is written to be read; ten digits without a mark between them may be anything."""


def e164(number: str, country: str = FRANCE) -> str:
    """A number as `+33623456789` (ITU-T E.164), from that, `33623456789` or `06 23 45 67 89`.

    `country` is the one of numbers that begin with a single 0. Raises ValueError for what cannot be
    called: too short, too long, or French without the nine digits that follow +33.
    """
    plain = _SEPARATORS.sub("", number)
    national = _NATIONAL[country].fullmatch(plain)
    if national:
        return f"+{country}{national.group(1)}"
    found = _INTERNATIONAL.fullmatch(plain)
    if found is None or not _possible(found.group(1)):
        raise ValueError("this is not a telephone number")
    return f"+{found.group(1)}"


def _possible(digits: str) -> bool:
    if not digits.startswith(FRANCE):
        return True
    rest = digits.removeprefix(FRANCE)
    return len(rest) == _DIGITS_IN_FRANCE and not rest.startswith("0")


def party_of(number: str, country: str = FRANCE) -> Iri:
    """The other party of a communication: a number, a short code or the name of a sender."""
    try:
        return Iri(PARTY_OF + e164(number, country))
    except ValueError:
        return Iri(PARTY_OF + _SEPARATORS.sub("", number).casefold())
