"""The rows of Enedis load curves, each read by itself, in the two layouts there are.

Until 2024 two rows say what the file is about, and `Horodate;Valeur` follow, each time with its
offset. Since 2025 every row says everything, in the local time of France without an offset. A row
of the quantity PMA has the highest power of a day, and no mean.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from importers.clock import instant, iso_date, local, wall_time
from importers.contract import Key, Problem, Record
from importers.energy.enedis import Subject, flow, heading, prm, subject
from importers.energy.enedis_peaks import in_watts, peak, volt_amperes
from importers.energy.meters import NO_VALUE
from importers.money import decimal_comma
from importers.table import Columns, Row, check_end, folded, width_of

_WATTS = {"": 1, "w": 1, "kw": 1000}
QUALITIES = {
    "b": "remote",
    "r": "remote",
    "e": "estimated",
    "h": "estimated",
    "c": "corrected",
    "brut": "remote",
    "comptagebrut": "remote",
    "corrige": "corrected",
}
_FIRST_TITLE = folded("Identifiant PRM")
_WIDTH = 2  # of the layout until 2024: a time and a power
_FIRST_COLUMN = folded("Horodate")
_QUANTITY = "Grandeur physique"
_HIGHEST_POWER = "pma"
_LENGTH_OF_A_DAY = len("2024-01-01")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """What rows say beside time and value: few things, each told by many rows.

    `watts` is how many W one of its unit is; `step` is in seconds, None where rows do not tell it.
    """

    about: Subject
    stage: str
    watts: int
    quality: str | None
    step: int | None = None


class Point(NamedTuple):
    """A row that was read: its power in W, at a time with its offset or as the clocks showed it."""

    said: Said
    stamp: datetime
    value: Decimal | None
    locator: str


def points(table: Iterable[Row | Problem]) -> Iterator[Point | Record | Problem]:
    """Each row of data of both layouts, read by itself; of a highest power the record."""
    read: Callable[[Row], Iterable[Point | Record | Problem]] = _orphan
    titles: Columns | None = None
    width = 0
    for row in table:
        if isinstance(row, Problem):
            yield row
            continue
        name = heading(row)
        if name == _FIRST_TITLE:
            header = Columns.of(row)
            flat = header.have("Horodate", "Valeur")
            read, titles = (_Flat.of(header).read, None) if flat else (_orphan, header)
            width = width_of(row) if flat else _WIDTH
        elif name != _FIRST_COLUMN:
            try:
                if titles is None:
                    check_end(row, width)
                    yield from read(row)
                else:
                    read = _Titled.of(titles, row).read
            except ValueError as error:
                yield Problem(row.locator, str(error))
            titles = None


def _orphan(_row: Row) -> Iterable[Point]:
    raise ValueError("nothing before this row says what it is about")


@dataclass(frozen=True, slots=True)
class _Titled:
    """The layout until 2024: what the rows that follow its two rows of title are about."""

    said: Said

    @classmethod
    def of(cls, titles: Columns, row: Row) -> "_Titled":
        about = subject(titles, row)
        stage = folded(titles.cell(row, "Etape metier"))
        watts = _watts(about.unit)
        return cls(Said(about=about, stage=stage, watts=watts, quality=QUALITIES.get(stage)))

    def read(self, row: Row) -> Iterable[Point]:
        """A row `2022-01-18T00:30:00+01:00;218`."""
        text = row.cells[1] if len(row.cells) > 1 else ""
        value = decimal_comma(text) * self.said.watts if text else None
        return (Point(self.said, instant(row.cells[0]), value, row.locator),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flat:
    """The layout since 2025: where its columns stand, and what its rows were about so far."""

    header: Columns
    varying: tuple[int, int]
    has_quantity: bool
    seen: dict[tuple[tuple[str, ...], ...], Said]
    units: set[str]

    @classmethod
    def of(cls, header: Columns) -> "_Flat":
        varying = header.positions[folded("Horodate")], header.positions[folded("Valeur")]
        known = header.have(_QUANTITY)
        return cls(header=header, varying=varying, has_quantity=known, seen={}, units=set())

    def read(self, row: Row) -> Iterable[Point | Record | Problem]:
        quantity = self.header.cell(row, _QUANTITY) if self.has_quantity else ""
        return self._peak(row) if folded(quantity) == _HIGHEST_POWER else (self._point(row),)

    def _peak(self, row: Row) -> Iterator[Record | Problem]:
        """The highest power of a day, and a remark where its unit is that of another, once."""
        unit, meter = self.header.cell(row, "Unite"), self.header.read(row, "Identifiant PRM", prm)
        size, text = volt_amperes(unit), self.header.cell(row, "Valeur")
        if unit not in self.units:
            self.units.add(unit)
            yield from in_watts(unit, row.locator)
        if not text:
            yield Problem(row.locator, NO_VALUE, row=False)
            return
        stamp = self.header.cell(row, "Horodate")
        is_day = len(stamp) == _LENGTH_OF_A_DAY
        when = iso_date(stamp) if is_day else _moment(_either_time(stamp))
        way = self.header.read(row, "Grandeur metier", flow)
        yield peak(Key(stable=meter), way, when, decimal_comma(text) * size, row.locator)

    def _point(self, row: Row) -> Point:
        stamp, value = self.varying
        said, cells = self._said(row), row.cells
        text = cells[value] if value < len(cells) else ""
        return Point(
            said,
            _either_time(cells[stamp] if stamp < len(cells) else ""),
            decimal_comma(text) * said.watts if text else None,
            row.locator,
        )

    def _said(self, row: Row) -> Said:
        """What a row says beside time and value; that is told of a few times, and read once."""
        one, other = sorted(self.varying)
        rest = row.cells[:one], row.cells[one + 1 : other], row.cells[other + 1 :]
        found = self.seen.get(rest)
        if found is None:
            about = subject(self.header, row)
            stage = folded(self.header.cell(row, "Etape metier"))
            nature = self.header.cell(row, "Nature") if self.header.have("Nature") else ""
            found = self.seen[rest] = Said(
                about=about,
                stage=stage,
                watts=_watts(about.unit),
                quality=QUALITIES.get(folded(nature)) or QUALITIES.get(stage),
                step=about.minutes and about.minutes * 60,
            )
        return found


def _either_time(text: str) -> datetime:
    try:
        return wall_time(text)
    except ValueError:
        return instant(text)


def _moment(stamp: datetime) -> datetime:
    return stamp if stamp.tzinfo else local(stamp)


def _watts(unit: str) -> int:
    size = _WATTS.get(folded(unit))
    if size is None:
        raise ValueError("the unit is neither W nor kW: this is no active power")
    return size
