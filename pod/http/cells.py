"""Tables for spreadsheets (RFC 4180), with a mark that says they are in UTF-8."""

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
_MARK = "\ufeff"
# OWASP "CSV Injection": what begins one, in the wide forms of Asian letters too. A quote before it
# keeps a spreadsheet from running it.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table with its names of columns."""
    file = io.StringIO()
    written = csv.writer(file)
    written.writerow(head)
    written.writerows(rows)
    return (_MARK + file.getvalue()).encode()


def text(value: str) -> str:
    """A text for a cell: what somebody has written must not be a formula where it is opened."""
    return f"'{value}" if value.startswith(_FORMULAS) else value
