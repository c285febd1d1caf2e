"""Why something is decided as it is: every rule that was looked at, and what came of it.

The same functions as in `acl.decide` say so, one rule and one condition at a time; here is no
second opinion. What is explained can be replayed: decided again from the explanation alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from acl.decide import (
    _CONTROL,
    _SCOPES,
    _access,
    _has_owner_control,
    _holds,
    _modes,
    _names,
    _root_rules,
    _rules,
    class_of,
    purposes_of,
    with_purpose,
)
from acl.model import (
    Access,
    AccessClass,
    AclIndex,
    Agent,
    Condition,
    Edition,
    Mode,
    Need,
    Rule,
    Scope,
)
from acl.period import at
from vocab.iri import ResourceIri

ANYTHING: Final = "*"
"""The name that stands for any resource in a container that has no rules of its own."""


class Subject(Enum):
    """By what a rule names who asks."""

    PUBLIC = "public"
    AUTHENTICATED = "authenticated"
    AGENT = "agent"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition of a rule, and whether it held."""

    condition: Condition
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A rule that was looked at: whether it is for this resource, by what it names who asks (None
    where it does not), and its conditions.
    """

    rule: Rule
    applies: bool
    names: Subject | None
    conditions: tuple[Checked, ...]

    @property
    def counts(self) -> bool:
        """Whether its modes are given."""
        held = all(checked.holds for checked in self.conditions)
        return self.applies and self.names is not None and held

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that kept it from counting for somebody whom it names."""
        return tuple(checked.condition for checked in self.conditions if not checked.holds)


@dataclass(frozen=True, slots=True)
class Step:
    """A resource that was asked for its ACL document, and whether it has one."""

    on: ResourceIri
    has_rules: bool


class OwnerControl(Enum):
    """What came of the control that owners have of all that is theirs."""

    NOT_OWNER = "not owner"
    NOT_NEEDED = "not needed"  # the rules give it already
    GIVEN = "given"
    REFUSED = "refused"  # to an app that acts for her, and that her root does not let control it


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One decision, and all that it was made of.

    `agent` is as it was decided for: with the purpose that was taken for it where it names none,
    which `asked` then lacks; `purposes` are those it was granted anything for, in order, where it
    names none. Its memberships are the ones that could matter; `unknown_groups` are groups that
    could matter and of whose members nothing is known. `chain` leads from the resource to the one
    whose ACL document is in force, `judged` are the rules of that, and `root` those of the storage
    that could let an owner back in. `scope` is that of an AccessClass.
    """

    need: Need
    agent: Agent
    asked: str | None
    purposes: tuple[str, ...]
    unknown_groups: frozenset[str]
    owners: frozenset[str]
    edition: Edition
    chain: tuple[Step, ...]
    source: ResourceIri | None
    scope: str
    judged: tuple[Judged, ...]
    root: tuple[Rule, ...]
    owner: OwnerControl
    modes: Mode
    public: Mode
    grants: frozenset[str]

    @property
    def granted(self) -> bool:
        """Whether what was needed is given."""
        return self.need.mode in self.modes

    @property
    def inherited(self) -> bool:
        """Whether the rules in force are those of a container above."""
        return self.source is not None and self.scope.startswith("below")


def explain(
    acls: AclIndex, need: Need, agent: Agent, *, memberships_known: bool = True
) -> Explanation:
    """Why an agent may, or may not, do something.

    `memberships_known` is whether those of the agent were looked up at the time that is explained.
    """
    decided_for = with_purpose(acls, agent)
    access, its_class = _access(acls, need.on, decided_for), class_of(acls, need.on)
    root = _root_rules(acls)
    judged = tuple(_judged(_rules(acls, its_class), _SCOPES[its_class.scope], decided_for))
    groups = frozenset().union(*(one.rule.all_groups for one in judged if one.applies))
    groups = groups.union(*(rule.all_groups for rule in root if decided_for.webid in acls.owners))
    purposes = () if agent.purpose is not None else tuple(sorted(purposes_of(acls, agent)))
    memberships = frozenset(pair for pair in agent.memberships if pair[0] in groups)
    return Explanation(
        need=need,
        agent=replace(decided_for, memberships=memberships),
        asked=agent.purpose,
        purposes=purposes,
        unknown_groups=frozenset() if memberships_known else groups,
        owners=acls.owners,
        edition=acls.edition,
        chain=tuple(_chain(acls, need.on)),
        source=access.source,
        scope=its_class.scope,
        judged=judged,
        root=root,
        owner=_owner_control(acls, its_class, decided_for),
        modes=access.modes,
        public=access.public,
        grants=access.grants,
    )


def replay(explanation: Explanation) -> Access:
    """What is decided from the data of an explanation, and from nothing else."""
    here = explanation
    rules: dict[ResourceIri, tuple[Rule, ...]] = {}
    if here.root:
        rules[ResourceIri(here.need.on.storage, "")] = here.root
    if here.source is not None:
        rules[here.source] = tuple(one.rule for one in here.judged)
    acls = AclIndex(rules, here.owners, here.edition)
    if here.edition.looked_at is not None:
        acls = at(acls, here.edition.looked_at)
    return _access(acls, here.need.on, here.agent)


def representative(its_class: AccessClass, acls: AclIndex) -> ResourceIri | None:
    """An address in a class, so that its decision can be explained; None where no rules are."""
    if its_class.source is None or not its_class.scope.startswith("below"):
        return its_class.source
    name = ANYTHING
    while its_class.source.child(name) in acls.rules:
        name += ANYTHING
    return its_class.source.child(name)


def _chain(acls: AclIndex, target: ResourceIri) -> Iterator[Step]:
    while target.is_auxiliary:
        target = target.subject
    for here in target.ancestry():
        yield Step(here, here in acls.rules)
        if here in acls.rules:
            return


def _judged(rules: Iterable[Rule], scope: Scope, agent: Agent) -> Iterator[Judged]:
    for rule in rules:
        yield Judged(
            rule=rule,
            applies=rule.scope is scope,
            names=_subject(rule, agent),
            conditions=tuple(Checked(one, _holds(one, agent)) for one in rule.conditions),
        )


def _subject(rule: Rule, agent: Agent) -> Subject | None:
    if not _names(rule, agent):
        return None
    if rule.public:
        return Subject.PUBLIC
    if rule.authenticated:
        return Subject.AUTHENTICATED
    return Subject.AGENT if agent.webid in rule.agents else Subject.GROUP


def _owner_control(acls: AclIndex, its_class: AccessClass, agent: Agent) -> OwnerControl:
    if agent.webid not in acls.owners:
        return OwnerControl.NOT_OWNER
    if _modes(_rules(acls, its_class), _SCOPES[its_class.scope], agent)[0] & _CONTROL:
        return OwnerControl.NOT_NEEDED
    return OwnerControl.GIVEN if _has_owner_control(acls, agent) else OwnerControl.REFUSED
