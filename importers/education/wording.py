"""Texts and dates of credentials in JSON-LD: in several languages, with and without a zone."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from importers.clock import civil_date, instant, is_no_day, iso_date, wall_time
from importers.contract import LangString, Value

# BCP 47: as much of it as any label of a credential uses.
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
_OFFSET: Final = re.compile(r"[^T]*T.*(?:Z|[+-]\d\d:?\d\d)$", re.ASCII)


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a member that has one or a list of them."""
    several = value if isinstance(value, list) else [value]
    return [one for one in several if isinstance(one, dict)]


def types(node: dict[str, Any]) -> frozenset[str]:
    """The types of an object, by their local names."""
    found = node.get("type", node.get("@type", []))
    several = found if isinstance(found, list) else [found]
    return frozenset(re.split("[:#/]", one)[-1] for one in several if isinstance(one, str))


def identifier(node: dict[str, Any]) -> str:
    found = node.get("id", node.get("@id"))
    return found if isinstance(found, str) else ""


def texts(value: Any) -> Iterator[str | LangString]:
    """The texts of a member: a text, a language map, JSON-LD values, or a list of these."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict) and "@value" in value:
        yield from _tagged(str(value.get("@language", "")), value["@value"])
    elif isinstance(value, dict):
        for tag, said in value.items():
            yield from _tagged(tag, said)


def plain(value: Any) -> str:
    """The first of the texts of a member, without its language; "" where it has none."""
    found = next(texts(value), "")
    return found.text if isinstance(found, LangString) else found


def worded(name: str, *values: Any) -> tuple[tuple[str, Value], ...]:
    """A property with each text of the first of the values that has any."""
    for value in values:
        found = tuple(dict.fromkeys(texts(value)))
        if found:
            return tuple((name, one) for one in found)
    return ()


def civil(text: str) -> date:
    """A date, or the day of a time: in Paris where it says its offset. Raises ValueError."""
    found = moment(text)
    return civil_date(found) if isinstance(found, datetime) else found


def moment(text: str) -> date | datetime:
    """A time with its offset; a date for one that has none or no time. Raises ValueError."""
    if "T" not in text:
        return iso_date(text)
    return instant(text) if _OFFSET.match(text) else wall_time(text).date()


def expiry(node: dict[str, Any]) -> tuple[tuple[str, Value], ...]:
    """Until when a credential is good, as its record has it. Raises ValueError."""
    text = node.get("validUntil", node.get("expirationDate"))
    if not isinstance(text, str) or not text or is_no_day(text):
        return ()
    return (("schema:expires", moment(text)),)


def day_said(node: dict[str, Any], *names: str) -> date | None:
    """The civil date at the first of the members that is there. Raises ValueError that names it."""
    for name in names:
        value = node.get(name)
        if value is not None:
            try:
                return civil(value if isinstance(value, str) else "")
            except ValueError as error:
                raise ValueError(f"`{name}`: {error}") from error
    return None


def _tagged(tag: str, value: Any) -> Iterator[str | LangString]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one.strip():
            yield LangString(one.strip(), tag) if _TAG.fullmatch(tag) else one.strip()


def every_object(node: Any, pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every object in a document, itself included, with its JSON Pointer; however deep."""
    waiting = [(node, pointer)]
    while waiting:
        here, at = waiting.pop()
        if isinstance(here, list):
            waiting += [(one, f"{at}/{place}") for place, one in enumerate(here)]
        elif isinstance(here, dict):
            yield here, at
            waiting += [(one, f"{at}/{name}") for name, one in here.items()]
