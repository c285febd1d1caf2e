"""How the rows of a section of a Blue Button report look, and what reads them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from importers.contract import Item
from importers.health.blue_button_text import Layout, Row, begins_with
from importers.health.civil_dates import american_moment
from importers.health.entry import Entry, Fields, record
from importers.health.none_known import says_none

Read = Callable[[Row, bool], Iterator[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: the layout of its rows, and what reads one. The flag: the person entered it."""

    layout: Layout
    read: Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Under which names the rows of a section say what: the first that says something holds."""

    kind: str
    what: tuple[str, ...]
    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    id: str = ""
    reaction: tuple[str, ...] = ()
    dosage: tuple[str, ...] = ()
    comment: tuple[str, ...] = ("Comments",)
    beside: tuple[str, ...] = ()
    alike: tuple[str, ...] = field(default=())

    @property
    def all(self) -> frozenset[str]:
        groups = (self.what, self.begin, self.end, self.told, self.status, self.by, self.reaction)
        more = (self.dosage, self.comment, self.beside, (self.id,) if self.id else ())
        return frozenset(name for group in (*groups, *more) for name in group)


def entry_of(row: Row, names: Names, *, is_own: bool) -> Entry:
    """What a row says. Raises ValueError for a date that cannot be read."""
    more: Fields = (
        *((("sd:reaction", row.get(*names.reaction)),) if row.get(*names.reaction) else ()),
        *_dosage(row, names),
        *((("schema:description", row.get(*names.comment)),) if row.get(*names.comment) else ()),
        *((("sd:selfEntered", True),) if is_own else ()),
    )
    return Entry(
        kind=names.kind,
        label=row.get(*names.what),
        locator=row.locator,
        id=row.get(names.id) if names.id else "",
        begin=american_moment(row.get(*names.begin)),
        end=american_moment(row.get(*names.end)),
        told=american_moment(row.get(*names.told)),
        status=row.get(*names.status),
        by=tuple(name for name in (row.get(*names.by),) if name),
        more=more,
        alike=tuple(row.get(name) for name in names.alike),
    )


def _dosage(row: Row, names: Names) -> Fields:
    found = ", ".join(value for name in names.dosage if (value := row.get(name)))
    return (("sd:dosage", found),) if found else ()


def _reader(names: Names) -> Read:
    def read(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
        entry = entry_of(row, names, is_own=is_own)
        if says_none(entry):
            return
        yield record(entry)

    return read


def section(names: Names, *starts: str, has_body: bool = False) -> Section:
    """A section whose rows begin with these names, or with the first that says what a row is."""
    begins = starts or names.what[:1]
    layout = Layout(
        starts=begins_with(*begins), knows=names.all | {*begins, "Reactions"}, has_body=has_body
    )
    return Section(layout=layout, read=_reader(names))
