"""How many rows the results of a query have, counted in the bytes that are sent.

Solutions of SELECT, distinct subjects of CONSTRUCT and DESCRIBE, and 1 for ASK.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_TERM = b'"type":"'
_EMPTY = b"{}"
# A quote within a text is escaped: what follows this one is a name, or the text ended with {.
_OBJECT = re.compile(rb'\{"[^,:\]}]')
_OBJECTS = 3  # of the head, of the results, and around both

Octets = bytes | memoryview


def solutions_in(body: Octets, syntax: ox.QueryResultsFormat) -> int:
    """The solutions of SELECT, as the library writes them."""
    return _COUNTED[syntax](body)


def subjects_in(body: io.BytesIO, syntax: ox.RdfFormat) -> int:
    """The distinct subjects of a graph, which is read from its start."""
    body.seek(0)
    return len({quad.subject for quad in ox.parse(body, syntax)})


def _json(body: Octets) -> int:
    # Each solution is an object, and so is each term in it, which alone has a type that is a text.
    text = bytes(body)
    is_plain = _EMPTY not in text  # else there may be a solution that binds nothing
    objects = len(_OBJECT.findall(text)) if is_plain else _STRING.sub(b"", text).count(b"{")
    return objects - _OBJECTS - text.count(_TERM)


def _xml(body: Octets) -> int:
    return bytes(body).count(b"<result>")  # within a value it would be escaped


def _csv(body: Octets) -> int:
    text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", newline="")
    return sum(1 for _ in csv.reader(text)) - 1  # the names of the variables come first


def _tsv(body: Octets) -> int:
    return bytes(body).count(b"\n") - 1  # within a value it would be escaped


_COUNTED: Mapping[Any, Callable[[Octets], int]] = {
    ox.QueryResultsFormat.JSON: _json,
    ox.QueryResultsFormat.XML: _xml,
    ox.QueryResultsFormat.CSV: _csv,
    ox.QueryResultsFormat.TSV: _tsv,
}
