"""The lines of a chat that WhatsApp exports: which begin a message, and when that was.

iPhones write `[04.01.18, 11:53:57] Alice: …` (before 2017 `04.01.18, 11:53:57: Alice: …`), Android
`1/4/23, 7:02 PM - Alice: …`, each in the way of its country, some with the hour before the day, in
digits of its script, and with marks that show nothing. The first message tells which of these it
is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from importers.clock import full_year, wall_time
from importers.text import Ending, Readable, lines

_MARKS: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
# What tells the halves of the day apart, behind the hour or before it.
_MORNING: Final = (
    "上午",
    "凌晨",
    "清晨",
    "早上",
    "오전",
    "午前",
    "ÖÖ",
    "de.",
    "π.μ.",
    "ص",
    "पूर्वाह्न",
    "vm.",
)
_EVENING: Final = (
    "下午",
    "中午",
    "晚上",
    "오후",
    "午後",
    "ÖS",
    "du.",
    "μ.μ.",
    "م",
    "अपराह्न",
    "nm.",
)
_HALF: Final = "|".join(map(re.escape, (*_MORNING, *_EVENING)))
_BETWEEN: Final = r"(?:(?:à|às|at|um|alle|a las|la|klo|kl|kl\.|plkst\.|\u0433\.,?)\s)?"
_DAY: Final = (
    rf"(?P<a>\d{{1,4}})[{_MARKS}]?(?P<mark>[./-])\s?(?P<b>\d{{1,2}})[{_MARKS}]?(?P=mark)\s?"
    r"(?P<c>\d{4}|\d{1,2})"
)
_HOUR: Final = (
    rf"(?:(?P<early>{_HALF})\s?)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})"
    r"(?:[:.](?P<second>\d{2}))?"
    rf"(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\.?|{_HALF}))?"
)
_STAMP: Final = rf"{_DAY}\.?[,،]?\s{_BETWEEN}{_HOUR}"
_HOUR_FIRST: Final = rf"{_HOUR},?\s{_DAY}"
_BRACKETED: Final = re.compile(rf"[{_MARKS}]*\[[{_MARKS}]*{_STAMP}\]\s(?P<rest>.*)", re.DOTALL)
_DASHED: Final = re.compile(rf"[{_MARKS}]*{_STAMP} [-\u2013]\s(?P<rest>.*)", re.DOTALL)
_DASHED_HOUR_FIRST: Final = re.compile(
    rf"[{_MARKS}]*{_HOUR_FIRST} [-\u2013]\s(?P<rest>.*)", re.DOTALL
)
_WITH_COLON: Final = re.compile(rf"[{_MARKS}]*{_STAMP}:\s(?P<rest>.*)", re.DOTALL)
_OTHER: Final = re.compile(rf"\W{{0,3}}{_STAMP}\W{{1,4}}[^:]{{1,80}}: ")
_WITHIN: Final = re.compile(rf"{_STAMP}(?:(?:\]| [-\u2013])\s|\W{{1,4}}[^:]{{1,80}}: )")
# What may be a part of such a beginning, or just begins with a time.
_LIKE: Final = re.compile(r"\W{0,3}\d(?=.{0,24}\d[:.]\d\d)|\W{0,3}\d{1,4}[./-]\d")
_NO_BEGINNING: Final = re.compile(r"\A[^\d\[]{0,4}(?=[\d\[])")
_BEGINNING: Final = 36  # characters
_FEWEST_DIGITS: Final = 4
_PARTS: Final = "0[]:/.- ,P"
_YEAR_FIRST: Final = 3  # digits and more
_MONTHS: Final = 12
_NOON: Final = 12
_LAST_YEAR: Final = 2200  # those of Thailand are 543 ahead
_FIRST_YEAR: Final = 9  # WhatsApp began in 2009
_DAYS: Final = 31


@dataclass(slots=True)
class Line:
    """A message, from the line where it begins, and the lines that belong to it.

    `strange` are the numbers of lines of it that begin like a message. `is_cut` says that the chat
    ends in this one without ending its line.
    """

    number: int
    stamp: re.Match[str]
    text: list[str]
    strange: list[int] = field(default_factory=list)
    is_cut: bool = False

    @property
    def locator(self) -> str:
        return f"line={self.number}"

    @property
    def said(self) -> tuple[str, str]:
        """Who said it, "" for what the application tells itself, and what."""
        whole = "\n".join(self.text).rstrip("\n")
        author, colon, text = whole.partition(": ")
        if not colon and whole.endswith(":"):
            author, colon, text = whole[:-1], ":", ""
        return (author.strip(), text) if colon and "\n" not in author else ("", whole)


@dataclass(frozen=True, slots=True)
class Stray:
    """A line that belongs to no message."""

    number: int
    is_a_message: bool

    @property
    def locator(self) -> str:
        return f"line={self.number}"


def form_of(text: Iterable[str]) -> re.Pattern[str] | None:
    """How messages begin in a chat, by its first lines; None where none is one."""
    for line in text:
        for form in (_BRACKETED, _DASHED, _WITH_COLON, _DASHED_HOUR_FIRST):
            if form.match(line):
                return form
    return None


def messages(export: Readable) -> Iterator[Line | Stray]:
    """The messages of a chat in order, and the lines that belong to none."""
    ending, chat = Ending(export), _Chat()
    for number, line in enumerate(lines(ending), 1):
        yield from chat.line(number, line)
    for last in chat.end():
        last.is_cut = not ending.is_ended
        yield last


class _Chat:
    """What was read so far: the message that is open, or one that is not read (`is_lost`)."""

    def __init__(self) -> None:
        self._form: re.Pattern[str] | None = None
        self._open: Line | None = None
        self._is_lost = False

    def line(self, number: int, line: str) -> Iterator[Line | Stray]:
        self._form = self._form or form_of([line])
        stamp = self._form.match(line) if self._form else None
        if stamp is not None:
            yield from self.end()
            self._open = Line(number, stamp, [])
            self._add(number, stamp["rest"], is_strange=False)
        elif self._form is not None and _is_spoilt(line, self._form):
            yield from self.end()
            yield Stray(number, is_a_message=True)
            self._is_lost = True
        elif self._open is not None:
            self._add(number, line, is_strange=_LIKE.match(line) is not None)
        elif line.strip() and (not self._is_lost or _LIKE.match(line)):
            yield Stray(number, is_a_message=self._is_lost)

    def end(self) -> Iterator[Line]:
        """The message that is open, which then ends."""
        if self._open is not None:
            yield self._open
        self._open, self._is_lost = None, False

    def _add(self, number: int, text: str, *, is_strange: bool) -> None:
        if self._open is not None:
            self._open.text.append(text.rstrip("\n"))
            if is_strange or _WITHIN.search(text):
                self._open.strange.append(number)


def _is_spoilt(line: str, form: re.Pattern[str]) -> bool:
    """Whether a line is a message of another kind of file, or one but for one character."""
    if _OTHER.match(line):
        return True
    # A line that is no UTF-8 was read as Windows-1252: its marks are three characters each.
    plain = (
        line.encode("cp1252", "replace").decode("utf-8", "replace") if "\u00e2" in line else line
    )
    top = _NO_BEGINNING.sub("", plain)[:_BEGINNING]
    if sum(character.isdigit() for character in top) < _FEWEST_DIGITS:
        return False
    return any(form.match(changed) for changed in _changed(top))


def _changed(text: str) -> Iterator[str]:
    """A text, and all that it is with one character left out, put in its place, or put in."""
    yield text
    for at in range(len(text)):
        before, behind = text[:at], text[at + 1 :]
        yield before + behind
        for mark in _PARTS:
            yield before + mark + behind
            yield before + mark + text[at:]


def day_first_of(stamp: re.Match[str]) -> bool | None:
    """Whether the day comes first in a date, None where it may be either.

    Between full stops it always does, and where a year comes first, the month follows.
    """
    first, second = int(stamp["a"]), int(stamp["b"])
    if stamp["mark"] == "." or len(stamp["a"]) >= _YEAR_FIRST or first > _MONTHS:
        return True
    return False if second > _MONTHS else None


def is_year_first(found: Iterable[Line]) -> bool:
    """Whether dates begin with two digits of the year, `23-05-04`, as Basques and others write.

    So it is where what comes last would be years before there was this application, and what comes
    first never is one of them. A single such date may be a spoilt one.
    """
    ends = [(one.stamp["a"], one.stamp["c"]) for one in found]
    pairs = {(int(a), int(c)) for a, c in ends if len(a) < _YEAR_FIRST and len(c) < _YEAR_FIRST}
    if any(first < _FIRST_YEAR or last > _DAYS for first, last in pairs):
        return False
    return len({last for _, last in pairs if last < _FIRST_YEAR}) > 1


def day_first_by_order(found: Iterable[Line]) -> bool | None:
    """The same from the order of messages, which is that of time: the way in which it is kept."""
    kept = list(found)
    fits = [way for way in (True, False) if _is_in_order(kept, day_first=way)]
    return fits[0] if len(fits) == 1 else None


def _is_in_order(found: list[Line], *, day_first: bool) -> bool:
    try:
        days = [wall_of(one.stamp, day_first=day_first).date() for one in found]
    except ValueError:
        return False
    return all(before <= after for before, after in pairwise(days))


def wall_of(stamp: re.Match[str], *, day_first: bool, year_first: bool = False) -> datetime:
    """The time that the clock of the telephone showed. Raises ValueError for none there can be."""
    first, second, last = stamp["a"], stamp["b"], stamp["c"]
    if len(first) >= _YEAR_FIRST:
        year, month, day = first, second, last
    elif year_first:
        year, month, day = full_year(first), second, last
    else:
        day, month = (first, second) if day_first else (second, first)
        year = last if len(last) > 2 else full_year(last)
    if int(year) > _LAST_YEAR:
        raise ValueError("the year is of another calendar, and is not read")
    hour, half = int(stamp["hour"]), stamp["half"] or stamp["early"]
    if half:
        if hour > _NOON:
            raise ValueError("this time of day does not exist")
        is_late = half in _EVENING or half[0] in "Pp"
        hour = hour % _NOON + (_NOON if is_late else 0)
    # Digits may be those of another script, which only `int` reads.
    minute, second = int(stamp["minute"]), int(stamp["second"] or 0)
    clock = f"{hour:02}:{minute:02}:{second:02}"
    return wall_time(f"{int(year):04}-{int(month):02}-{int(day):02}T{clock}")
