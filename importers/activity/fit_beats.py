"""When the heart rates were that a strap kept and gave to the watch later (FIT message `hr`).

FIT profile, message 132. The strap has a clock of its own in 1/1024 seconds. One message says what
that clock showed at a moment; the others have its twelve lowest bits of each heartbeat, two of them
in three octets.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from importers.activity.fit_frames import Frame

_TICKS: Final = 1024  # of the clock of the strap in a second
_LOW: Final = 0xFFF  # its bits in a message that has several
_PACKED: Final = "event_timestamp_12"


class Beats:
    """What the clock of the strap showed at which moment, and last."""

    def __init__(self) -> None:
        self._moment: datetime | None = None
        self._at = 0
        self._last = 0

    def moments(self, frame: Frame) -> list[datetime]:
        """The moments of the heart rates of a message, in UTC, fewer where it says fewer.

        Raises ValueError where no message before said what the clock of the strap showed.
        """
        packed = frame.several(_PACKED)
        ticks = list(self._packed(packed) if packed else _whole(frame))
        if frame.several("timestamp"):
            fraction = frame.figure("fractional_timestamp") or 0
            self._moment = frame.moment("timestamp") + timedelta(seconds=float(fraction))
            self._at = ticks[0] if ticks else 0
        if self._moment is None:
            raise ValueError("the heart rates say no moment")
        self._last = ticks[-1] if ticks else self._last
        since = (each - self._at for each in ticks)
        return [self._moment + timedelta(microseconds=each * 1_000_000 // _TICKS) for each in since]

    def _packed(self, octets: Sequence[Any]) -> Iterator[int]:
        """Each is the next time that the clock shows those bits."""
        now = self._last
        for low in _low_bits([octet for octet in octets if isinstance(octet, int)]):
            now += (low - now) & _LOW
            yield now


def _whole(frame: Frame) -> Iterator[int]:
    for seconds in frame.several("event_timestamp"):
        if isinstance(seconds, int | float):
            yield round(seconds * _TICKS)


def _low_bits(octets: Sequence[int]) -> Iterator[int]:
    for place in range(0, len(octets) - 2, 3):
        first, second, third = octets[place : place + 3]
        yield first | (second & 0xF) << 8
        yield second >> 4 | third << 4
