"""FHIR Observation: a measure, or several in one (https://hl7.org/fhir/R4/observation.html)."""

from collections.abc import Iterator
from decimal import Decimal

from importers.contract import Item, Value
from importers.health.entry import Entry, Measured, measure
from importers.health.fhir_context import Resource
from importers.health.fhir_values import (
    Node,
    codes,
    label,
    moment,
    node,
    nodes,
    number,
    text,
    words_of,
)
from importers.health.observed import observed
from importers.health.ucum import unit

_WORDS = ("valueString", "valueDateTime", "valueTime", "valuePeriod/start", "valueInstant")
_MANY = ("valueRange", "valueRatio")


def observation(resource: Resource) -> Iterator[Item]:
    """A measure, and one for each of its components, of which the first stands for the row.

    Without a date it is of the year in which it was last written. Raises ValueError where that is
    not said either, and where it does not say what was observed.
    """
    value = resource.value
    whole = _entry(resource, value, resource.id)
    parts = nodes(value, "component")
    found = _measured(value)
    if found.value is not None or not parts:
        yield measure(whole, found)
    for number_, part in enumerate(parts):
        inside = _measured(part)
        name = f"{resource.id}#{inside.observed.value}" if resource.id else ""
        is_first = found.value is None and number_ == 0
        yield measure(_entry(resource, part, name, counted=is_first), inside)


def _entry(resource: Resource, part: Node, name: str, *, counted: bool = True) -> Entry:
    when = ("effectiveDateTime", "effectivePeriod/start", "effectiveInstant", "issued")
    others = tuple(("sd:code", code) for code in codes(part, "code")[1:])
    note = text(resource.value, "note/text", "comment", "comments")
    return Entry(
        kind="HealthMeasure",
        label=label(part, "code"),
        locator=resource.locator,
        id=name,
        begin=moment(resource.value, *when),
        told=moment(resource.value, "meta/lastUpdated"),
        status=resource.status,
        wrong=resource.is_wrong,
        by=resource.name("performer"),
        more=(*others, *((("schema:description", note),) if note else ())),
        counted=counted,
    )


def _measured(part: Node) -> Measured:
    quantity = node(part, "valueQuantity")
    amount = text(quantity, "code", "unit")
    written = text(quantity, "unit", "code")
    low_high = node(part, "referenceRange")
    return Measured(
        observed=observed(codes(part, "code"), label(part, "code")),
        value=_value(part),
        unit=unit(amount) or unit(written),
        unit_text=written,
        range=text(low_high, "text") or words_of(low_high),
    )


def _value(part: Node) -> Value | None:
    """What was found, None where nothing is said. Raises ValueError for a series of samples."""
    quantity = node(part, "valueQuantity")
    exact = number(quantity, "value")
    if exact is not None:
        return words_of(quantity) if text(quantity, "comparator") else Decimal(exact)
    simple = part.get("valueBoolean", part.get("valueInteger"))
    if isinstance(simple, bool | int):
        return simple
    if node(part, "valueSampledData"):
        raise ValueError("a series of samples in an observation is not kept")
    many = next((words for path in _MANY if (words := words_of(node(part, path)))), "")
    return label(part, "valueCodeableConcept") or text(part, *_WORDS) or many or None
