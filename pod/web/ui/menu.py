"""The menu of who is signed in: five entries, and the pages behind each."""

from dataclasses import dataclass
from typing import Final

from pod.web.places import (
    ADD,
    APPS,
    DATA,
    HOME,
    JOURNAL,
    ORGANISATIONS,
    RECIPES,
    REQUESTS,
    SECURITY,
    SETTINGS,
    SPACES,
    TERMS,
    TIMELINE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the name of its words, its address, and the pages that belong to it, its own
    first; none where it is alone.
    """

    name: str
    address: str
    pages: tuple[tuple[str, str], ...] = ()

    def has(self, place: str) -> bool:
        """Whether a page belongs to it."""
        if self.address == HOME:
            return place == HOME
        return any(place.startswith(one) for one in (self.address, *(at for _, at in self.pages)))


MENU: Final = (
    Entry("home", HOME),
    Entry(
        "data",
        DATA,
        (("domains", DATA), ("recipes", RECIPES), ("timeline", TIMELINE), ("add", ADD)),
    ),
    Entry("organisations", ORGANISATIONS),
    Entry("apps", APPS, (("apps", APPS), ("requests", REQUESTS), ("journal", JOURNAL))),
    Entry(
        "settings",
        SETTINGS,
        (("general", SETTINGS), ("security", SECURITY), ("terms", TERMS), ("spaces", SPACES)),
    ),
)


def menu(place: str) -> tuple[tuple[Entry, ...], Entry | None]:
    """All entries, and the one that a page belongs to."""
    path = place.partition("?")[0]
    return MENU, next((entry for entry in MENU if entry.has(path)), None)
