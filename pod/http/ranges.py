"""Byte ranges (RFC 9110 §14): which part of a representation a GET is answered with."""

import re
from collections.abc import Mapping
from typing import Final

from pod.http.fields import read_http_date
from pod.http.preconditions import Validators
from pod.problems import RangeNotSatisfiable

# RFC 9110 §14.1.1: int-range = first-pos "-" [ last-pos ]; suffix-range = "-" suffix-length
_UNIT: Final = re.compile(r"bytes\s*=(.*)", re.IGNORECASE)
_RANGE: Final = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")


def requested_range(
    headers: Mapping[str, str], there: Validators, size: int
) -> tuple[int, int] | None:
    """The first and the last byte that are asked for, both inclusive; None for all of it.

    `size` is that of the representation in bytes. Raises RangeNotSatisfiable when no byte of the
    range is there. Several ranges are answered with the whole, as a server may.
    """
    asked = headers.get("Range")
    if asked is None or not _still_applies(headers.get("If-Range"), there):
        return None
    unit = _UNIT.fullmatch(asked.strip())
    # RFC 9110 §14.2: "A server MUST ignore a Range header field received with [...] a range unit
    # that it does not understand"; a value that is not one is ignored alike.
    ranges = [part.strip() for part in unit[1].split(",") if part.strip()] if unit else []
    found = _RANGE.fullmatch(ranges[0]) if len(ranges) == 1 else None
    if found is None or not (found[1] or found[2]):
        return None
    return _suffix(int(found[2]), size) if not found[1] else _positions(found, size)


def _still_applies(if_range: str | None, there: Validators) -> bool:
    # RFC 9110 §13.1.5: a strong comparison of entity tags, or "an exact match" of the date.
    if if_range is None:
        return True
    if (date := read_http_date(if_range)) is not None:
        return date == there.modified.replace(microsecond=0)
    return if_range.strip() == there.etag


def _suffix(length: int, size: int) -> tuple[int, int] | None:
    # RFC 9110 §14.1.2: "a suffix-range is satisfiable if the suffix-length is non-zero"; of an
    # empty representation the whole is sent.
    if length == 0:
        raise _not_satisfiable(size)
    return (max(0, size - length), size - 1) if size else None


def _positions(found: re.Match[str], size: int) -> tuple[int, int] | None:
    first, last = int(found[1]), int(found[2] or size)
    if found[2] and last < first:
        # RFC 9110 §14.1.1: "An int-range is invalid if the last-pos value is present and less
        # than first-pos."
        return None
    if first >= size:
        raise _not_satisfiable(size)
    return first, min(last, size - 1)


def _not_satisfiable(size: int) -> RangeNotSatisfiable:
    return RangeNotSatisfiable(f"ask for a range within the {size} bytes that are there", size)
