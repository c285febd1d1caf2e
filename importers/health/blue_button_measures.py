"""Values of the Blue Button reports as people write them: `120/80 mm[Hg]`, `98.5 F`, `246`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from importers.contract import Iri, Item, Value
from importers.health.codes import loinc
from importers.health.entry import Entry, Measured, measure
from importers.health.observed import observed
from importers.health.ucum import unit
from importers.money import decimal

_LOINC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "systolic": "8480-6",
        "diastolic": "8462-4",
        "blood pressure": "85354-9",
        "heart rate": "8867-4",
        "pulse rate": "8867-4",
        "pulse": "8867-4",
        "respiration": "9279-1",
        "body weight": "29463-7",
        "weight": "29463-7",
        "height": "8302-2",
        "body temperature": "8310-5",
        "temperature": "8310-5",
        "pain level": "72514-3",
        "total cholesterol": "2093-3",
        "hdl": "2085-9",
    }
)
_PRESSURE = re.compile(r"(\d{2,3})\s*/\s*(\d{2,3})(.*)", re.ASCII)
_AMOUNT = re.compile(r"([<>]?\s*[+-]?[\d.][\d.,]*)\s*(\S.*)?", re.ASCII)


def known(name: str) -> Iri:
    """What is measured under a name that people use. Raises ValueError without one."""
    code = _LOINC.get(" ".join(name.split()).casefold())
    return loinc(code) if code else observed((), name)


def amount(text: str, unit_text: str = "") -> tuple[Value | None, str]:
    """A value and its unit, as far as they are numbers: `98.5 F`, `6.5 Critical High`."""
    text = text.strip()
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return text or None, unit_text
    try:
        value: Value = decimal(re.sub(r"^\.", "0.", found.group(1)))
    except ValueError:
        return text, unit_text
    rest = (found.group(2) or "").strip()
    if unit_text and rest:
        return text, unit_text
    return value, unit_text or rest


def measures(entry: Entry, name: str, text: str, unit_text: str = "") -> Iterator[Item]:
    """What was measured under a name; of a blood pressure, both. The first stands for the row."""
    both = _PRESSURE.fullmatch(text.strip())
    if both is None:
        value, written = amount(text, unit_text)
        yield _measure(entry, name, value, written)
        return
    written = unit_text or both.group(3).strip()
    yield _measure(entry, "Systolic", decimal(both.group(1)), written)
    lower = replace(entry, counted=False)
    yield _measure(lower, "Diastolic", decimal(both.group(2)), written)


def _measure(entry: Entry, name: str, value: Value | None, written: str) -> Item:
    found = Measured(
        observed=known(name),
        value=value,
        unit=unit({"F": "fahrenheit", "C": "celsius"}.get(written, written)),
        unit_text=written,
    )
    return measure(replace(entry, label=name), found)
