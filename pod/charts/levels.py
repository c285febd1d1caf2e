"""From little to much: a few steps of colour for values, and the strip that explains them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.frame import LINE, SIZE, Frame
from pod.charts.mark import box, path, text, width_of
from pod.charts.scale import Scale, around

_MOST: Final = 6
_STEPS: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
_RARE: Final = 0.98  # the part of all values that the steps are made for; what is above is the last
_STEP: Final = 52.0  # of the strip
_STRIP: Final = 12.0


@dataclass(frozen=True, slots=True)
class Levels:
    """The steps between the marks of a scale, each with its look (h1 to h6); `is_open` says that
    there are values above the last one, which are drawn as it is.
    """

    scale: Scale
    looks: tuple[str, ...]
    is_open: bool

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.looks)

    def look(self, value: float) -> str:
        """The look of a value."""
        place = int((value - self.scale.low) / self.scale.step + 1e-9)
        return self.looks[min(max(place, 0), len(self.looks) - 1)]

    def strip(self, frame: Frame, left: float) -> Iterator[Element]:
        """The steps in a row, with the values between them and the unit after the last."""
        for place, look in enumerate(self.looks):
            yield path(f"bar {look}", box(left + place * _STEP, 2, _STEP, _STRIP))
        labels = [self._number(frame, value) for value in self.scale.ticks()[:-1]]
        labels.append(self._last(frame))
        every = next(each for each in range(1, self.count + 1) if self._has_room(labels, each))
        for place in range(0, self.count + 1, every):
            centre = left + place * _STEP
            yield text((centre, _STRIP + LINE - 2), labels[place], anchor="middle", kind="soft")

    def _number(self, frame: Frame, value: float) -> str:
        return said.number(value, frame.language, self.scale.places if value else 0)

    def _last(self, frame: Frame) -> str:
        number = self._number(frame, self.scale.high)
        return f"{number}{'+' if self.is_open else ''}\u00a0{frame.unit}"

    def _has_room(self, labels: Sequence[str], every: int) -> bool:
        """Whether each so many of the values can be said, the last among them."""
        if every == self.count:
            return True
        wide = (width_of(each, SIZE) for each in labels[::every])
        fits = all(one + other <= 2 * (every * _STEP - 6) for one, other in pairwise(wide))
        return self.count % every == 0 and fits


HIGH: Final = _STRIP + LINE + 12  # of the strip with its words


def levels_of(values: Sequence[float]) -> Levels:
    """Steps for these values: at most six, between round numbers."""
    known = sorted(values)
    usual = known[: max(1, round(len(known) * _RARE))]
    if not any(usual):
        usual = known
    most = _MOST
    scale = around(usual, most, _STEPS)
    while len(scale.ticks()) - 1 > _MOST:
        most -= 1
        scale = around(usual, most, _STEPS)
    count = len(scale.ticks()) - 1
    looks = (1 + round(place * (_MOST - 1) / max(1, count - 1)) for place in range(count))
    return Levels(scale, tuple(f"h{look}" for look in looks), known[-1] > scale.high)
