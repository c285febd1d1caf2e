"""Rows into records: keys, values, references to the records of other tables, and what is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from importers.contract import Iri, Item, Key, Problem, Record, Ref, Value
from importers.mapped.cells import values_of
from importers.mapped.declared import Column, Declared, Table
from importers.mapped.entries import Entry, term_of
from importers.mapped.properties import open_property
from importers.mapped.reading import Read
from importers.money import iban
from importers.table import folded
from importers.text import for_key
from vocab.kinds import ACCOUNTS
from vocab.names import SD, XSD
from vocab.shapes import shape_of

_DATED: Final = "{yyyy"
_BY_ACCOUNT: Final = "{account}"
_ELSEWHERE: Final = "refers to a row that is not in this export; it is kept as it is written"
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """What the IRI of a record is made of beside its key."""

    on: date | None
    account: Key | None


class Reader:
    """Reads the sources of one export, and knows where the records are that others refer to."""

    def __init__(self, declared: Declared) -> None:
        self._tables = {one.name: one for one in declared.tables}
        referred = {column.to for one in declared.tables for column in one.columns if column.to}
        placed = {one.name for one in declared.tables if "{" in one.kind.document}
        self._spots: dict[str, dict[Key, Spot]] = {name: {} for name in referred & placed}
        self._beside: set[Record] = set()

    def items(self, read: Read) -> Iterator[Item]:
        """What the rows of one source become, after what there is to say of its columns."""
        rows = tuple(_Table(one, self, is_exact=read.is_exact) for one in read.tables)
        if read.tables:
            yield from _remarks(read)
        taken = _taken(read.tables)
        for entry in read.entries:
            if isinstance(entry, Problem):
                yield entry
                continue
            try:
                yield from tuple(self._records(entry, rows, taken, read.names))
            except ValueError as error:
                yield Problem(entry.locator, str(error))

    def _records(
        self, entry: Entry, rows: Sequence["_Table"], taken: frozenset[str], names: Sequence[str]
    ) -> Iterator[Item]:
        # What others refer to comes first.
        ordered = sorted(rows, key=lambda one: (one.table.name not in self._spots, one is rows[0]))
        for row in ordered:
            if row is not rows[0] and not row.is_there(entry):
                continue
            record, remarks = row.record(entry)
            if row is rows[0]:
                rest = tuple(_rest(entry, names, taken))
                yield from remarks
                yield replace(record, fields=(*record.fields, *rest))
            elif self._is_new(record):
                yield from remarks
                yield replace(record, counted=False)

    def _is_new(self, record: Record) -> bool:
        plain = replace(record, locator="")
        is_new = plain not in self._beside
        self._beside.add(plain)
        return is_new

    def note(self, table: Table, record: Record) -> None:
        """Remember where a record is that others may refer to."""
        if table.name in self._spots:
            self._spots[table.name].setdefault(record.key, Spot(record.on, record.account))

    def reference(self, column: Column, texts: Sequence[str]) -> Ref | None:
        """The record that cells refer to, None where it is not known where that is."""
        target = self._tables[column.to]
        key = _key(target, texts)
        if column.to not in self._spots:
            return Ref(target.kind.name, key)
        spot = self._spots[column.to].get(key)
        return Ref(target.kind.name, key, spot.account, spot.on) if spot else None


class _Table:
    """One table of the mapping, as the rows of a source are read by it."""

    def __init__(self, table: Table, reader: Reader, *, is_exact: bool) -> None:
        columns = table.columns
        if is_exact:
            exact = (replace(one, form=replace(one.form, is_exact=True)) for one in columns)
            columns = tuple(exact)
            table = replace(table, form=replace(table.form, is_exact=True))
        self.table = replace(table, columns=columns)
        self._reader = reader
        self._required = {
            rule.path: next((c for c in columns if c.rule.path == rule.path), None)
            for rule in shape_of(table.kind.iri).properties
            if rule.at_least
        }

    def is_there(self, entry: Entry) -> bool:
        """Whether a row says anything of this table, which stands beside the first one."""
        return bool(self.table.only) or any(map(entry.cell, self.table.key))

    def record(self, entry: Entry) -> tuple[Record, tuple[Problem, ...]]:
        """What a row becomes. Raises ValueError, which names the column, for what is no record."""
        table = self.table
        fields: list[tuple[str, Value]] = [("rdf:type", Iri(table.own))] if table.own else []
        remarks: list[Problem] = []
        for column in table.columns:
            try:
                fields += self._fields(column, entry, remarks)
            except ValueError as error:
                what = f"column `{column.column}`" if column.column else f"`{column.name}`"
                raise ValueError(f"{what}: {error}") from error
        self._check(fields)
        on = self._day(entry, fields)
        if on and SD.date in self._required and not any(n == "sd:date" for n, _ in fields):
            fields.append(("sd:date", on))
        record = Record(
            kind=table.kind.name,
            key=self._own_key(entry),
            fields=tuple(fields),
            on=on,
            account=_account(fields) if _BY_ACCOUNT in table.kind.document else None,
            locator=entry.locator,
        )
        self._reader.note(table, record)
        return record, tuple(remarks)

    def _fields(
        self, column: Column, entry: Entry, remarks: list[Problem]
    ) -> Iterator[tuple[str, Value]]:
        text = column.constant or entry.cell(column.column)
        if not text or text in column.form.empty:
            return
        if not column.to:
            yield from ((column.name, value) for value in values_of(column, text))
            return
        found = self._reader.reference(column, (text, *map(entry.cell, column.beside)))
        if found is None:
            message = f"column `{column.column}`: this {_ELSEWHERE}"
            remarks.append(Problem(entry.locator, message, row=False))
            yield term_of(column.column), text
        else:
            yield column.name, found

    def _day(self, entry: Entry, fields: Sequence[tuple[str, Value]]) -> date | None:
        table = self.table
        if _DATED not in table.kind.document:
            return None
        if table.day:
            column = replace(_DAY, column=table.day, form=table.form)
            found = next(values_of(column, entry.cell(table.day)), None)
            if isinstance(found, date):
                return found
        days = [(name != "sd:date", day) for name, value in fields if (day := _civil(value))]
        if days:
            return min(days, key=lambda one: one[0])[1]
        raise ValueError(f"this row says no day, which {table.kind.name} is kept by")

    def _check(self, fields: Sequence[tuple[str, Value]]) -> None:
        """Raises ValueError where a property is empty that no record of the class goes without."""
        said = {name for name, _ in fields}
        if any(_civil(value) for _, value in fields):
            said.add("sd:date")  # which follows from another day or time
        for column in self._required.values():
            if column is not None and column.name not in said:
                where = f"column `{column.column}`" if column.column else f"`{column.name}`"
                raise ValueError(f"{where} is empty, and {self.table.kind.name} needs it")

    def _own_key(self, entry: Entry) -> Key:
        table = self.table
        if table.only:
            return Key(stable=table.only)
        if table.key:
            texts = [entry.cell(name) for name in table.key]
            for name, text in zip(table.key, texts, strict=True):
                if not text:
                    raise ValueError(f"column `{name}` is empty, and is the key of this row")
            return _key(table, texts)
        if table.natural:
            return Key(natural=tuple(for_key(entry.cell(name)) for name in table.natural))
        return Key(natural=tuple(f"{name}={for_key(text)}" for name, text in entry.cells.items()))


_DAY: Final = Column(name="sd:date", rule=open_property(SD.date, XSD.date, XSD.dateTime))


def _key(table: Table, texts: Sequence[str]) -> Key:
    """The key of a record of a table, by the texts of its key columns."""
    whole = texts[0] if len(texts) == 1 else "/".join(text.replace("/", "%2F") for text in texts)
    if table.kind.document == ACCOUNTS and _is_iban(whole):
        # The number of an account is only kept as a keyed hash, see importers.naming.
        return Key(natural=("".join(whole.split()).upper(),))
    return Key(stable=whole)


def _is_iban(text: str) -> bool:
    try:
        iban(text)
    except ValueError:
        return False
    return True


def _account(fields: Sequence[tuple[str, Value]]) -> Key:
    """The account that a record names. Raises ValueError where it names none."""
    for name, value in fields:
        if name == "sd:account" and isinstance(value, Ref):
            return value.key
        if name == "sd:account" and isinstance(value, Iri):
            return Key(stable=value.value)
    raise ValueError("this row names no account, which its record is kept by")


def _civil(value: Value) -> date | None:
    if isinstance(value, Ref):
        return value.on
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _taken(tables: Sequence[Table]) -> frozenset[str]:
    """The columns that are read, or left out on purpose, by their folded names."""
    named = {folded(name) for one in tables for name in one.named}
    return frozenset(named.union(*(one.left for one in tables)))


def _rest(entry: Entry, names: Sequence[str], taken: frozenset[str]) -> Iterator[tuple[str, Value]]:
    """What stands under columns that no table reads: kept under their own names."""
    known = {folded(name): name for name in names}
    for name, text in entry.cells.items():
        if name not in taken:
            yield term_of(known.get(name, name)), text


def _remarks(read: Read) -> Iterator[Problem]:
    """What there is to say of the columns of a source, once."""
    here, taken = frozenset(map(folded, read.names)), _taken(read.tables)
    left = frozenset().union(*(one.left for one in read.tables))
    kept = [name for name in read.names if folded(name) not in taken]
    out = [name for name in read.names if folded(name) in left]
    asked = sorted({name for one in read.tables for name in one.named if folded(name) not in here})
    for columns, what in (
        (kept, "no column of the mapping: kept as they are, under their own names"),
        (out, "left out, as the mapping says"),
        (asked, "in the mapping, and not in this table"),
    ):
        if columns:
            shown = ", ".join(f"`{name}`" for name in columns[:_SHOWN])
            more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
            yield Problem(read.where, f"{shown}{more}: {what}", row=False)
