"""The messages of FIT files, one after another, up to where they break.

The library that decodes them is an extra, and imported when the first file is read.
"""

import importlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

from importers.activity.packed import begun
from importers.contract import Problem

_MARK: Final = b".FIT"
_MARK_AT: Final = 8
_PLACES: Final = 6
_ROWS: Final = frozenset(
    {
        *("record", "lap", "length", "session", "hr"),
        *("weight_scale", "blood_pressure", "monitoring", "monitoring_hr_data", "stress_level"),
        *("max_met_data", "spo2_data", "respiration_rate", "hrv_value", "sleep_level"),
    }
)
_DEGREES: Final = Decimal(180) / (1 << 31)
_CENTIMETRE: Final = Decimal("0.0000001")
_NOT_INSTALLED: Final = (
    "reading FIT needs a library that is not installed: pip install 'selfdata-pod[formats]'"
)
_NOTHING: Final = "this is no FIT file"
_BREAKS: Final = "the file is damaged or cut short, and is not read from here on"
_SINCE_START: Final = "the device did not know the date: its time counts since it was switched on"
_CHECKSUM: Final = "the checksum does not match: the file is damaged, values may be wrong"

# What a decoder of binary messages raises for octets that are none.
_BROKEN: Final = (
    ValueError,
    LookupError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    TypeError,
    OSError,
    EOFError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A message: its place in the file, from 1, its name, and as the library has it."""

    number: int
    name: str
    message: Any

    @property
    def locator(self) -> str:
        return f"message={self.number}"

    def is_row(self) -> bool:
        """Whether it is one of what was recorded, and not about it."""
        return self.name in _ROWS

    def text(self, name: str) -> str:
        """A field that is a name of the FIT profile, "" where it is none or is missing."""
        value = self.message.get_value(name, fallback=None)
        return value if isinstance(value, str) else ""

    def figure(self, *names: str) -> Decimal | None:
        """The first of the fields that has a number."""
        for name in names:
            value = self.message.get_value(name, fallback=None)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return Decimal(str(round(value, _PLACES)))
        return None

    def amount(self, *names: str) -> Decimal | None:
        """The same for what cannot be negative. Raises ValueError where it is."""
        value = self.figure(*names)
        if value is not None and value < 0:
            raise ValueError(f"`{names[0]}` is negative")
        return value

    def degrees(self, name: str) -> Decimal | None:
        """A position, from semicircles: 2³¹ of them are 180 degrees."""
        value = self.message.get_value(name, fallback=None)
        return (value * _DEGREES).quantize(_CENTIMETRE) if isinstance(value, int) else None

    def moment(self, name: str) -> datetime:
        """A moment in UTC. Raises ValueError where there is none, or one since the device began."""
        value = self.message.get_value(name, fallback=None)
        if isinstance(value, int):  # FIT protocol, date_time: below 0x10000000 no calendar is known
            raise ValueError(_SINCE_START)  # noqa: TRY004 - the file is wrong, not the call
        if not isinstance(value, datetime):
            raise ValueError("the message says no moment")  # noqa: TRY004 - the file is wrong
        return value

    def several(self, name: str) -> tuple[Any, ...]:
        """The values of a field that a message may have several times, or as an array."""
        found = [field.value for field in self.message.fields if field.name == name]
        return tuple(one for value in found for one in (value if _is_array(value) else (value,)))

    def has_foreign_fields(self) -> bool:
        """Whether applications on the watch added fields."""
        return any(f.field_def is not None and f.field_def.is_dev for f in self.message.fields)


def _is_array(value: Any) -> bool:
    return isinstance(value, tuple | list)


def is_fit(head: bytes) -> bool:
    """Whether octets are the header of a FIT file (FIT protocol, file header)."""
    return head[_MARK_AT : _MARK_AT + len(_MARK)] == _MARK


def frames(export: BinaryIO) -> Iterator[Frame | Problem]:
    """Every message of a file; a Problem where it breaks, and for a checksum that is wrong."""
    try:
        library = importlib.import_module("fitdecode")
    except ImportError:
        yield Problem("/", _NOT_INSTALLED)
        return
    number = 0
    messages = _messages(library, begun(export, 0)[1])
    while True:
        try:
            found = next(messages, None)
        except (library.FitError, *_BROKEN):
            yield Problem(f"message={number + 1}", _BREAKS if number else _NOTHING)
            return
        if found is None:
            break
        number += 1
        if isinstance(found, library.FitDataMessage):
            yield Frame(number, found.name, found)
        elif _is_wrong(library, found):
            yield Problem(f"message={number}", _CHECKSUM)
    if not number:
        yield Problem("/", _NOTHING)


def _messages(library: Any, export: BinaryIO) -> Iterator[Any]:
    yield from library.FitReader(
        export,
        check_crc=library.CrcCheck.READONLY,
        error_handling=library.ErrorHandling.IGNORE,
    )


def _is_wrong(library: Any, found: Any) -> bool:
    if isinstance(found, library.FitHeader):
        return found.crc_matched is False
    return isinstance(found, library.FitCRC) and not found.matched
