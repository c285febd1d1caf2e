"""A file that a person brought: what it was recognised as, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from importers.contract import HolderHint, Option
from importers.importer import Importer
from pod.intake.provenance import Export
from pod.intake.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One file. `reason` says why nothing is taken of it, "" where something is; `is_lost` is
    whether it could have been an export all the same.

    `format` and `title` are those of its importer, "" where there is none. `asked` are what the
    person has to say before anything of it is taken. `first` and `last` are the civil days that it
    tells of, `kinds` how many it has of each class, by the names of the classes.

    `formats` are the names and titles of formats of which the person has to say one, `is_table` is
    whether it may be read as a table that nobody knows. `open` are what she may say beside what is
    `asked`, and `said` what she has said, by the names of options.
    """

    name: str
    reason: str = ""
    is_lost: bool = False
    format: str = ""
    title: str = ""
    domain: str = ""
    holder: HolderHint | None = None
    asked: tuple[Option, ...] = ()
    report: Report | None = None
    first: date | None = None
    last: date | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    formats: tuple[tuple[str, str], ...] = ()
    is_table: bool = False
    open: tuple[Option, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str, importer: Importer, export: Export, report: Report) -> Self:
        """A file that was read."""
        first, last = export.gist.period or (None, None)
        kinds = export.gist.kinds.most_common()
        return cls(
            name=name,
            format=importer.format,
            title=importer.title,
            domain=importer.domain,
            holder=export.holder,
            report=report,
            first=first,
            last=last,
            kinds=tuple((kind, count) for kind, count in kinds if count),
        )

    @property
    def is_taken(self) -> bool:
        return self.report is not None

    @property
    def is_shown(self) -> bool:
        """Whether something is made of it, or would be if the person said more."""
        return bool(self.is_taken or self.asked or self.formats or self.is_table)

    @property
    def brings(self) -> bool:
        """Whether it tells anything that is not there yet."""
        return self.report is not None and bool(self.report["resources"])
