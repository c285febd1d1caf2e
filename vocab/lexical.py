"""Which texts are written as their datatype demands (XML Schema Part 2, lexical spaces)."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from vocab.names import RDF, XSD

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_DAY = r"(-?(?:[1-9]\d{3,}|0\d{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_HOUR = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_TIME = r"T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?"
_DATE = re.compile(_DAY + _ZONE, re.ASCII)
_DATE_TIME = re.compile(_DAY + "T" + _HOUR + _ZONE, re.ASCII)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _matches(pattern: str) -> Callable[[str], bool]:
    full = re.compile(pattern, re.ASCII).fullmatch
    return lambda text: full(text) is not None


def _in_calendar(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    @lru_cache(maxsize=4096)  # many records are of one day
    def test(text: str) -> bool:
        found = pattern.fullmatch(text)
        if found is None:
            return False
        year, month, day = (int(part) for part in found.groups())
        leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return day <= _LENGTHS[month - 1] + leap

    return test


def _anything(_text: str) -> bool:
    return True


WELL_FORMED: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        XSD.string: _anything,
        RDF.langString: _anything,
        # SHACL §4.1.2: only datatypes that SPARQL 1.1 supports are held to their lexical space;
        # a chunk of a series is too long to be parsed again for each import.
        RDF.JSON: _anything,
        XSD.boolean: _matches("true|false|1|0"),
        XSD.integer: _matches(r"[+-]?\d+"),
        XSD.decimal: _matches(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
        XSD.date: _in_calendar(_DATE),
        XSD.gYearMonth: _matches(rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}"),
        XSD.gYear: _matches(_YEAR + _ZONE),
        XSD.dateTime: _in_calendar(_DATE_TIME),
        XSD.duration: _matches(rf"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:{_TIME})?"),
        XSD.dayTimeDuration: _matches(rf"-?P(?=.)(?:\d+D)?(?:{_TIME})?"),
    }
)
