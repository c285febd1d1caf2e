"""Reading a FHIR resource by path, whatever it holds (https://hl7.org/fhir/R4/json.html).

A path goes through lists: "item/adjudication" is every adjudication of every item. What is not of
the shape that FHIR gives it is not found, and what is nothing without it is then told of.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from importers.clock import is_no_day
from importers.contract import Iri
from importers.document import Element
from importers.health.codes import concept
from importers.health.moments import Moment, fhir_moment

Node = dict[str, Any]


def nodes(node: Node, path: str) -> list[Node]:
    """The objects at a path."""
    return [found for found in _at(node, path) if isinstance(found, dict)]


def node(node_: Node, path: str) -> Node:
    """The first object at a path, an empty one where there is none."""
    return next(iter(nodes(node_, path)), {})


def texts(node: Node, path: str) -> list[str]:
    """The texts at a path that say something."""
    return [s.strip() for s in _at(node, path) if isinstance(s, str) and s.strip()]


def text(node: Node, *paths: str) -> str:
    """The first text at any of the paths, "" without one."""
    return next((found for path in paths for found in texts(node, path)), "")


def number(node: Node, path: str) -> Decimal | None:
    """The first number at a path, as exact as it is written; None without one."""
    for found in _at(node, path):
        if isinstance(found, int | Decimal | str) and not isinstance(found, bool):
            try:
                return Element("", {"number": found}).number("number")
            except ValueError:
                continue
    return None


def _at(node: Node, path: str) -> Iterator[Any]:
    here: list[Any] = [node]
    for name in path.split("/"):
        here = [item for found in here if isinstance(found, dict) for item in _all(found.get(name))]
    yield from here


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def codes(node: Node, *paths: str) -> tuple[Iri, ...]:
    """The concepts that the codings of the CodeableConcepts at the paths name."""
    found = (
        concept(text(coding, "system"), text(coding, "code"))
        for path in paths
        for coding in nodes(node, f"{path}/coding")
    )
    return tuple(iri for iri in found if iri is not None)


def label(node: Node, *paths: str) -> str:
    """The words of the first CodeableConcept at the paths that has some: what a person reads."""
    kinds = ("text", "coding/display", "coding/code")
    return text(node, *(f"{path}/{kind}" for kind in kinds for path in paths))


def labels(node: Node, path: str) -> list[str]:
    """The words of each CodeableConcept at a path."""
    found = (text(one, "text", "coding/display", "coding/code") for one in nodes(node, path))
    return [words for words in found if words]


def moment(node: Node, *paths: str) -> Moment | None:
    """The first date at any of the paths, None where there is none.

    Raises ValueError for one that is no date: a date that is there and cannot be read is told of.
    """
    said = (text(node, path) for path in paths)
    found = next((one for one in said if one and not is_no_day(one)), "")
    if not found:
        return None
    try:
        return fhir_moment(found)
    except ValueError as error:
        raise ValueError(f"its date cannot be read: {error}") from None


def words_of(quantity: Node) -> str:
    """A Quantity, Range or Ratio in words, `5 mg`, `90 to 120 mmHg`."""
    if "low" in quantity or "high" in quantity:
        ends = [words_of(node(quantity, side)) for side in ("low", "high")]
        return " to ".join(end for end in ends if end)
    if "numerator" in quantity:
        return " : ".join(words_of(node(quantity, p)) for p in ("numerator", "denominator"))
    value = number(quantity, "value")
    if value is None:
        return ""
    parts = (text(quantity, "comparator"), f"{value:f}", text(quantity, "unit", "code"))
    return " ".join(part for part in parts if part)
