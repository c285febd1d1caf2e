"""What a person answers on the screen: the fields of the form, as a decision."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from acl import MODES, Mode
from pod.agreements import Item
from pod.consent.screen import UNTIL_STOPPED, Answer, Screen
from pod.problems import Malformed

_VERSION: Final = re.compile(r"[0-9a-f]{64}")
_GIVES: Final = (Answer.ACCEPT, Answer.PROPOSE)
_CHANGED: Final = "what was asked has changed; look at it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What she answered. `items` are what she ticked, with the modes that she ticked, and `days`
    for how long, None for until she stops it; both say nothing where she gives nothing.

    `is_all` is whether that is all that was required, as it was asked. `screen` is the version of
    the screen that she saw, to be kept with the decision as the proof of what was shown.
    """

    answer: Answer
    items: tuple[Item, ...]
    days: int | None
    is_all: bool
    screen: str


def read_answer(pairs: Iterable[tuple[str, str]], screen: Screen) -> Decision:
    """The decision that the fields of the form stand for, read against the screen that it was on.

    Fields: `answer`; `item`, the number of an item of the screen from 0 on, once for each that is
    ticked; `modes-N` for item N, once for each mode, where more than one is asked; `days`;
    `screen`; and `asked`, the gist of the screen. What was not ticked is never given, and nothing
    is where something else would be asked now than she saw. Raises Malformed.
    """
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    answer, seen = _answer(fields), _seen(fields)
    if answer not in _GIVES:
        return Decision(answer=answer, items=(), days=None, is_all=False, screen=seen)
    if _first(fields, "asked") != screen.gist:
        raise Malformed(_CHANGED)
    items = tuple(_given(number, fields, screen) for number in _ticked(fields, screen))
    if not items and screen.choices:
        raise Malformed("tick what you agree to, or refuse")
    due = (choice.item for choice in screen.choices if choice.item.is_required)
    required = {item.given(item.modes) for item in due}
    return Decision(
        answer=answer,
        items=items,
        days=_days(fields, screen),
        is_all=required <= set(items),
        screen=seen,
    )


def _seen(fields: dict[str, list[str]]) -> str:
    version = _first(fields, "screen")
    if not _VERSION.fullmatch(version):
        raise Malformed("open the page again, and answer on it")
    return version


def _answer(fields: dict[str, list[str]]) -> Answer:
    try:
        return Answer(_first(fields, "answer"))
    except ValueError as error:
        raise Malformed("choose one of the answers") from error


def _ticked(fields: dict[str, list[str]], screen: Screen) -> list[int]:
    known = {str(number): number for number in range(len(screen.choices))}
    try:
        return sorted({known[text] for text in fields.get("item", ())})
    except KeyError as error:
        raise Malformed(_CHANGED) from error


def _given(number: int, fields: dict[str, list[str]], screen: Screen) -> Item:
    choice = screen.choices[number]
    if not choice.modes:
        return choice.item.given(choice.item.modes)
    ticked = Mode.NONE
    for name in fields.get(f"modes-{number}", ()):
        ticked |= MODES.get(name, Mode.NONE)
    given = ticked & choice.item.modes
    if not given:
        raise Malformed("tick what may be done with what you agree to")
    return choice.item.given(given)


def _days(fields: dict[str, list[str]], screen: Screen) -> int | None:
    if not screen.durations:
        return None
    known = {UNTIL_STOPPED if days is None else str(days): days for days in screen.durations}
    text = _first(fields, "days")
    if text not in known:
        raise Malformed("choose one of the lengths of time")
    return known[text]


def _first(fields: dict[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]
