"""Access requests as Linked Web Storage writes them: JSON-LD, with policies in the words of ODRL.

Linked Web Storage Protocol 1.0 (draft of June 2026), §10: its members are read as JSON. A policy
says the same of all that it targets, so what asks for several things in different ways has several
of them. A member of ours, `required`, is false in those that the asker could do without.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from acl import Mode
from pod.agreements import AccessRequest, Item
from pod.consent.asking import (
    Asking,
    check_known,
    distinct,
    iri,
    is_required,
    item_at,
    item_of,
    manifest,
    purpose,
    retention,
    text,
)
from pod.consent.manifest import is_days
from pod.problems import Malformed, Unprocessable
from vocab.names import SD
from vocab.selfdata import APP_CONTEXT

T = TypeVar("T")

LWS_CONTEXT: Final = "https://www.w3.org/ns/lws/v1"
LWS: Final = "https://www.w3.org/ns/lws#"
REQUEST: Final = "AccessRequest"
POLICY: Final = "AccessPolicy"
CATEGORY: Final = SD.dataCategory  # a type of targets: LWS lets a server have its own
_RESOURCES: Final = frozenset(
    prefix + name
    for prefix in ("", LWS)
    for name in ("StorageResource", "DataResource", "Container")
)
# WAC cannot keep apart what it is to change, to create and to delete: who may write may do all.
_WRITES: Final = frozenset({"create", "modify", "delete"})
_ACTIONS: Final[tuple[tuple[frozenset[str], Mode], ...]] = (
    (frozenset({"read"}), Mode.READ),
    (_WRITES, Mode.WRITE),
    (frozenset({"create"}), Mode.APPEND),
)
_KNOWN: Final = frozenset({"read", *_WRITES})
_MEMBERS: Final = (
    "@context",
    "type",
    "storage",
    "inbox",
    "access",
    "sentence",
    "retention",
    "manifest",
)
_OF_POLICY: Final = ("type", "action", "assignee", "target", "constraint", "required")
_OF_OFFER: Final = ("type", "action", "target", "constraint")
_OF_CONSTRAINT: Final = ("leftOperand", "operator", "rightOperand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the constraints of a policy come to. `ends` is in UTC."""

    client: str | None
    purpose: str | None
    ends: datetime | None


def is_lws(said: Mapping[str, Any]) -> bool:
    """Whether an object is meant as an access request of Linked Web Storage."""
    return "@context" in said or "access" in said


def read_request(said: Mapping[str, Any], storage: str, now: datetime) -> Asking:
    """What an access request asks for at a time, in UTC. Raises Malformed and Unprocessable."""
    # LWS §10.4.1 #json-ld-serialization: "MUST include an @context property whose value is an
    # ordered set that includes https://www.w3.org/ns/lws/v1".
    if LWS_CONTEXT not in _some(said, "@context"):
        raise Malformed(f"begin with `@context`, a list that has {LWS_CONTEXT} in it")
    # LWS §10.2.1 #access-type-property: "the value MUST include the term AccessRequest".
    _check_type(said, REQUEST)
    check_known(said, _MEMBERS)
    # LWS §10.2.2 #access-storage-property: "identifies the LWS storage to which the access request
    # [...] is scoped".
    if said.get("storage") != storage:
        raise Unprocessable(f"name the storage that is asked as `storage`: {storage}")
    # LWS §10.2.4 #access-property: "a collection of one or more objects".
    access = _objects(said, "access")
    agent = _alike((_assignee(one) for one in access), "assignee")
    limits = _alike((_limits(one, now) for one in access), "constraint")
    if limits.purpose is None:
        raise Malformed("say what it is for: the constraint `purpose eq`, a term of the list")
    asked = [(is_required(one), item) for one in access for item in _items(one, storage)]
    return Asking(
        agent=agent,
        client=limits.client,
        purpose=limits.purpose,
        sentence=text(said, "sentence"),
        required=distinct(item for needed, item in asked if needed),
        optional=distinct(item for needed, item in asked if not needed),
        days=None if limits.ends is None else (limits.ends - now).days,
        ends=limits.ends,
        retention=retention(said),
        inbox=iri(said, "inbox"),
        manifest=manifest(said),
    )


