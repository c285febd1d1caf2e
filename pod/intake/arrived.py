"""A file that a person brought: what it was recognised as, and what becomes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from importers.contract import HolderHint, Importer, Option
from pod.intake.provenance import Export
from pod.intake.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One file. `reason` says why nothing is taken of it, "" where something is; `is_lost` is
    whether it could have been an export all the same.

    `format` and `title` are those of its importer, "" where there is none. `asked` are what the
    person has to say before anything of it is taken. `first` and `last` are the civil days that it
    tells of, `kinds` how many it has of each class, by the names of the classes.
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
    def brings(self) -> bool:
        """Whether it tells anything that is not there yet."""
        return self.report is not None and bool(self.report["resources"])
