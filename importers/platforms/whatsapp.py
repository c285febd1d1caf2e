"""WhatsApp: a chat as its application exports it (`_chat.txt`, `WhatsApp Chat with ….txt`).

Who wrote a message is named by a pseudonym, the same as the calls of that number have; the name or
number stays in the file. Which of the names is the person's own she says with `--option me=NAME`:
then messages are outgoing or incoming. What is written is kept, with whatever it says of others,
and so is what the application tells (who joined, that all is encrypted), which has no sender.

The file does not say whether the day or the month comes first: that follows from a day after the
twelfth, else from the order of the messages, else the person says it. Nor does it say the time
zone, which is that of the telephone: it is taken as Europe/Paris, with a remark, unless she says
another. Media are left out by the application, or are files of their own.

A last message whose line does not end is kept, with a remark, where it says who wrote what: an
editor may have taken the end of the line away, and what it lacks nobody can see.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from importers.clock import PARIS, local
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Option,
    Options,
    Problem,
    Record,
    Value,
)
from importers.phone import party_of
from importers.platforms.chat_lines import (
    Line,
    Stray,
    day_first_by_order,
    day_first_of,
    form_of,
    is_year_first,
    messages,
    wall_of,
)
from importers.platforms.holders import WHATSAPP
from importers.platforms.said_name import ME
from importers.platforms.said_zone import ZONE, zone_of
from importers.text import decode, for_key

_FIRST_LINES: Final = 5
_TOP: Final = 1000  # messages that tell whether the year comes first
# What a program writes of itself begins with a time too, and says how grave it is.
_LEVEL: Final = re.compile(r"\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b")
_NO_ZONE: Final = (
    "the times of a chat do not say their zone: they are taken as of Europe/Paris, and "
    "`--option zone=` says another"
)
_NO_ORDER: Final = (
    "whether the day or the month comes first is not to be seen in this chat: say it, "
    "`--option dates=day-first|month-first`"
)
_OTHER_KIND: Final = (
    "this line is a message as another kind of file has it, or a spoilt one: neither it nor what "
    "follows, up to the next message, is read"
)
_NOT_IN_ONE: Final = "this line stands before the first message"
_CUT: Final = "the file ends within this message: export the chat again"
_NO_END: Final = (
    "the chat ends with this message without ending its line: if more was written in it, export "
    "the chat again"
)
_STRANGE: Final = "something in this line is like the beginning of a message, and is kept as text"

DATES: Final = Option(
    name="dates",
    fr="qui vient en premier, du jour ou du mois, dans une date comme 3/4/2026",
    en="whether the day or the month comes first in a date such as 3/4/2026",
    values=("day-first", "month-first"),
)


class WhatsApp:
    """A chat."""

    format = "whatsapp"
    title = "WhatsApp: a chat (_chat.txt)"
    domain = "community"
    extensions = (".txt",)
    version = "3"
    options = (ZONE, DATES, ME)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By how its first lines begin."""
        del filename
        top = decode(head[:8192]).lstrip("\ufeff").splitlines()[:_FIRST_LINES]
        is_log = any(_LEVEL.search(line.partition(": ")[0]) for line in top)
        return Match(confidence=90) if form_of(top) and not is_log else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return WHATSAPP

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A message each. Takes the zone, the order of dates, and the person's own name."""
        zone = zone_of(options)
        found = messages(export)
        top = list(islice(found, _TOP))
        order = {"day-first": True, "month-first": False}.get(options.said(DATES))
        year_first = order is None and is_year_first(_lines(top))
        reader = _Reader(zone or PARIS, options.said(ME), year_first=year_first)
        waiting: list[Line | Stray] = []
        found = chain(top, found)
        for one in found if order is None else ():
            waiting.append(one)
            order = day_first_of(one.stamp) if isinstance(one, Line) else None
            if order is not None:
                break
        if order is None:
            order = day_first_by_order(_lines(waiting))
        is_told = zone is not None
        for one in chain(waiting, found):
            if not is_told:
                yield Problem("/", _NO_ZONE, row=False)
                is_told = True
            yield from reader.items(one, day_first=order)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a chat states neither count nor sum of its messages."""
        del items
        return ()


def _lines(found: Iterable[Line | Stray]) -> Iterator[Line]:
    return (one for one in found if isinstance(one, Line))


class _Reader:
    """Reads the messages of one chat in order, which tells the two hours of October apart."""

    def __init__(self, zone: ZoneInfo, me: str, *, year_first: bool) -> None:
        self._zone = zone
        self._year_first = year_first
        self._me = for_key(me).casefold()
        self._wall: datetime | None = None
        self._at: datetime | None = None

    def items(self, one: Line | Stray, *, day_first: bool | None) -> Iterator[Item]:
        if isinstance(one, Stray):
            yield Problem(one.locator, _OTHER_KIND if one.is_a_message else _NOT_IN_ONE)
            return
        try:
            yield self._message(one, day_first=day_first)
        except ValueError as error:
            yield Problem(one.locator, str(error))
        else:
            if one.is_cut:
                yield Problem(one.locator, _NO_END, row=False)
        for number in one.strange:
            yield Problem(f"line={number}", _STRANGE, row=False)

    def _message(self, line: Line, *, day_first: bool | None) -> Record:
        if day_first is None:
            raise ValueError(_NO_ORDER)
        author, text = line.said
        if line.is_cut and not (author and text):
            raise ValueError(_CUT)
        at = self._instant(wall_of(line.stamp, day_first=day_first, year_first=self._year_first))
        name = for_key(author)
        sender = party_of(name) if name else None
        fields: list[tuple[str, Value]] = [("schema:dateSent", at), ("sd:date", at.date())]
        if name and self._me:
            is_own = name.casefold() == self._me
            fields.append(("sd:direction", Code("out" if is_own else "in")))
        if sender is not None:
            fields.append(("schema:sender", sender))
        fields.append(("schema:text", text))
        return Record(
            kind="Message",
            key=Key(natural=(at.isoformat(), sender.value if sender else "", for_key(text))),
            fields=tuple(fields),
            on=at.date(),
            locator=line.locator,
        )

    def _instant(self, wall: datetime) -> datetime:
        # Many messages are of one minute: only a clock that goes back shows the second hour.
        if self._at is None or wall != self._wall:
            self._at = local(wall, self._zone, after=self._at)
        self._wall = wall
        return self._at
