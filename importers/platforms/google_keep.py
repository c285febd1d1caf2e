"""Google Takeout: the notes of Keep, one JSON file each.

A note is a message that somebody wrote to herself, on the day she began it. Its times are
microseconds since 1970. A list is kept as lines, `[x]` before what is done. Not kept: the colour,
the labels, with whom it is shared, links that Google found in it, and pictures, which are files of
their own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from importers.contract import Item, Key, Options, Record, Value
from importers.document import Element
from importers.platforms.holders import GOOGLE
from importers.platforms.json_file import JsonFile
from importers.text import for_key

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = 250_000_000_000_000_000  # microseconds, in the year 9892
_BEGUN: Final = "createdTimestampUsec"
_CHANGED: Final = "userEditedTimestampUsec"


def _note(element: Element, _options: Options) -> Iterator[Item]:
    begun, changed = element.text(_BEGUN), _moment(element, _CHANGED)
    at = _moment(element, _BEGUN) if begun else changed
    title, text = element.text("title"), _text(element)
    if not title and not text:
        raise ValueError("the note says nothing")
    fields: list[tuple[str, Value]] = [("schema:dateSent", at), ("sd:date", at.date())]
    fields += [
        (name, said) for name, said in (("schema:name", title), ("schema:text", text)) if said
    ]
    # Its beginning stays, and so does its day: each note is a file, and an id of the holder's would
    # be looked for in all that there is for each of them.
    key = Key(natural=(begun,) if begun else (at.isoformat(), for_key(title)))
    yield Record(
        kind="Message", key=key, fields=tuple(fields), on=at.date(), locator=element.locator or "/"
    )


def _moment(element: Element, name: str) -> datetime:
    count = element.number(name)
    if not Decimal(0) < count < _LATEST:
        raise ValueError(f"`{name}` is no moment")
    return _EPOCH + timedelta(microseconds=int(count))


def _text(element: Element) -> str:
    """The words of a note, or the lines of a list. Raises ValueError for anything else."""
    rows = element.get("listContent")
    if rows is None:
        return element.text("textContent")
    if not isinstance(rows, list):
        raise ValueError("`listContent` is no list")  # noqa: TRY004 - the file is wrong
    return "\n".join(_line(row) for row in rows)


def _line(row: Any) -> str:
    line = Element("", row)
    if not isinstance(row, dict):
        raise ValueError("`listContent` has what is no line")  # noqa: TRY004
    return f"[{'x' if row.get('isChecked') is True else ' '}] {line.text('text')}"


GOOGLE_KEEP: Final = JsonFile(
    format="google-keep",
    title="Google Takeout: a note of Keep (JSON)",
    domain="community",
    by=GOOGLE,
    marks=(f'"{_CHANGED}"', '"isTrashed"'),
    rows="",
    opens="{",
    read=_note,
)