def read_counter(
    said: Mapping[str, Any], storage: str, now: datetime
) -> tuple[tuple[Item, ...], int | None]:
    """The items and the days of the policies in `access` that are offered instead of others, at a
    time in UTC. Raises as above.
    """
    access = _objects(said, "access")
    for one in access:
        check_known(one, _OF_OFFER)
    limits = _alike((_limits(one, now) for one in access), "constraint")
    if limits.client is not None or limits.purpose is not None:
        raise Unprocessable("who asks and what for stays as it is: offer another `dateTime` alone")
    items = distinct(item for one in access for item in _items(one, storage))
    return items, None if limits.ends is None else (limits.ends - now).days


def document(request: AccessRequest, storage: str) -> dict[str, Any]:
    """What a request asks for, as an access request: what `read_request` reads again."""
    said = {
        "@context": [LWS_CONTEXT, APP_CONTEXT],
        "type": [REQUEST],
        "storage": storage,
        "inbox": request.inbox,
        "access": [*_access(request, storage)],
        "sentence": request.sentence,
        "retention": request.retention,
    }
    return {name: value for name, value in said.items() if value}


def policies(items: Iterable[Item], storage: str) -> Iterator[dict[str, Any]]:
    """The policies that items are: one for all that are asked for in the same way."""
    alike: dict[tuple[Mode, bool], list[Item]] = {}
    for item in items:
        alike.setdefault((item.modes, item.category is None), []).append(item)
    for (modes, is_named), found in alike.items():
        values = [storage + one.path if is_named else one.category for one in found]
        kind = "StorageResource" if is_named else CATEGORY
        target = {"type": kind, "value": values}
        yield {"type": [POLICY], "action": actions_of(modes), "target": target}


def actions_of(modes: Mode) -> list[str]:
    """The actions that modes stand for, in a fixed order."""
    found = {name for names, mode in _ACTIONS if mode in modes for name in names}
    return [name for name in ("read", "create", "modify", "delete") if name in found]


def _access(request: AccessRequest, storage: str) -> Iterator[dict[str, Any]]:
    whole = {"assignee": request.agent, "constraint": [*_constraints(request)]}
    for policy in policies(request.required, storage):
        yield {**policy, **whole}
    for policy in policies(request.optional, storage):
        yield {**policy, **whole, "required": False}


def _constraints(request: AccessRequest) -> Iterator[dict[str, str]]:
    yield {"leftOperand": "purpose", "operator": "eq", "rightOperand": request.purpose}
    if request.client is not None:
        yield {"leftOperand": "client", "operator": "eq", "rightOperand": request.client}
    if request.ends is not None:
        yield {
            "leftOperand": "dateTime",
            "operator": "lteq",
            "rightOperand": request.ends.isoformat(),
        }


def _items(policy: Mapping[str, Any], storage: str) -> Iterator[Item]:
    check_known(policy, _OF_POLICY)
    # LWS §10.3.1 #odrl-type: "MUST include the term AccessPolicy".
    _check_type(policy, POLICY)
    modes = _modes(policy)
    # LWS §10.3.4 #odrl-target: OPTIONAL there; what would be asked for without one is everything.
    target = policy.get("target")
    if not isinstance(target, dict):
        raise Unprocessable("say what is asked for: `target`, with its `type` and its `value`")
    check_known(target, ("type", "value"))
    kind, values = target.get("type"), _some(target, "value")
    if not values:
        raise Malformed("write the `value` of a target as a list that is not empty")
    if kind == CATEGORY:
        return (item_of(value, modes) for value in values)
    if isinstance(kind, str) and kind in _RESOURCES:
        return (item_at(value, modes, storage) for value in values)
    raise Unprocessable(f"use targets of the type StorageResource, or {CATEGORY} for categories")


