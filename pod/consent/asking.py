"""What a body asks for, before it is known whether its sender may: in our own JSON.

The same as Linked Web Storage writes it is for pod.consent.odrl; both come to one value.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from acl import Mode
from pod.agreements import Item
from pod.consent.categories import CATEGORIES
from pod.consent.manifest import ASKABLE, expanded, is_days, is_retention
from pod.problems import Malformed, Unprocessable, UnsupportedMediaType
from vocab.graph import NamedNode
from vocab.iri import ResourceIri

LONGEST: Final = 16 * 1024  # bytes of a body
LWS_JSON: Final = "application/lws+json"  # what Linked Web Storage calls its own
TAKEN: Final = ("application/json", "application/ld+json", LWS_JSON)
MOST_ITEMS: Final = 20
LONGEST_TEXT: Final = 500
_LONGEST_IRI: Final = 2000
_DEEPEST: Final = 10  # levels of what an asker says of itself
_MEMBERS: Final = (
    "agent",
    "client",
    "purpose",
    "sentence",
    "items",
    "days",
    "retention",
    "inbox",
    "manifest",
)
_OF_ITEM: Final = ("category", "resource", "modes", "required")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked for. Fields as in AccessRequest; `agent` and `client` are None where they are
    not said, `sentence` is "" then. `ends` is the latest time at which access would end, in UTC;
    None where none is named. `manifest` is what the asker says of itself, as JSON text.
    """

    agent: str | None
    client: str | None
    purpose: str
    sentence: str
    required: tuple[Item, ...]
    optional: tuple[Item, ...]
    days: int | None
    ends: datetime | None
    retention: str | None
    inbox: str | None
    manifest: str | None


def read_object(content_type: str | None, body: bytes) -> dict[str, Any]:
    """The JSON object that a body is. Raises UnsupportedMediaType and Malformed."""
    if (content_type or "").partition(";")[0].strip().lower() not in TAKEN:
        raise UnsupportedMediaType(f"send this as {' or '.join(TAKEN)}")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("the body is no JSON") from error
    if not isinstance(said, dict):
        raise Malformed("write the body as one JSON object")
    return said


def read_plain(said: Mapping[str, Any], storage: str) -> Asking:
    """What a JSON object asks for in a storage. Raises Malformed and Unprocessable."""
    check_known(said, _MEMBERS)
    rows = objects(said, "items")
    items = tuple((is_required(row), _item(row, storage)) for row in rows)
    return Asking(
        agent=iri(said, "agent"),
        client=iri(said, "client"),
        purpose=purpose(said.get("purpose")),
        sentence=text(said, "sentence"),
        required=distinct(item for is_required, item in items if is_required),
        optional=distinct(item for is_required, item in items if not is_required),
        days=days(said),
        ends=None,
        retention=retention(said),
        inbox=iri(said, "inbox"),
        manifest=manifest(said),
    )


def read_offer(said: Mapping[str, Any], storage: str) -> tuple[tuple[Item, ...], int | None]:
    """The items and the days of an offer: the members `items` and `days` alone. Raises as above."""
    items = distinct(_item(row, storage) for row in objects(said, "items"))
    return items, days(said)


def item_at(address: Any, modes: Mode, storage: str) -> Item:
    """An item that is named by its address. Raises Malformed and Unprocessable."""
    if not isinstance(address, str) or not address.startswith(storage):
        raise Unprocessable("name what is asked for by its address in this storage")
    try:
        target = ResourceIri.parse(storage, address.removeprefix(storage))
    except ValueError as error:
        raise Malformed("name what is asked for by an address that can be one") from error
    return Item(path=target.path, modes=modes)


def item_of(category: Any, modes: Mode) -> Item:
    """An item that is named by its category. Raises Unprocessable."""
    found = CATEGORIES.get(category) if isinstance(category, str) else None
    if found is None:
        raise Unprocessable(f"name a category: one of {', '.join(CATEGORIES)}")
    return Item(path=found.path, modes=modes, category=found.name)


