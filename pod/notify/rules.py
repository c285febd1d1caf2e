"""The access rules that held when something happened, for what was deleted since."""

from collections.abc import Iterable
from typing import Protocol

from acl import AclIndex, Rule
from vocab.iri import ResourceIri


class Buried(Protocol):
    """The rules that a resource had when it was deleted, by the change with that `seq`."""

    @property
    def seq(self) -> int: ...

    @property
    def subject(self) -> ResourceIri: ...

    @property
    def rules(self) -> tuple[Rule, ...]: ...


def rules_at(seq: int, acls: AclIndex, buried: Iterable[Buried]) -> AclIndex:
    """The rules to decide by who is told of the change `seq`.

    They are those in force now, so that a right that was taken away meanwhile is gone; but for
    resources that were deleted by this change or after it, which have no rules any more, those
    that went with them: who could read a thing until its end is told of that end.
    """
    went: dict[ResourceIri, tuple[Rule, ...]] = {}
    for each in buried:  # in order: of a resource that came and went again, the first end counts
        if each.seq >= seq:
            went.setdefault(each.subject, each.rules)
    return AclIndex({**acls.rules, **went}, acls.owners) if went else acls
