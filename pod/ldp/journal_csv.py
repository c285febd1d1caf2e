"""The journal as a table, for spreadsheets (RFC 4180)."""

import csv
import io
from collections.abc import Iterable

from pod.http.cells import text
from pod.ldp.journal_page import Told, json_line

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
_COLUMNS = (
    "number",
    "time",
    "agent",
    "client",
    "action",
    "target",
    "outcome",
    "purpose",
    "grants",
    "categories",
    "fields",
    "rows",
    "bytes",
    "precision",
)


def csv_page(storage: str, lines: Iterable[Told]) -> bytes:
    """Some lines, each a row."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    for line in lines:
        said = json_line(storage, line)
        table.writerow([_cell(said[name]) for name in _COLUMNS])
    return file.getvalue().encode()


def _cell(value: object) -> str:
    return text(" ".join(value) if isinstance(value, list) else "" if value is None else str(value))
