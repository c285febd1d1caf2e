"""What has left a pod, and how much of it: by category, by who read it, and for which purpose."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pod.agreements import AccessGrant, AccessRequest
from pod.consent.asked import of_request
from pod.consent.categories import covered
from pod.consent.deed import Party, Who, categories_in, has_left, party_of
from pod.consent.diet import Covered
from pod.model import Doing
from pod.rdf.said import ANY, iri_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What one party has read of one category for one purpose. `category` is "" for what is of
    none, `purpose` an IRI, None where none was named; `last` is in UTC.
    """

    category: str
    party: Party
    purpose: str | None
    answers: int
    rows: int
    bytes: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What has left under one grant: how many rows, and when for the last time, in UTC.

    `read` are the IRIs of the properties that were read, by category; None among them for others.
    """

    rows: int
    last: datetime
    read: Mapping[str, frozenset[str | None]]


def outflow(doings: Iterable[Doing], owners: Collection[str]) -> tuple[Flow, ...]:
    """What others than the person have read, by category. What is of several counts for each."""
    found: dict[tuple[str, Party, str | None], list[Doing]] = defaultdict(list)
    for doing in doings:
        party = party_of(doing.entry.agent, doing.entry.client, owners)
        if party.who is Who.YOU or not has_left(doing.entry):
            continue
        for name in [one.name for one in categories_in(doing.entry)] or [""]:
            found[name, party, doing.entry.purpose].append(doing)
    return tuple(
        _flow(*key, found[key])
        for key in sorted(found, key=lambda key: (key[0], key[1].name, key[2] or ""))
    )


def left_under(grant: str, doings: Iterable[Doing]) -> Left | None:
    """What has left under a grant, an IRI; None where nothing has."""
    used = [one for one in doings if grant in one.entry.grants and has_left(one.entry)]
    if not used:
        return None
    read: dict[str, set[str | None]] = defaultdict(set)
    for doing in used:
        for category in categories_in(doing.entry):
            read[category.name].update(map(iri_of, doing.entry.fields or (ANY,)))
    return Left(
        rows=sum(one.rows for one in used),
        last=max(one.entry.time for one in used),
        read={name: frozenset(fields) for name, fields in read.items()},
    )


def covered_by(grant: AccessGrant, request: AccessRequest | None) -> tuple[Covered, ...]:
    """What a grant covers, with the fields that the app said it would use when it asked."""
    asked = {} if request is None else {one.path: one.fields for one in of_request(request).items}
    found = {
        category.name: frozenset(asked.get(item.path, ()))
        for item in grant.items
        for category in covered(item.path)
    }
    return tuple(Covered(category=name, fields=fields) for name, fields in found.items())


def used_of(left: Left | None, granted: Iterable[Covered]) -> Mapping[str, frozenset[str]]:
    """The fields that were read, by category, as far as they are known: of what was read as a whole
    all that was granted.
    """
    known = {one.category: one.fields for one in granted}
    read = {} if left is None else left.read
    return {
        name: frozenset(one for one in fields if one is not None)
        | (known.get(name, frozenset()) if None in fields else frozenset())
        for name, fields in read.items()
    }


def _flow(category: str, party: Party, purpose: str | None, doings: list[Doing]) -> Flow:
    return Flow(
        category=category,
        party=party,
        purpose=purpose,
        answers=sum(one.times for one in doings),
        rows=sum(one.rows for one in doings),
        bytes=sum(one.bytes for one in doings),
        last=max(one.entry.time for one in doings),
    )
