"""What goes from whom to whom: streams between columns of names, as wide as their amounts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.frame import LINE, SIZE, WIDTH, Frame, drawing, empty, finite
from pod.charts.mark import box, cut, path, short, text, width_of
from pod.charts.scale import decimals

_COLOURS: Final = 8
_MOST: Final = 9  # names in the first and in the last column; the smaller ones are others
_TALL: Final = 200.0  # of all amounts of the fullest column
_NODE: Final = 10.0
_GAP: Final = 8.0
_THIN: Final = 1.5


@dataclass(frozen=True, slots=True)
class Stream:
    """An amount, from a source to a target."""

    source: str
    target: str
    amount: float


_Name = tuple[int, str]  # the side that it is on where that matters, and the words
_Amounts = Mapping[tuple[_Name, _Name], float]


def flow(frame: Frame, streams: Iterable[Stream]) -> str:
    """The streams from left to right. A name that is a target of one and a source of another stands
    between both; if streams go in circles, all sources are left and all targets right. The smallest
    of more than nine sources or targets are summed up as others.

    ValueError for an amount that is negative or no finite number.
    """
    amounts = _folded(_summed(streams), said.word("others", frame.language))
    if not amounts:
        return empty(frame)
    chart = _laid(frame, amounts)
    ribbons = tuple(chart.ribbons(amounts))
    unit = () if _is_short(frame.unit) else (text((0, SIZE), frame.unit, kind="soft"),)
    return drawing(frame, chart.height, (*unit, *ribbons, *chart.nodes()))


def _summed(streams: Iterable[Stream]) -> _Amounts:
    """The amounts between two names, each name one of both sides unless that goes in circles."""
    amounts: dict[tuple[_Name, _Name], float] = {}
    for stream in streams:
        if finite(stream.amount) < 0:
            raise ValueError("Turn a stream around instead of giving it a negative amount.")
        pair = ((0, stream.source), (0, stream.target))
        amounts[pair] = amounts.get(pair, 0.0) + stream.amount
    known = {pair: amount for pair, amount in amounts.items() if amount}
    if _columns(known) is not None:
        return known
    return {(source, (1, target[1])): amount for (source, target), amount in known.items()}


def _columns(amounts: _Amounts) -> dict[_Name, int] | None:
    """The column of each name, counted by the longest way to it; None if there are circles."""
    columns = {name: 0 for pair in amounts for name in pair}
    for _ in range(len(columns)):
        late = [(of, to) for of, to in amounts if columns[to] <= columns[of]]
        if not late:
            return columns
        for of, to in late:
            columns[to] = columns[of] + 1
    return None if amounts else {}


def _folded(amounts: _Amounts, others: str) -> _Amounts:
    sources, targets = ({pair[side] for pair in amounts} for side in (0, 1))
    renamed = {
        **_small(amounts, sources - targets, (2, others)),
        **_small(amounts, targets - sources, (3, others)),
    }
    folded: dict[tuple[_Name, _Name], float] = {}
    for (of, to), amount in amounts.items():
        pair = renamed.get(of, of), renamed.get(to, to)
        folded[pair] = folded.get(pair, 0.0) + amount
    return folded


def _small(amounts: _Amounts, names: set[_Name], others: _Name) -> dict[_Name, _Name]:
    """What the smallest of too many names are summed up as."""
    if len(names) <= _MOST:
        return {}
    sizes = _sizes(amounts)
    ordered = sorted(names, key=lambda name: (-sizes[name], name))
    return dict.fromkeys(ordered[_MOST - 1 :], others)


def _sizes(amounts: _Amounts) -> dict[_Name, float]:
    """How much comes to a name or leaves it, whichever is more."""
    comes: dict[_Name, float] = {}
    leaves: dict[_Name, float] = {}
    for (of, to), amount in amounts.items():
        leaves[of] = leaves.get(of, 0.0) + amount
        comes[to] = comes.get(to, 0.0) + amount
    return {name: max(comes.get(name, 0.0), leaves.get(name, 0.0)) for name in {**leaves, **comes}}


@dataclass(frozen=True, slots=True)
class _Node:
    size: float
    x: float
    top: float
    tall: float
    look: str
    side: str  # on which of its sides its words stand: right, left or above


@dataclass(frozen=True, slots=True)
class _Laid:
    frame: Frame
    held: Mapping[_Name, _Node]
    height: float
    scale: float  # how high an amount of one is
    apart: float  # of two columns

    def nodes(self) -> Iterator[Element]:
        """The names with their amounts, beside what stands for them."""
        places = decimals(node.size for node in self.held.values())
        unit = self.frame.unit if _is_short(self.frame.unit) else ""
        for node in self.held.values():
            yield path(f"node {node.look}", box(node.x, node.top, _NODE, node.tall))
        taken = 0.0
        for name, node in self.held.items():
            amount = f" · {said.with_unit(node.size, unit, self.frame.language, places)}"
            room = max(self.apart - taken, self.apart / 2) if node.side == "left" else self.apart
            words = cut(name[1], SIZE, room - width_of(amount, SIZE) - 12) + amount
            if node.side == "right" and self.apart > WIDTH / 2:  # both stand in one space
                taken = max(taken, width_of(words, SIZE) + 12)
            yield _words(node, words)

    def ribbons(self, amounts: _Amounts) -> Iterator[Element]:
        """A band for each stream, those of one name one below the other."""
        order = sorted(amounts, key=lambda pair: (self.held[pair[0]].top, self.held[pair[1]].top))
        ends = {name: node.top for name, node in self.held.items()}
        begins = dict(ends)
        for of, to in order:
            tall = max(amounts[of, to] * self.scale, _THIN)
            source, target = self.held[of], self.held[to]
            band = _ribbon((source.x + _NODE, begins[of]), (target.x, ends[to]), tall)
            begins[of] += tall
            ends[to] += tall
            yield path(f"ribbon {source.look}", band)


def _words(node: _Node, words: str) -> Element:
    middle = node.top + node.tall / 2 + SIZE * 0.35
    match node.side:
        case "right":
            return text((node.x + _NODE + 6, middle), words, kind="clear")
        case "left":
            return text((node.x - 6, middle), words, anchor="end", kind="clear")
        case _:
            place = (node.x + _NODE / 2, node.top - 6)
            return text(place, words, anchor="middle", kind="clear")


def _is_short(unit: str) -> bool:
    """Whether a unit is said with each amount, or once for all."""
    return len(unit) <= 2


def _laid(frame: Frame, amounts: _Amounts) -> _Laid:
    sizes = _sizes(amounts)
    held = _held(amounts, sizes)
    scale = _TALL / max(sum(sizes[name] for name in column) for column in held)
    begin = 0.0 if _is_short(frame.unit) else LINE
    slots = [
        [_slot(sizes[name] * scale, _side(place, held)) for name in column]
        for place, column in enumerate(held)
    ]
    height = max(sum(column) for column in slots)
    apart = (WIDTH - _NODE) / (len(held) - 1)
    nodes: dict[_Name, _Node] = {}
    for place, column in enumerate(held):
        top = begin + (height - sum(slots[place])) / 2
        for row, name in enumerate(column):
            tall = max(sizes[name] * scale, _THIN)
            look = f"c{row % _COLOURS + 1}" if place == 0 else "before"
            side = _side(place, held)
            above = slots[place][row] - tall - _GAP if side == "above" else 0.0
            y = top + above if above else top + (slots[place][row] - tall) / 2
            nodes[name] = _Node(sizes[name], place * apart, y, tall, look, side)
            top += slots[place][row]
    return _Laid(frame, nodes, begin + height, scale, apart)


def _held(amounts: _Amounts, sizes: Mapping[_Name, float]) -> list[list[_Name]]:
    """The names of each column, the largest first and others last. What nothing leaves stands in
    the last one, however short the way to it.
    """
    columns = _columns(amounts) or {}
    last = max(columns.values())
    leaving = {of for of, _ in amounts}
    held: list[list[_Name]] = [[] for _ in range(last + 1)]
    for name in sorted(sizes, key=lambda name: (name[0] > 1, -sizes[name], name)):
        held[columns[name] if name in leaving else last].append(name)
    return held


def _side(place: int, held: list[list[_Name]]) -> str:
    if place == 0:
        return "right"
    return "left" if place == len(held) - 1 else "above"


def _slot(tall: float, side: str) -> float:
    """How much of the height of a column a name takes with its words."""
    tall = max(tall, _THIN)
    return (tall + LINE if side == "above" else max(tall, LINE)) + _GAP


def _ribbon(begin: tuple[float, float], end: tuple[float, float], tall: float) -> str:
    (x, y), (to, down) = begin, end
    middle = short((x + to) / 2)
    there = f"C{middle} {short(y)} {middle} {short(down)} {short(to)} {short(down)}"
    low, high = short(down + tall), short(y + tall)
    return f"M{short(x)} {short(y)}{there}V{low}C{middle} {low} {middle} {high} {short(x)} {high}z"
