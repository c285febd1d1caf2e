"""The values of access control. Nothing here decides anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, Flag, auto

from vocab.iri import ResourceIri


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

    An anonymous agent has no WebID. `memberships` holds the facts that were looked up before
    deciding: (group IRI, member IRI) for each group of the rules that has the member.
    """

    webid: str | None = None
    client: str | None = None
    issuer: str | None = None
    origin: str | None = None
    memberships: frozenset[tuple[str, str]] = frozenset()


ANYONE = Agent()


class ConditionKind(Enum):
    """What a condition looks at (WAC §4.4)."""

    CLIENT = "ClientCondition"
    ISSUER = "IssuerCondition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One acl:condition: satisfied by a listed value, a member of a group, or anything at all."""

    kind: ConditionKind
    values: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    anyone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One acl:Authorization, already parsed: subjects, modes, conditions, and where it applies."""

    scope: Scope
    modes: Mode
    agents: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    public: bool = False
    authenticated: bool = False
    origins: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()

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


@dataclass(frozen=True, slots=True)
class AclIndex:
    """Every ACL of one storage, keyed by the resource it is attached to, and who owns the storage.

    A resource whose ACL document exists but holds no usable rule maps to (): nobody gets in.
    `classes` has the classes "own" and "below" of each ACL by the path of its resource, and
    `groups` every group that a rule or a condition names, ready for the decision of each request.
    """

    rules: Mapping[ResourceIri, tuple[Rule, ...]]
    owners: frozenset[str] = frozenset()
    classes: Mapping[str, tuple[AccessClass, AccessClass]] = field(
        init=False, repr=False, compare=False
    )
    groups: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        classes = {
            iri.path: (AccessClass(iri, "own"), AccessClass(iri, "below")) for iri in self.rules
        }
        object.__setattr__(self, "classes", classes)
        every = (rule.all_groups for rules in self.rules.values() for rule in rules)
        object.__setattr__(self, "groups", frozenset().union(*every))


@dataclass(frozen=True, slots=True)
class Need:
    """What an operation must be allowed to do, and on which resource."""

    mode: Mode
    on: ResourceIri


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one agent, and everyone, may do to one resource, and which ACL says so."""

    target: ResourceIri
    agent: Agent
    modes: Mode
    public: Mode
    source: ResourceIri | None


@dataclass(frozen=True, slots=True)
class Grant:
    """Proof that every need of an operation was met. Only `permit` makes one."""

    accesses: tuple[Access, ...]
    needs: tuple[Need, ...] = field(default=())

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
