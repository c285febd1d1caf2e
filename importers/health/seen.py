"""What several signed cards of one person say alike is one thing and not two."""

from collections.abc import Hashable

from importers.contract import Item, Problem, Record

_AGAIN = "another card before this one says the same, and is the one that it is kept by"


class Seen:
    """What earlier cards of a file said."""

    def __init__(self) -> None:
        self._known: set[Hashable] = set()

    def once(self, item: Item, person: Hashable) -> Item:
        """The item, or a remark in its place where an earlier card of the person says it too."""
        if not isinstance(item, Record) or not item.counted:
            return item
        about = (person, item.kind, item.key, item.on)
        if about in self._known:
            return Problem(item.locator, _AGAIN, row=False)
        self._known.add(about)
        return item
