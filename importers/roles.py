"""Columns of tables of which nobody publishes the names: known by several names each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from importers.table import Columns, Row, folded, width_of


@lru_cache(maxsize=32)
def _all_of(known: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(folded(name) for several in known for name in several)


@dataclass(frozen=True, slots=True)
class Roles:
    """Where in a table the columns stand that are read, by what they say ("day", "price").

    `names` are those that the table gives them, `width` is how many columns it has.
    """

    places: Mapping[str, int]
    names: Mapping[str, str]
    width: int

    @classmethod
    def of(cls, header: Row, known: Mapping[str, tuple[str, ...]]) -> "Roles":
        """What a row of names has: of several names of one column, the first that is there."""
        columns = Columns.of(header)
        if columns.positions.keys().isdisjoint(_all_of(tuple(known.values()))):
            return cls({}, {}, width_of(header))  # as with most rows, of whatever file
        names = {
            role: name
            for role, several in known.items()
            if (name := next((one for one in several if columns.have(one)), None))
        }
        places = {role: columns.positions[folded(name)] for role, name in names.items()}
        return cls(places, names, width_of(header))

    def have(self, *roles: str) -> bool:
        """Whether the table has one of these columns."""
        return not self.places.keys().isdisjoint(roles)

    def cell(self, row: Row, role: str) -> str:
        """The cell of a row under a column, "" where the table has none."""
        place = self.places.get(role)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def is_last(self, *roles: str) -> bool:
        """Whether one of these columns is the last one."""
        return any(self.places.get(role) == self.width - 1 for role in roles)
