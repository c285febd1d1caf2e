"""MesInfos: the insurance contracts of a member of MAIF.

`societaire` is the number of the member, `name` the code of the product, `formuleBase` what it is
sold as, `montantTarifTtc` the price of a year in euro, taxes included. What is insured is a place
(`lieu`), told by its address where it is the only one, or a vehicle (`vehicule`), by its plate.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from importers.contract import Code, HolderHint, Item, Key, Record, Typed, Value
from importers.document import Element
from importers.money import decimal
from importers.pilot_set import ADDRESS, Part, PilotSet, day, required, told, vehicle

_NATURES: Final = (("objects/lieu", "home"), ("objects/vehicule", "vehicle"))


def _price(text: str) -> Decimal:
    return decimal(text)


_PARTS = (Part("sd:periodicPrice", "montantTarifTtc", _price),)


def _contract(element: Element) -> Iterator[Item]:
    member, product = required(element, "societaire"), required(element, "name")
    start = day(required(element, "startDate"))
    found: dict[str, Value] = {
        "schema:name": element.text("formuleBase") or product,
        "schema:startDate": start,
        "sd:sourceLabel": product,
    }
    price, remarks = told(element, _PARTS)
    if price:
        found |= price | {
            "sd:currency": "EUR",
            "schema:billingDuration": Typed("P1Y", "xsd:duration"),
        }
    nature = next((code for path, code in _NATURES if element.get(path) is not None), None)
    if nature:
        found["sd:nature"] = Code(nature)
    place, more = told(_place(element), ADDRESS)
    objects = tuple(_vehicles(element))
    yield Record(
        kind="InsuranceContract",
        key=Key(natural=(member, product, start.isoformat())),
        fields=(*(found | place).items(), *objects),
        locator=element.locator,
    )
    yield from remarks + more


def _place(element: Element) -> Element:
    """The place that is insured, where there is one of them."""
    places = element.get("objects/lieu")
    only = places[0] if isinstance(places, list) and len(places) == 1 else None
    return Element(f"{element.locator}/objects/lieu/0", only)


def _vehicles(element: Element) -> Iterator[tuple[str, Value]]:
    vehicles = element.get("objects/vehicule")
    for one in vehicles if isinstance(vehicles, list) else ():
        plate = Element(element.locator, one).text("immatriculationVehicule")
        if plate:
            yield "sd:insuredObject", vehicle(plate)


MAIF_CONTRACT = PilotSet(
    format="mesinfos-maif-contract",
    title="MesInfos: contrats d'assurance MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"contrat"', '"societaire"', '"formuleBase"'),
    rows="/*/contrat/*",
    reader=lambda: _contract,
    version="2",
)
