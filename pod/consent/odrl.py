"""Access requests as Linked Web Storage writes them: JSON-LD, with a policy in the words of ODRL.

LWS Access Requests and Access Grants (editor's draft of 2026): the document, and its ODRL Access
Policy Profile. Its members are read as JSON. A policy says the same of all that it targets, so what
asks for several things in different ways is several of them; ours may be in `optional` too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from acl import Mode
from pod.agreements import AccessRequest, Item
from pod.consent.asking import (
    Asking,
    check_known,
    distinct,
    iri,
    item_at,
    item_of,
    objects,
    purpose,
    retention,
    text,
)
from pod.problems import Malformed, Unprocessable
from vocab.names import SD
from vocab.selfdata import APP_CONTEXT

LWS_CONTEXT: Final = "https://www.w3.org/ns/lws/v1"
LWS: Final = "https://www.w3.org/ns/lws#"
REQUEST: Final = "AccessRequest"
POLICY: Final = "ODRLAccessPolicy"
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
    "optional",
    "sentence",
    "retention",
)
_OF_POLICY: Final = ("type", "action", "assignee", "target", "hasPurpose", "constraint")
_OF_OPTIONAL: Final = ("type", "action", "target")
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
    # LWS Access Requests §5.1 #context-property: "MUST be an ordered set that includes
    # https://www.w3.org/ns/lws/v1"; §5.2 #type-property: "the array MUST contain AccessRequest".
    if LWS_CONTEXT not in _listed(said, "@context"):
        raise Malformed(f"begin with `@context`, a list that has {LWS_CONTEXT} in it")
    _check_type(said, REQUEST)
    check_known(said, _MEMBERS)
    # LWS Access Requests §5.3 #storage-property: "identifies the LWS storage to which the access
    # request [...] is scoped".
    if said.get("storage") != storage:
        raise Unprocessable(f"name the storage that is asked as `storage`: {storage}")
    access = said.get("access")
    if not isinstance(access, dict):
        raise Malformed("write what is asked for as an object in `access`")
    limits = _limits(access, now)
    return Asking(
        agent=_assignee(access),
        client=limits.client,
        purpose=_purpose(access, limits),
        sentence=text(said, "sentence"),
        required=read_policy(access, storage, _OF_POLICY),
        optional=distinct(
            item
            for one in objects(said, "optional")
            for item in read_policy(one, storage, _OF_OPTIONAL)
        ),
        days=None if limits.ends is None else (limits.ends - now).days,
        ends=limits.ends,
        retention=retention(said),
        inbox=iri(said, "inbox"),
    )


def read_policy(
    access: Mapping[str, Any], storage: str, members: tuple[str, ...]
) -> tuple[Item, ...]:
    """The items that a policy is about. Raises as above."""
    check_known(access, members)
    _check_type(access, POLICY)
    modes = _modes(access)
    # LWS Access Requests §6.4 #odrl-target: OPTIONAL there; what would be asked for without one
    # is everything.
    target = access.get("target")
    if not isinstance(target, dict):
        raise Unprocessable("say what is asked for: `target`, with its `type` and its `value`")
    check_known(target, ("type", "value"))
    kind, values = target.get("type"), _listed(target, "value")
    if not values:
        raise Malformed("write the `value` of a target as a list that is not empty")
    if kind == CATEGORY:
        return distinct(item_of(value, modes) for value in values)
    if isinstance(kind, str) and kind in _RESOURCES:
        return distinct(item_at(value, modes, storage) for value in values)
    # LWS Access Requests §7.4 #data-validation: "MUST reject any payload that cannot be
    # represented fully".
    raise Unprocessable(f"use targets of the type StorageResource, or {CATEGORY} for categories")


def read_counter(access: Any, storage: str, now: datetime) -> tuple[tuple[Item, ...], int | None]:
    """The items and the days of a policy that is offered instead of another. Raises as above."""
    if not isinstance(access, dict):
        raise Malformed("write what is asked for as an object in `access`")
    limits = _limits(access, now)
    days = None if limits.ends is None else (limits.ends - now).days
    return read_policy(access, storage, _OF_POLICY), days


def document(request: AccessRequest, storage: str) -> dict[str, Any]:
    """What a request asks for, as an access request: what `read_request` reads again."""
    said = {
        "@context": [LWS_CONTEXT, APP_CONTEXT],
        "type": [REQUEST],
        "storage": storage,
        "inbox": request.inbox,
        "access": one_or_all([*_access(request, storage)]),
        "optional": [*policies(request.optional, storage)],
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
    limits = [*_constraints(request)]
    for policy in policies(request.required or request.optional, storage):
        yield {
            **policy,
            "assignee": request.agent,
            "hasPurpose": [request.purpose],
            **({"constraint": limits} if limits else {}),
        }


def _constraints(request: AccessRequest) -> Iterator[dict[str, str]]:
    if request.client is not None:
        yield {"leftOperand": "client", "operator": "eq", "rightOperand": request.client}
    if request.ends is not None:
        yield {
            "leftOperand": "dateTime",
            "operator": "lteq",
            "rightOperand": request.ends.isoformat(),
        }


def one_or_all(found: list[dict[str, Any]]) -> Any:
    """A policy, or all of them where there are several."""
    return found[0] if len(found) == 1 else found


def _modes(access: Mapping[str, Any]) -> Mode:
    names = _listed(access, "action")
    asked = frozenset(name for name in names if isinstance(name, str))
    # LWS Access Requests §6.2 #odrl-action: "a non-empty array of strings. Each value MUST
    # correspond to an operation recognized by the server".
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


def _assignee(access: Mapping[str, Any]) -> str:
    # LWS Access Requests §6.3 #odrl-assignee: "the party that is requesting access (in the case
    # of a request)".
    found = iri(access, "assignee")
    if found is None:
        raise Malformed("say who asks: `assignee`, a WebID")
    return found


def _purpose(access: Mapping[str, Any], limits: Limits) -> str:
    # LWS Access Requests §6.5 #odrl-hasPurpose is OPTIONAL there, and a list; a person agrees to
    # one purpose at a time.
    named = [purpose(one) for one in _listed(access, "hasPurpose")]
    found = {*named, *filter(None, (limits.purpose,))}
    if len(found) > 1:
        raise Unprocessable("ask for one purpose at a time: `hasPurpose` with one in it")
    return purpose(next(iter(found), None))


def _limits(access: Mapping[str, Any], now: datetime) -> Limits:
    client: str | None = None
    about: str | None = None
    ends: datetime | None = None
    for one in objects(access, "constraint"):
        check_known(one, _OF_CONSTRAINT)
        match one.get("leftOperand"), one.get("operator"):
            case "client", "eq":
                client = iri(one, "rightOperand")
            case "purpose", "eq":
                about = purpose(one.get("rightOperand"))
            case "dateTime", "lteq" | "lt":
                ends = _time(one)
            case "dateTime", "gteq" | "gt" if _time(one) <= now:
                pass  # it may begin at once
            case _:
                # LWS Access Requests §7.4 #data-validation, as above: no rule here looks at media
                # types, or begins later.
                raise Unprocessable("use the constraints client eq, purpose eq and dateTime lteq")
    if ends is not None and (ends - now).days < 1:
        raise Unprocessable("ask for a day at least: `dateTime` is over before that")
    return Limits(client=client, purpose=about, ends=ends)


def _time(constraint: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(constraint["rightOperand"])
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    raise Malformed("write the time of a constraint with its zone, as in 2026-06-09T10:00:00Z")


def _check_type(said: Mapping[str, Any], kind: str) -> None:
    if kind not in _listed(said, "type"):
        raise Malformed(f"write `type` as a list that has {kind} in it")


def _listed(said: Mapping[str, Any], member: str) -> list[Any]:
    found = said.get(member, [])
    return found if isinstance(found, list) else []
