"""Whether the last row of a table whose last line does not end is all there."""

import re
from typing import Final

from importers.table import Row

_WHOLE: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|-?[\d\s]*\d[.,]\d{2}|oui|non|yes|no|true|false",
    re.IGNORECASE,
)
_CUT: Final = "the file ends within this row: where it is whole, end its line and import it again"


def check_ending(row: Row) -> None:
    """Raises ValueError for a row that may be cut off in its last cell.

    A day, an amount with two decimals, and yes or no are whole; of anything else more may follow.
    """
    if row.is_cut and not _WHOLE.fullmatch(row.cells[-1]):
        raise ValueError(_CUT)
