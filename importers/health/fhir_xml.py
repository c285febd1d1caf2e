"""FHIR exports in XML: a Bundle, or a single resource.

Format: https://hl7.org/fhir/R4/xml.html. What stands in XML is what stands in JSON: a value is an
attribute, and what repeats is a list. So each resource is turned into that shape and read as those
are, see `fhir`. Narratives are left out, as they are there.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.health.fhir_checks import checks, holder_of, of_bundle
from importers.health.fhir_reading import Reading
from importers.health.fhir_values import Node
from importers.markup import Element, elements
from importers.text import decode, octets

_ROOT: Final = re.compile(
    r"""<(?:\w+:)?([A-Z][A-Za-z]{2,60})\s[^<>]*?\bxmlns(?::\w+)?\s*=\s*["']http://hl7\.org/fhir["']"""
)
_BUNDLE: Final = "Bundle"
# These hold a resource, under the name of its type.
_HOLDS: Final = frozenset({"resource", "contained"})
# What JSON has as a list even where there is one.
_LISTS: Final = frozenset({"entry", "link", "given", "contained"})
_TRUTHS: Final = {"true": True, "false": False}
_WORDS: Final = frozenset(
    {"valueString", "valueCode", "value", "text", "display", "family", "given"}
)
_WHOLE: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_COUNTS: Final = frozenset({"total", "valueInteger"})


class FhirXml:
    """A Bundle or a resource."""

    format = "fhir-xml"
    title = "FHIR health records and claims: Bundle or resource (XML)"
    domain = "health"
    extensions = (".xml",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the outermost element, whose namespace is that of FHIR."""
        del filename
        return Match(confidence=90) if _ROOT.search(decode(head[:8192])) else None

    def holder(self, head: bytes) -> HolderHint:
        return holder_of(head)

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each resource, and for each part of an observation. Takes no options."""
        del options
        content = octets(export)
        root = _ROOT.search(decode(content[:8192]))
        if root is None:
            yield Problem("/", "the document is not of FHIR from its outermost element on")
            return
        kind = root[1]
        within = ("entry", "total", "link") if kind == _BUNDLE else ()
        paths = frozenset(f"/{kind}/{name}" for name in within) or frozenset({f"/{kind}"})
        found = list(elements(BytesIO(content), paths))
        problems = [one for one in found if isinstance(one, Problem)]
        read = [one for one in found if isinstance(one, Element)]
        reading = Reading()
        if kind != _BUNDLE:
            for one in read:
                yield from reading.take(_resource(one), one.locator)
        else:
            entries = [(_value(one), one.locator) for one in read if one.name == "entry"]
            yield from reading.entries(entries)
        yield from reading.rest(is_whole=not problems)
        yield from problems
        if kind == _BUNDLE and not problems:
            yield from of_bundle(_outer(read), "/Bundle")

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """How many matches a search says there are, and lines of claims against their charge."""
        return tuple(checks(list(items)))


def _outer(read: list[Element]) -> Node:
    bundle: Node = {"entry": [], "link": []}
    for one in read:
        if one.name == "total":
            bundle["total"] = _value(one)
        else:
            bundle[one.name].append(_value(one))
    return bundle


def _resource(element: Element) -> Node:
    """A resource, whose element has the name of its type."""
    return {"resourceType": element.name, **_members(element)}


def _value(element: Element) -> Any:
    """A value as JSON has it: of what has parts an object, else the text, number or truth."""
    if element.name in _HOLDS and len(element.children) == 1:
        return _resource(element.children[0])
    plain = element.attributes.get("value")
    if plain is None or (element.children and not _only_extended(element)):
        return _members(element)
    if element.name in _COUNTS and _WHOLE.fullmatch(plain):
        return int(plain)
    return plain if element.name in _WORDS else _TRUTHS.get(plain, plain)


def _only_extended(element: Element) -> bool:
    return all(child.name == "extension" for child in element.children)


def _members(element: Element) -> Node:
    """The parts of an element by their names, and its attributes `id` and `url`."""
    members: Node = {
        name: text for name, text in element.attributes.items() if name in {"id", "url"}
    }
    many: dict[str, list[Any]] = {}
    for child in element.children:
        if child.name != "div":
            many.setdefault(child.name, []).append(_value(child))
    for name, values in many.items():
        members[name] = values if len(values) > 1 or name in _LISTS else values[0]
    return members
