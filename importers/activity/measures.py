"""The figures of a day (steps, energy, sleep) as health measures, one record for each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from importers.activity.quantities import measured
from importers.contract import Iri, Key, Record, Value

_UNIT: Final = "http://qudt.org/vocab/unit/"


@lru_cache(maxsize=512)
def _iri(text: str) -> Iri:
    return Iri(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure of a civil day: what is measured, its value, and the QUDT name of its unit.

    `counted` is False where it stands in the same row as a measure that is counted. `log` is the
    holder's own number of what was logged, where there may be several of a day; `label` is kept
    as the holder's word. `unit_text` is a unit that QUDT does not name.
    """

    name: str
    on: date
    value: Decimal | str
    locator: str
    unit: str = ""
    unit_text: str = ""
    log: str = ""
    label: str = ""
    counted: bool = True


def record_of(measure: Measure) -> Record:
    """The record of a measure. It is the same in the next export: what, and of which day."""
    fields: tuple[tuple[str, Value], ...] = (
        ("sd:date", measure.on),
        ("sosa:observedProperty", _iri(measured(measure.name))),
        ("sosa:hasSimpleResult", measure.value),
    )
    if measure.unit:
        fields = (*fields, ("qudt:hasUnit", _iri(_UNIT + measure.unit)))
    if measure.unit_text:
        fields = (*fields, ("schema:unitText", measure.unit_text))
    if measure.label:
        fields = (*fields, ("sd:sourceLabel", measure.label))
    stable = f"{measure.log} {measure.name}" if measure.log else None
    return Record(
        kind="HealthMeasure",
        key=Key(stable=stable, natural=(measure.name,)),
        fields=fields,
        on=measure.on,
        locator=measure.locator,
        counted=measure.counted,
    )
