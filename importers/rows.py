"""The one loop around rows: what a row becomes, or why it could not be read. No row is lost."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from importers.contract import Item, Problem


class Located(Protocol):
    """A row of a table, an element of a document: it knows where in the source it stands."""

    @property
    def locator(self) -> str: ...


Row = TypeVar("Row", bound=Located)


def convert(
    rows: Iterable[Row | Problem],
    read: Callable[[Row], Iterable[Item]],
    *,
    is_row: Callable[[Row], bool] = lambda _row: True,
) -> Iterator[Item]:
    """What `read` makes of each row, in order.

    `read` raises ValueError with one plain sentence for a row it cannot read; the row then
    becomes a Problem and nothing of it is kept. `is_row` says which of them are rows of the
    export, and which stand beside the rows (accounts, balances).
    """
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            items = tuple(read(row))
        except ValueError as error:
            # A JSON Pointer to the whole document is empty (RFC 6901 §5), and would name no place.
            yield Problem(row.locator or "/", str(error), row=is_row(row))
        else:
            yield from items
