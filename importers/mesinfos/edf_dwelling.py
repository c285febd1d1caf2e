"""MesInfos: the dwelling as EDF describes it, for the advice it gives: size, age, heating, people.

The set names no customer and no address: a profile is told from another by the day it begins.
What heats is taken where it is electricity or gas; anything else is kept in the words of EDF.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from importers.clock import civil_date, instant
from importers.contract import Code, HolderHint, Item, Key, Record
from importers.document import Element
from importers.money import decimal
from importers.pilot_set import Part, PilotSet, required, tenure, told
from importers.table import folded

_OLDEST: Final = 1000
_ENERGIES: Final = (("electri", "electricity"), ("gaz", "gas"))
_HEATING: Final = (
    ("principalHeatingSystemType", "sd:heatedBy"),
    ("sanitoryHotWaterType", "sd:hotWaterBy"),
)


def _year(text: str) -> int:
    if (
        len(text) != len(str(_OLDEST))
        or not (text.isascii() and text.isdecimal())
        or int(text) < _OLDEST
    ):
        raise ValueError("this is not a year")
    return int(text)


def _area(text: str) -> Decimal:
    found = decimal(text)
    if found <= 0:
        raise ValueError("a dwelling has some area")
    return found


def _people(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < len("1000")):
        raise ValueError("this is not a number of people")
    return int(text)


_PARTS: Final = (
    Part("schema:accommodationCategory", "housingType", str),
    Part("sd:tenure", "occupationType", tenure),
    Part("schema:yearBuilt", "constructionDate", _year),
    Part("sd:floorArea", "surface", _area),
    Part("sd:occupants", "occupantsCount", _people),
)


def _dwelling(element: Element) -> Iterator[Item]:
    since = civil_date(instant(required(element, "beginTs")))
    found, remarks = told(element, _PARTS)
    said = [text] if (text := element.text("residenceType")) else []
    if element.get("isBBC") is True:
        said.append("bâtiment basse consommation")
    for name, predicate in _HEATING:
        energy = folded(element.text(name))
        code = next((code for begin, code in _ENERGIES if energy.startswith(begin)), None)
        if code:
            found[predicate] = Code(code)
        elif energy:
            said.append(element.text(name))
    if said:
        found["sd:sourceLabel"] = ", ".join(said)
    yield Record(
        kind="Dwelling",
        key=Key(natural=("dwelling", since.isoformat())),
        fields=(("schema:startDate", since), *found.items()),
        locator=element.locator,
    )
    yield from remarks


EDF_DWELLING = PilotSet(
    format="mesinfos-edf-dwelling",
    title="MesInfos: profil énergétique du logement EDF (JSON)",
    domain="energy",
    by=HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy"),
    marks=('"housingType"', '"principalHeatingSystemType"'),
    reader=lambda: _dwelling,
)
