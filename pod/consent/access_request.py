"""Where a request for access stands, and who may take it where: the table, and the checks of what
is offered. Nothing here gives anything: see pod.flows.consent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final

from pod.agreements import AccessRequest, Item, Proposal, RequestState
from pod.consent.asked import is_bundle, of_request
from pod.consent.manifest import NO_RETENTION, is_days
from pod.consent.purposes import PURPOSES
from pod.problems import Conflict, Unprocessable

PATIENCE: Final = timedelta(days=30)
"""How long each side may take to answer: as long as the law gives who is asked for data."""


class Act(Enum):
    """What somebody does about a request. The first three are the person's."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    PROPOSE = "propose"
    TAKE = "take"  # the asker takes what was proposed
    DECLINE = "decline"
    COUNTER = "counter"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


TABLE: Final[Mapping[tuple[RequestState, Act], RequestState]] = MappingProxyType(
    {
        (RequestState.WAITING, Act.ACCEPT): RequestState.GRANTED,
        (RequestState.WAITING, Act.REFUSE): RequestState.REFUSED,
        (RequestState.WAITING, Act.PROPOSE): RequestState.PROPOSED,
        (RequestState.WAITING, Act.WITHDRAW): RequestState.WITHDRAWN,
        (RequestState.WAITING, Act.LAPSE): RequestState.LAPSED,
        (RequestState.PROPOSED, Act.TAKE): RequestState.GRANTED,
        (RequestState.PROPOSED, Act.DECLINE): RequestState.DECLINED,
        (RequestState.PROPOSED, Act.COUNTER): RequestState.WAITING,
        (RequestState.PROPOSED, Act.WITHDRAW): RequestState.WITHDRAWN,
        (RequestState.PROPOSED, Act.REFUSE): RequestState.REFUSED,
        (RequestState.PROPOSED, Act.LAPSE): RequestState.LAPSED,
    }
)
_OPEN: Final = frozenset({RequestState.WAITING, RequestState.PROPOSED})


_NOTHING: Final = frozenset(RequestState) - _OPEN - {RequestState.GRANTED}


def is_open(request: AccessRequest) -> bool:
    """Whether somebody still has to answer it."""
    return request.state in _OPEN


def came_to_nothing(request: AccessRequest) -> bool:
    """Whether it has ended without a grant, and the person had nothing to report of it."""
    return request.state in _NOTHING and request.reported is None


def check_askable(request: AccessRequest) -> None:
    """Raise Unprocessable for what nobody can be asked for in this way."""
    if not (*request.required, *request.optional):
        raise Unprocessable("say what you ask for: at least one thing")
    # CON-18: "purpose is mandatory, from a controlled list + plain sentence".
    if request.purpose not in PURPOSES:
        raise Unprocessable("name a purpose of the list in the documentation for apps")
    if not request.sentence:
        raise Unprocessable("say in plain words what it is for: `sentence`")
    # CAP-21: data that are not to be kept are not to be sent; only answers made of them could be.
    if request.retention == NO_RETENTION:
        raise Unprocessable(
            "to keep nothing is to be given no data, only answers made of them, and those cannot be"
            " asked for here; say how long you keep what you read, as in P30D"
        )
    _check_apart(request)


def days_left(request: AccessRequest, days: int | None, now: datetime) -> int | None:
    """For how many days what is agreed to at a time, in UTC, is given: no longer than the end that
    was asked for. Raises Conflict where that is over.
    """
    if request.ends is None:
        return days
    left = (request.ends - now).days
    if left < 1:
        raise Conflict("the time that access was asked for is over")
    return left if days is None else min(days, left)


def now_at(request: AccessRequest, now: datetime) -> AccessRequest:
    """The request as it stands at a time, in UTC: one that nobody answered has lapsed."""
    is_over = request.state in _OPEN and request.lapses <= now
    return replace(request, state=RequestState.LAPSED) if is_over else request


def step(request: AccessRequest, act: Act, now: datetime) -> AccessRequest:
    """The request after an act, at a time in UTC. Raises Conflict for one that is not to be done.

    One counter-offer of each side is enough: after that of the asker the person says yes or no.
    """
    request = now_at(request, now)
    after = TABLE.get((request.state, act))
    if after is None or (act is Act.PROPOSE and request.proposed is not None):
        raise Conflict(_WHY.get(request.state, "this request was answered already"))
    lapses = now + PATIENCE if after in _OPEN else request.lapses
    return replace(request, state=after, lapses=lapses)


def refusing(request: AccessRequest, reason: str | None, now: datetime) -> AccessRequest:
    """The request that the person refuses, for a reason if she likes. Raises Conflict."""
    # CON-38: "refusal reason optional".
    return replace(step(request, Act.REFUSE, now), reason=reason)


def proposing(request: AccessRequest, proposed: Proposal, now: datetime) -> AccessRequest:
    """The request with what the person offers instead. Raises Conflict and Unprocessable."""
    check_within(request, proposed.items, proposed.days)
    return replace(step(request, Act.PROPOSE, now), proposed=proposed)


def countering(
    request: AccessRequest, items: tuple[Item, ...], days: int | None, now: datetime
) -> AccessRequest:
    """The request with what the asker would take instead of a proposal: no more than it has asked
    for at first. Raises Conflict and Unprocessable.
    """
    after = step(request, Act.COUNTER, now)
    check_within(request, items, days)
    return replace(after, required=items, optional=(), days=days)


def check_within(request: AccessRequest, items: Iterable[Item], days: int | None) -> None:
    """Raise Unprocessable for nothing, and for more than was asked: data, modes or days."""
    given = tuple(items)
    if not given:
        raise Unprocessable("say what is meant: at least one of the things that were asked for")
    if not all(_is_asked(item, request) for item in given):
        raise Unprocessable("offer no more than what was asked for")
    _check_apart(replace(request, required=given, optional=()))
    if days is not None and not is_days(days):
        raise Unprocessable("say for how many days, at least one")
    if request.days is not None and (days is None or days > request.days):
        raise Unprocessable(f"offer no more than the {request.days} days that were asked for")


def _check_apart(request: AccessRequest) -> None:
    # CON-39: "sensitive categories never bundled".
    if is_bundle(of_request(request)):
        raise Unprocessable("what is sensitive goes by itself, each of it in its own request")


def _is_asked(item: Item, request: AccessRequest) -> bool:
    return any(
        _is_below(item.path, asked.path) and item.modes in asked.modes
        for asked in (*request.required, *request.optional)
    )


def _is_below(path: str, above: str) -> bool:
    return path == above or (path.startswith(above) and (not above or above.endswith("/")))


_WHY: Final = {
    RequestState.WAITING: "the person decides now: wait for her answer",
    RequestState.PROPOSED: "an offer was made: the asker decides now",
    RequestState.LAPSED: "nobody answered this request in time; ask anew",
}
