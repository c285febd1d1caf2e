r"""Texts and times in the archives of Facebook and Instagram.

Their JSON has each octet of a text in UTF-8 as a character of its own (`\u00c3\u00a9` for `é`),
in names of members too. Some times are seconds since 1970 and some are thousandths.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from importers.document import Element

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# As seconds this is the year 5138, as thousandths it is March 1973.
_THOUSANDTHS: Final = Decimal(10**11)
_LATEST: Final = Decimal(250 * 10**12)


def mended(value: Any) -> Any:
    """A value in which each text is what somebody wrote. A text that is in order stays."""
    if isinstance(value, str):
        return _mended_text(value)
    if isinstance(value, list):
        return [mended(one) for one in value]
    if isinstance(value, dict):
        return {_mended_text(name): mended(one) for name, one in value.items()}
    return value


def _mended_text(text: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def moment(element: Element, *paths: str) -> datetime:
    """The time at the first of some paths where one is. Raises ValueError without one."""
    for path in paths:
        if element.get(path) is not None:
            return _moment(element.number(path))
    raise ValueError(f"`{paths[0]}` is missing")


def _moment(count: Decimal) -> datetime:
    if not 0 < count < _LATEST:
        raise ValueError("its time is no moment")
    if count >= _THOUSANDTHS:
        return _EPOCH + timedelta(milliseconds=int(count))
    return _EPOCH + timedelta(seconds=int(count))


def within(element: Element, path: str) -> Iterator[Element]:
    """The objects of the list at a path, none where there is no list."""
    rows = element.get(path)
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield Element(f"{element.locator}/{path}/{place}", row)