def _modes(policy: Mapping[str, Any]) -> Mode:
    names = _some(policy, "action")
    asked = frozenset(name for name in names if isinstance(name, str))
    # LWS §10.3.2 #odrl-action: "Each value MUST correspond to an operation recognized by the
    # server".
    if not asked or len(asked) != len(set(map(str, names))) or not asked <= _KNOWN:
        raise Unprocessable("write `action` as a list of read, create, modify and delete")
    if asked & _WRITES - {"create"} and not asked >= _WRITES:
        raise Unprocessable(
            "modify and delete are given together, and with create: ask for all three"
        )
    modes = Mode.NONE
    for actions, mode in _ACTIONS:
        modes |= mode if actions <= asked else Mode.NONE
    return modes


def _assignee(policy: Mapping[str, Any]) -> str:
    # LWS §10.3.3 #odrl-assignee: "the party that is requesting access (in the case of a request)".
    found = iri(policy, "assignee")
    if found is None:
        raise Malformed("say who asks: `assignee`, a WebID")
    return found


def _limits(policy: Mapping[str, Any], now: datetime) -> Limits:
    clients: list[str] = []
    purposes: list[str] = []
    ends: list[datetime] = []
    for one in _objects(policy, "constraint", least=0):
        check_known(one, _OF_CONSTRAINT)
        match one.get("leftOperand"), one.get("operator"):
            case "client", "eq":
                clients.append(_client(one))
            case "purpose", "eq":
                purposes.append(purpose(one.get("rightOperand")))
            case "purpose", "isAnyOf":
                purposes += map(purpose, _some(one, "rightOperand"))
            case "dateTime", "lteq" | "lt":
                ends.append(_time(one))
            case "dateTime", "gteq" | "gt" if _time(one) <= now:
                pass  # it may begin at once
            case _:
                # No rule here looks at media types or types, or begins later.
                raise Unprocessable("use the constraints purpose eq, client eq and dateTime lteq")
    # LWS §10.3.5 #odrl-constraint: "When multiple constraint objects are present, all of them MUST
    # be satisfied".
    end = min(ends, default=None)
    if end is not None and not is_days((end - now).days):
        raise Unprocessable("ask for a day at least, and for ten years at most, by `dateTime`")
    return Limits(client=_only(clients, "client"), purpose=_only(purposes, "purpose"), ends=end)


def _only(found: list[str], name: str) -> str | None:
    # A person agrees to one purpose at a time, and to one app.
    if len(set(found)) > 1:
        raise Unprocessable(f"name one `{name}`, and ask for another in a request of its own")
    return next(iter(found), None)


def _client(constraint: Mapping[str, Any]) -> str:
    found = iri(constraint, "rightOperand")
    if found is None:
        raise Malformed("write the `rightOperand` of `client` as the id of an app")
    return found


def _time(constraint: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(constraint["rightOperand"])
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    raise Malformed("write the time of a constraint with its zone, as in 2026-06-09T10:00:00Z")


def _alike(found: Iterator[T], name: str) -> T:
    """What all policies of a request say. Raises Unprocessable where they do not say the same."""
    first, *others = found
    if any(one != first for one in others):
        raise Unprocessable(f"say the same `{name}` in all of `access`, or ask in several requests")
    return first


def _check_type(said: Mapping[str, Any], kind: str) -> None:
    if kind not in _some(said, "type"):
        raise Malformed(f"write `type` as a list that has {kind} in it")


def _objects(said: Mapping[str, Any], member: str, *, least: int = 1) -> list[Mapping[str, Any]]:
    found = _some(said, member)
    if len(found) < least or not all(isinstance(one, dict) for one in found):
        raise Malformed(f"write `{member}` as a list of objects")
    return found


def _some(said: Mapping[str, Any], member: str) -> list[Any]:
    """The values of a member, which in JSON-LD may be one that is in no list."""
    found = said.get(member)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
