"""What a line of the journal is to the person whose pod it is: who did it, and which kind it is."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Final

from acl import OWN_PAGES
from pod.consent.categories import CATEGORIES, Category, category_of
from pod.model import Entry
from vocab.places import DATA


class Who(Enum):
    """What somebody is to the person."""

    YOU = "you"  # herself
    APP = "app"  # which acts as her
    OTHER = "other"
    STRANGER = "stranger"  # who has not said who that is


@dataclass(frozen=True, slots=True)
class Party:
    """Who does something. `name` is the IRI of the app or the WebID, "" where there is none."""

    who: Who
    name: str


class Kind(Enum):
    """What a line tells of, as it is looked for."""

    OUT = "out"  # something was read
    IN = "in"  # something was written
    DECISION = "decision"  # about access
    SECURITY = "security"  # about who may decide
    REFUSED = "refused"


REFUSALS: Final = frozenset({401, 403})
SECURITY: Final = frozenset({"TRUST", "DISTRUST", "PROTECT", "SHARE", "ISSUER"})
_WRITES: Final = frozenset({"PUT", "POST", "PATCH", "DELETE", "IMPORT"})
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "SUBSCRIBE"})
_CONTAINERS: Final = frozenset({"", DATA})  # which tell by themselves what they hold, and no more


def party_of(agent: str | None, client: str | None, owners: Collection[str]) -> Party:
    """Who acts as an agent with an app; `owners` are the WebIDs of the person."""
    if agent is None:
        return Party(Who.STRANGER, "")
    if agent not in owners:
        return Party(Who.OTHER, agent)
    if client in {None, OWN_PAGES}:
        return Party(Who.YOU, "")
    return Party(Who.APP, client or "")


def kind_of(entry: Entry) -> Kind:
    """What a line tells of."""
    if entry.outcome in REFUSALS:
        return Kind.REFUSED
    if entry.action in _READS:
        return Kind.OUT
    if entry.action in _WRITES:
        return Kind.IN
    return Kind.SECURITY if entry.action in SECURITY else Kind.DECISION


def categories_in(entry: Entry) -> tuple[Category, ...]:
    """The categories of data that a line is about; none where it is about no data."""
    if entry.categories:
        return tuple(CATEGORIES[name] for name in entry.categories if name in CATEGORIES)
    if entry.target.startswith(".") or entry.target in _CONTAINERS:
        return ()
    found = category_of(entry.target)
    return (found,) if found.path not in _CONTAINERS else ()


def has_left(entry: Entry) -> bool:
    """Whether something was answered to a reader."""
    return kind_of(entry) is Kind.OUT and entry.outcome < 300 and entry.bytes != 0