def distinct(items: Iterator[Item]) -> tuple[Item, ...]:
    """Some items, each once. Raises Unprocessable for too many."""
    found = tuple(dict.fromkeys(items))
    if len(found) > MOST_ITEMS:
        raise Unprocessable(f"ask for at most {MOST_ITEMS} things at once")
    return found


def purpose(said: Any) -> str:
    """The IRI of a purpose, which may be written with a prefix. Raises Malformed."""
    if not isinstance(said, str) or not said:
        raise Malformed("say what it is for: `purpose`, a term of the list of purposes")
    return expanded(said)


def days(said: Mapping[str, Any]) -> int | None:
    """For how many days, None for until it is stopped. Raises Malformed."""
    found = said.get("days")
    if found is not None and not is_days(found):
        raise Malformed("write `days` as a number of days, at least 1")
    return found if isinstance(found, int) else None


def retention(said: Mapping[str, Any]) -> str | None:
    """How long what was read is kept; None where it is not said. Raises Malformed."""
    found = said.get("retention")
    if found is not None and not (isinstance(found, str) and is_retention(found)):
        raise Malformed("write `retention` as in P30D, or as none")
    return found


def manifest(said: Mapping[str, Any]) -> str | None:
    """What the asker says of itself, as JSON text; None where the member is not there. Raises
    Malformed.
    """
    found = said.get("manifest")
    if found is None:
        return None
    # What is kept is read again where less of the stack may be left.
    if not isinstance(found, dict) or not _is_within(found, _DEEPEST):
        raise Malformed("write `manifest` as the object that the documentation for apps shows")
    return json.dumps(found)


def iri(said: Mapping[str, Any], member: str) -> str | None:
    """An absolute address; None where the member is not there. Raises Malformed."""
    found = said.get(member)
    if found is None:
        return None
    try:
        if isinstance(found, str) and len(found) <= _LONGEST_IRI:
            return NamedNode(found).value
    except ValueError:
        pass
    raise Malformed(f"write `{member}` as an absolute address")


def text(said: Mapping[str, Any], member: str) -> str:
    """A text of one line, "" where the member is not there. Raises Malformed."""
    found = said.get(member, "")
    if not isinstance(found, str) or not found.isprintable() or len(found) > LONGEST_TEXT:
        raise Malformed(f"write `{member}` as one line of at most {LONGEST_TEXT} characters")
    return found.strip()


def objects(said: Mapping[str, Any], member: str) -> list[Mapping[str, Any]]:
    """A list of objects, [] where the member is not there. Raises Malformed."""
    found = said.get(member, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Malformed(f"write `{member}` as a list of objects")
    return found


def check_known(said: Mapping[str, Any], members: tuple[str, ...]) -> None:
    """Raise Unprocessable for what would be passed over: who asks shall know what it got."""
    unknown = sorted(said.keys() - set(members))
    if unknown:
        names = ", ".join(members)
        raise Unprocessable(f"`{unknown[0][:40]}` means nothing here; leave it out, or use {names}")


def is_required(row: Mapping[str, Any]) -> bool:
    """Whether the asker could not do without it, as it is if nothing is said. Raises Malformed."""
    found = row.get("required", True)
    if not isinstance(found, bool):
        raise Malformed("write `required` as true or false")
    return found


def _item(row: Mapping[str, Any], storage: str) -> Item:
    check_known(row, _OF_ITEM)
    if ("category" in row) == ("resource" in row):
        raise Malformed("name each thing by its `category` or by its address as `resource`")
    if "category" in row:
        return item_of(row["category"], _modes(row))
    return item_at(row["resource"], _modes(row), storage)


def _modes(row: Mapping[str, Any]) -> Mode:
    names = row.get("modes", ["read"])
    asked = names if isinstance(names, list) else []
    known = [ASKABLE[name] for name in asked if isinstance(name, str) and name in ASKABLE]
    # Nobody can ask for the right to give rights, and what is not known is not passed over.
    if not known or len(known) != len(asked):
        raise Unprocessable(f"ask to do what can be asked for: {', '.join(ASKABLE)}")
    return reduce(or_, known)


def _is_within(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_within(one, levels - 1) for one in inner)
