"""Any table, by a mapping that says what its columns are: no code, and no column is lost.

CSV and TSV, JSON and JSON lines, workbooks (.xlsx, .ods), and the dump of a system as a ZIP of
these, whose tables refer to each other. What a mapping says: docs/mapping.md. Columns that it does
not name are kept with their record, as `column:` and their own name.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Option, Options, Problem
from importers.importer import Importer
from importers.mapped.declared import Declared
from importers.mapped.mapping import mapping_of
from importers.mapped.reading import read
from importers.mapped.records import Reader
from importers.mapped.sources import TABLES, Source, sources

MAPPING: Final = Option(
    name="mapping",
    fr="le fichier YAML qui dit ce que sont les colonnes de la table",
    en="the YAML file that says what the columns of the table are",
    example="@table.yaml",
    read=mapping_of,
    is_required=True,
    is_file=True,
)
_UNSAID = "say what the columns of this table are: `--option mapping=FILE`"


class MappedTable:
    """The importer of tables, which is one of its own for each mapping: see `told`."""

    format = "mapped-table"
    title = "Any table by a mapping (CSV, JSON, XLSX, ODS), or the dump of a system (ZIP)"
    extensions = (*TABLES, ".zip")
    options = (MAPPING,)

    def __init__(self, text: str = "") -> None:
        self._text = text

    @property
    def domain(self) -> str:
        return mapping_of(self._text).domain if self._text else "relation"

    @property
    def version(self) -> str:
        """With the digest of the mapping: with another one the same bytes give other records."""
        digest = f".{sha256(self._text.encode()).hexdigest()[:12]}" if self._text else ""
        return f"1{digest}"

    def told(self, options: Options) -> Importer:
        """The importer of the mapping that the person says. Raises ValueError for a wrong one."""
        text = options.values.get(MAPPING.name, "")
        if not text:
            raise ValueError(_UNSAID)
        mapping_of(text)
        return MappedTable(text)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """Never: what a table is about, no name of a column says for sure."""
        del filename, head
        return None

    def holder(self, head: bytes) -> HolderHint:
        """As the mapping says."""
        del head
        if not self._text:
            return HolderHint(iri="urn:sd:holder:table", name="table", sector="any")
        return mapping_of(self._text).holder

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each row of each table. Option `mapping`, which is the text of it."""
        text = self._text or options.values.get(MAPPING.name, "")
        try:
            declared = mapping_of(text)
        except ValueError as error:
            yield Problem("/", f"the mapping cannot be read: {error}" if text else _UNSAID)
            return
        yield from _items(export, declared)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """A table states nothing of itself."""
        del items
        return ()


def _items(export: BinaryIO, declared: Declared) -> Iterator[Item]:
    reader = Reader(declared)
    first = next(found := sources(export), None)
    second = next(found, None)
    if first is None:
        return
    if second is None and not isinstance(first, Problem):
        # What a file is called is not told to an importer: the columns say which table it is.
        yield from reader.items(read(first, declared.tables, is_alone=True))
        return
    every = [one for one in (first, second, *found) if one is not None]
    yield from (one for one in every if isinstance(one, Problem))
    yield from _in_order(every, declared, reader)


def _in_order(every: list[Source | Problem], declared: Declared, reader: Reader) -> Iterator[Item]:
    """The sources of a dump, those first that others refer to."""
    opened = [
        read(one, declared.tables, is_alone=False) for one in every if not isinstance(one, Problem)
    ]
    ranks = _ranks(declared)
    for one in sorted(opened, key=lambda one: min((ranks[t.name] for t in one.tables), default=-1)):
        yield from reader.items(one)


def _ranks(declared: Declared) -> dict[str, int]:
    """How many tables stand before each one, of those that it refers to."""
    refers = {
        one.name: {column.to for column in one.columns if column.to} - {one.name}
        for one in declared.tables
    }
    ranks = dict.fromkeys(refers, 0)
    for _ in refers:  # a chain is never longer than there are tables
        ranks = {name: 1 + max((ranks[to] for to in refers[name]), default=-1) for name in refers}
    return ranks
