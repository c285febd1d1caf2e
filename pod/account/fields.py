"""What a control takes, as a table: read from JSON, and told to who asks before sending any."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pod.problems import Malformed, UnsupportedMediaType

_JSON = "application/json"
_KINDS: dict[str, type] = {"string": str, "boolean": bool, "object": dict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One member of a JSON object: its name, its kind, and the members of an object.

    What surrounds a text is cut off, unless it is `secret`: in a password each letter counts.
    """

    name: str
    kind: str = "string"
    required: bool = True
    secret: bool = False
    members: tuple["Field", ...] = ()


def described(fields: Iterable[Field]) -> dict[str, Any]:
    """The fields as clients are told of them."""
    return {"fields": {field.name: _description(field) for field in fields}}


def read_fields(fields: Iterable[Field], media_type: str, body: bytes) -> dict[str, Any]:
    """What a JSON body says in these fields; members that are not known are left out.

    A field that may be missing and is, is not in the result. Raises Malformed, and
    UnsupportedMediaType for a body in another format.
    """
    if not body:
        return _read(fields, {}, "")
    if media_type.partition(";")[0].strip().lower() != _JSON:
        # A form of another site can send no JSON without asking first.
        raise UnsupportedMediaType(f"send JSON, with `Content-Type: {_JSON}`")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("the body cannot be read as JSON") from error
    if not isinstance(value, dict):
        raise Malformed("the body must be a JSON object")
    return _read(fields, value, "")


def _description(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"required": field.required, "type": field.kind}
    return told | described(field.members) if field.kind == "object" else told


def _read(fields: Iterable[Field], value: Mapping[str, Any], above: str) -> dict[str, Any]:
    found = {}
    for field in fields:
        name, given = above + field.name, value.get(field.name)
        if given is not None and not isinstance(given, _KINDS[field.kind]):
            raise Malformed(f"`{name}` must be a {field.kind}")
        if isinstance(given, str) and not field.secret:
            given = given.strip()
        if field.required and given in {None, ""}:
            raise Malformed(f"`{name}` is required")
        if given is not None and given != "":
            found[field.name] = (
                _read(field.members, given, f"{name}.") if isinstance(given, dict) else given
            )
    return found
