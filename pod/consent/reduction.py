"""Giving less than was given: what holds now, as a question that can only be answered with less."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from acl import Mode
from pod.agreements import AccessGrant, AccessRequest, Item, RequestState
from pod.consent.access_request import check_within
from pod.consent.line import days, line
from pod.consent.screen import Choice, Part, Screen, Section
from pod.problems import Conflict, Unprocessable

_DAY: Final = timedelta(days=1)
_KEPT: Final = {"item_what": "item_what", "item_modes": "item_modes_now"}
"""The lines that stay of an item, and what they are called now."""


def as_request(grant: AccessGrant, now: datetime) -> AccessRequest:
    """What a grant gives at a time, in UTC, as if just that was asked for: so the rules of requests
    say what is no more than that. Raises Conflict for one that is over.
    """
    return AccessRequest(
        id=grant.id,
        agent=grant.agent,
        client=grant.client,
        purpose=grant.purpose,
        sentence=grant.sentence,
        required=grant.items,
        optional=(),
        days=days_of(grant, now),
        retention=grant.retention,
        terms=grant.terms,
        manifest=None,
        inbox=None,
        state=RequestState.WAITING,
        created=grant.created,
        lapses=grant.until or now + _DAY,
        ends=grant.until,
    )


def days_of(grant: AccessGrant, now: datetime) -> int | None:
    """For how many days a grant still holds, those that have begun with it; None for until it is
    stopped. Raises Conflict for one that is over.
    """
    if grant.until is None:
        return None
    if grant.until <= now:
        raise Conflict("the time of this access is over")
    return -((now - grant.until) // _DAY)


def check_less(
    grant: AccessGrant, items: tuple[Item, ...], length: int | None, now: datetime
) -> None:
    """Raise Unprocessable for more than a grant gives, and for just as much."""
    given = as_request(grant, now)
    check_within(given, items, length)
    if _rights(items) == _rights(grant.items) and length == given.days:
        raise Unprocessable("take away some of it, or leave it as it is")


def _rights(items: tuple[Item, ...]) -> frozenset[tuple[str, Mode]]:
    return frozenset((one.path, one.modes) for one in items)


def reducing(screen: Screen, until: datetime | None) -> Screen:
    """The screen of what holds now, to take away from: all of it is ticked, nothing else is there.

    `until` is when it ends, None for when it is stopped.
    """
    kept = (_kept(one, screen, until) for one in screen.sections)
    return replace(
        screen,
        sections=tuple(one for one in kept if one is not None),
        duration=screen.asked.days,
        is_given=True,
    )


def _kept(section: Section, screen: Screen, until: datetime | None) -> Section | None:
    if section.part is Part.DATA:
        return Section(part=Part.DATA, lines=(), choices=tuple(map(_given, section.choices)))
    if section.part is not Part.TIME:
        return None
    now = line("time_now", duration=days(screen.asked.days))
    end = (line("time_until", day=until.date()),) if until else ()
    return Section(part=Part.TIME, lines=(now, *end))


def _given(choice: Choice) -> Choice:
    """Something that was given: what it is, and what is there."""
    lines = (replace(one, key=_KEPT[one.key]) for one in choice.lines if one.key in _KEPT)
    return replace(choice, is_ticked=True, lines=tuple(lines))
