"""The domains of a life, and which containers of the vocabulary belong to each (SYS-32).

A person looks for her money, her home, her health; programs look for bank, energy, health. This is
the one table between both.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_TABLE = (
    ("money", "bank"),
    ("home", "energy"),
    ("health", "health"),
    ("travel", "mobility"),
    ("shopping", "retail"),
    ("communications", "telecom", "online"),
    ("studies", "education"),
    ("work", "work"),
    ("administrative", "insurance", "vault"),
    ("relations", "community", "contacts", "calendar", "relation"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDomain:
    """A domain of a life, and the containers below /data/ that belong to it."""

    name: str
    containers: tuple[str, ...]


LIFE: Final = tuple(
    LifeDomain(name=name, containers=tuple(containers)) for name, *containers in _TABLE
)
"""All of them, in the order in which they are shown."""

LIFE_OF: Final = MappingProxyType({one: life for life in LIFE for one in life.containers})
"""By container, the domain of a life that it belongs to."""

_SECTORS: Final = MappingProxyType(
    {"transport": "mobility", "platform": "online", "employer": "work", "public": "vault"}
)
"""The sectors of holders whose containers have another name."""


def life_of_sector(sector: str) -> str:
    """The domain of a life that holders of a sector belong to, "" where that is none."""
    found = LIFE_OF.get(_SECTORS.get(sector, sector))
    return found.name if found else ""
