"""What the changes of a job, or of a batch of jobs, come to.

Part of it is written once for the whole batch, just before the commit: the events, the lines of
the journal, and the new versions of containers, of which a batch often moves one many times.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from acl.model import AclIndex
from pod.model import Entry, Resource


class Row(NamedTuple):
    """What must be known of a row to replace it, and what stays when it is.

    Its version's number, where its bytes are, and its inbox as it stands there.
    """

    version: int
    body: int | None = None
    blob: str | None = None
    inbox: str | None = None


NO_ROW = Row(0)  # stands for the absence of one


class Move(NamedTuple):
    """What becomes of a container whose listing changed; `modified` is None when it stays."""

    version: int
    modified: int | None


@dataclass(slots=True, kw_only=True)
class Effects:
    """A job's begin empty and are absorbed by those of its batch; a job that fails leaves none.

    `seq` is the number of the last change. By path: `rows` is what is known of rows, NO_ROW where
    there is none; `moves` the containers that are yet to be moved, None where a later change has
    overtaken that; `changed` what became of each resource, None where it is to be looked up again.
    `named` has a blob for each change that names it, `dropped` those that may be named no more.
    """

    seq: int
    acls: AclIndex
    batch: "Effects | None" = None
    rows: dict[str, Row] = field(default_factory=dict)
    moves: dict[str, Move | None] = field(default_factory=dict)
    changed: dict[str, Resource | None] = field(default_factory=dict)
    events: list[tuple[int, str, str, int]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)

    def next(self) -> int:
        """The number of one more change."""
        self.seq += 1
        return self.seq

    def follow(self) -> "Effects":
        """Where the next job of the batch begins: it sees what was known and is to be done."""
        return Effects(seq=self.seq, acls=self.acls, batch=self)

    def row(self, path: str) -> Row | None:
        """What is known of a row; None when nothing is."""
        found = self.rows.get(path)
        return self.batch.row(path) if found is None and self.batch is not None else found

    def move(self, path: str) -> Move | None:
        """What is yet to be done to a container."""
        if path in self.moves or self.batch is None:
            return self.moves.get(path)
        return self.batch.move(path)

    def is_changed(self, path: str) -> bool:
        """Whether the batch has touched a resource so far."""
        return path in self.changed or (self.batch is not None and self.batch.is_changed(path))

    def absorb(self, job: "Effects") -> None:
        """Keep what a job has done."""
        self.seq = job.seq
        self.acls = job.acls
        self.rows.update(job.rows)
        self.moves.update(job.moves)
        self.changed.update(job.changed)
        self.events += job.events
        self.entries += job.entries
        self.named += job.named
        self.dropped |= job.dropped
