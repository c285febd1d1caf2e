"""Whether the last row of a table that does not end its line is all there."""

from importers.table import Row

CUT = "the file ends in the middle of this row, or does not end its line: end it if it is whole"
_MOST = 10_000


class Endings:
    """Learns how rows end, so as to say of a last one whether it goes on, as it seems.

    It is all there where its last cell has the form of one before, no cell before goes on from
    there, and no row before has more cells.
    """

    def __init__(self) -> None:
        self._forms: dict[int, set[str]] = {}
        self._widest = 0

    def add(self, row: Row) -> None:
        """A row before the last one."""
        self._widest = max(self._widest, len(row.cells))
        for place, cell in enumerate(row.cells):
            forms = self._forms.setdefault(place, set())
            if len(forms) < _MOST:
                forms.add(_form(cell))

    def check(self, row: Row) -> None:
        """Raises ValueError for a last row that is cut off, or may be."""
        place = len(row.cells) - 1
        forms, form = self._forms.get(place, set()), _form(row.cells[place])
        goes_on = any(one.startswith(form) and one != form for one in forms)
        if form not in forms or goes_on or self._widest > place + 1:
            raise ValueError(CUT)


def _form(cell: str) -> str:
    return "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in cell)
