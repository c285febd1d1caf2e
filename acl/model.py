"""The values of access control. Nothing here decides anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, Flag, auto
from typing import Final, NamedTuple

from vocab.iri import ResourceIri
from vocab.names import SDC

OWN_PAGES: Final = SDC.ownPages
"""The client that an owner acts through on the pages and by the commands of the server itself."""


class Mode(Flag):
    """Access modes (WAC §4.2). Write includes Append: testing Append on a Write grant holds."""

    NONE = 0
    READ = auto()
    APPEND = auto()
    _WRITE_ONLY = auto()
    CONTROL = auto()
    WRITE = _WRITE_ONLY | APPEND


class Scope(Enum):
    """Whether a rule covers its own resource or what the container holds."""

    ACCESS_TO = "accessTo"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Agent:
    """Who is asking: the person or organisation, through which client, vouched for by whom.

    An anonymous agent has no WebID. `purpose` is the IRI of the one purpose that it asks for, where
    it names one. `memberships` holds the facts that were looked up before
    deciding: (group IRI, member IRI) for each group of the rules that has the member.
    """

    webid: str | None = None
    client: str | None = None
    issuer: str | None = None
    origin: str | None = None
    purpose: str | None = None
    memberships: frozenset[tuple[str, str]] = frozenset()


ANYONE = Agent()


class ConditionKind(Enum):
    """What a condition looks at: WAC §4.4, and two kinds of our own."""

    CLIENT = "ClientCondition"
    ISSUER = "IssuerCondition"
    PURPOSE = "PurposeCondition"
    PERIOD = "PeriodCondition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One acl:condition: satisfied by a listed value, a member of a group, or anything at all.

    A period holds from `since` on and before `until`, both in UTC, either of them missing where it
    is open. Whether it holds is known to `acl.period` alone, which sets `anyone` for as long as it
    does: where the time was not looked at, no period holds.
    """

    kind: ConditionKind
    values: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    anyone: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One acl:Authorization, already parsed: subjects, modes, conditions, and where it applies.

    `grant` is the IRI of what its owner has agreed to, where the rule stands for such a thing.
    """

    scope: Scope
    modes: Mode
    agents: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    public: bool = False
    authenticated: bool = False
    origins: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()
    grant: str | None = None

    @property
    def all_groups(self) -> frozenset[str]:
        """The groups of agents, clients and issuers that it names."""
        return self.groups.union(*(condition.groups for condition in self.conditions))


@dataclass(frozen=True, slots=True, order=True)
class AccessClass:
    """All resources under the same ACL and scope: they are readable by the same agents.

    `scope` is "own" for the resource the ACL is attached to and "below" for what inherits it;
    the ACL documents of these are apart, as "own-acl" and "below-acl". `source` is None where
    no ACL is in force: nobody but through the owner's Control gets in.
    """

    source: ResourceIri | None
    scope: str


class Edition(NamedTuple):
    """Which rules these are: the number of a change of the storage that they hold after, and the
    time at which their periods were looked at, in UTC; None where they were not, or have none.
    """

    number: int = 0
    looked_at: datetime | None = None


UNKNOWN_EDITION: Final = Edition()


@dataclass(frozen=True, slots=True)
class AclIndex:
    """Every ACL of one storage, keyed by the resource it is attached to, and who owns the storage.

    A resource whose ACL document exists but holds no usable rule maps to (): nobody gets in.
    `classes` has the classes "own" and "below" of each ACL by the path of its resource, `groups`
    every group that a rule or a condition names, and `purposeful` the rules with a purpose by the
    agents that they name (None for those that name somebody otherwise), ready for the decision of
    each request. `moments` are the times at which a period begins or ends, in order.
    """

    rules: Mapping[ResourceIri, tuple[Rule, ...]]
    owners: frozenset[str] = frozenset()
    edition: Edition = field(default=UNKNOWN_EDITION, compare=False)
    classes: Mapping[str, tuple[AccessClass, AccessClass]] = field(
        init=False, repr=False, compare=False
    )
    groups: frozenset[str] = field(init=False, repr=False, compare=False)
    purposeful: Mapping[str | None, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)
    moments: tuple[datetime, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        classes = {
            iri.path: (AccessClass(iri, "own"), AccessClass(iri, "below")) for iri in self.rules
        }
        object.__setattr__(self, "classes", classes)
        every = tuple({rule: None for rules in self.rules.values() for rule in rules})
        groups = (rule.all_groups for rule in every)
        object.__setattr__(self, "groups", frozenset().union(*groups))
        object.__setattr__(self, "purposeful", _purposeful(every))
        object.__setattr__(self, "moments", _moments(every))


def _purposeful(rules: Iterable[Rule]) -> Mapping[str | None, tuple[Rule, ...]]:
    found: dict[str | None, list[Rule]] = {}
    for rule in rules:
        if any(condition.kind is ConditionKind.PURPOSE for condition in rule.conditions):
            for agent in rule.agents or {None}:
                found.setdefault(agent, []).append(rule)
    return {agent: tuple(named) for agent, named in found.items()}


def _moments(rules: Iterable[Rule]) -> tuple[datetime, ...]:
    ends = (end for rule in rules for c in rule.conditions for end in (c.since, c.until))
    return tuple(sorted({end for end in ends if end is not None}))


@dataclass(frozen=True, slots=True)
class Need:
    """What an operation must be allowed to do, and on which resource."""

    mode: Mode
    on: ResourceIri


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one agent, and everyone, may do to one resource, and which ACL says so.

    `grants` are those that some of it comes from: IRIs, as Rule has them. `edition` tells by which
    rules it was decided.
    """

    target: ResourceIri
    agent: Agent
    modes: Mode
    public: Mode
    source: ResourceIri | None
    grants: frozenset[str] = frozenset()
    edition: Edition = field(default=UNKNOWN_EDITION, compare=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """Proof that every need of an operation was met. Only `permit` makes one."""

    accesses: tuple[Access, ...]
    needs: tuple[Need, ...] = field(default=())

    @property
    def grants(self) -> frozenset[str]:
        """What the owner has agreed to that it rests on, among other rules: IRIs, as in Rule."""
        return frozenset().union(*(access.grants for access in self.accesses))

    def on(self, target: ResourceIri) -> Access:
        return next(access for access in self.accesses if access.target == target)


class Refused(Exception):
    """A need was not met. Says whether signing in could help."""

    def __init__(self, need: Need, access: Access) -> None:
        super().__init__(f"{need.mode.name} is not granted")
        self.need = need
        self.access = access

    @property
    def anonymous(self) -> bool:
        return self.access.agent.webid is None


class AclProblem(Exception):
    """An ACL document that must not be stored. The message says what to write instead."""
