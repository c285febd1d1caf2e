"""MesInfos: a customer of Enedis, in three sets: who she is, where, and at which meters."""

from collections.abc import Iterator
from typing import Final

from importers.contract import Code, Item, Key, Record
from importers.document import Element
from importers.energy.enedis import ENEDIS
from importers.energy.meters import account_of, meter_point
from importers.money import decimal
from importers.pilot_set import Part, PilotSet, french_postcode, required, told

_PERSON: Final = (
    Part("vcard:honorific-prefix", "identity/natural_person/title", str),
    Part("vcard:given-name", "identity/natural_person/name", str),
    Part("vcard:family-name", "identity/natural_person/last_name", str),
)
_PLACE: Final = (
    Part("vcard:postal-code", "usage_point_address/zip", french_postcode),
    Part("vcard:locality", "usage_point_address/city", str),
    Part("vcard:country-name", "usage_point_address/country", str),
)
_POWER: Final = (Part("sd:power", "usage_points/power_subscribed", decimal),)


def _identity(element: Element) -> Iterator[Item]:
    key = Key(stable=required(element, "customer_id"))
    found, remarks = told(element, _PERSON)
    yield Record(kind="CustomerFile", key=key, fields=tuple(found.items()), locator=element.locator)
    yield from remarks


def _address(element: Element) -> Iterator[Item]:
    # It is a record of its own: the set that says who she is has the number of the customer too.
    key = Key(natural=(required(element, "customer_id"), "address"))
    found, remarks = told(element, _PLACE)
    names = ("usage_point_address/street_number", "usage_point_address/street")
    street = " ".join(text for name in names if (text := element.text(name)))
    if street:
        found["vcard:street-address"] = street
    yield Record(kind="CustomerFile", key=key, fields=tuple(found.items()), locator=element.locator)
    yield from remarks


def _meter(element: Element) -> Iterator[Item]:
    """What is subscribed at a meter: its power in kVA."""
    number = required(element, "usage_points/usage_point_id")
    meter = Key(stable=number)
    found, remarks = told(element, _POWER)
    yield meter_point(meter, "electricity", element.locator)
    yield Record(
        kind="Contract",
        key=Key(natural=(number,)),
        fields=(account_of(meter), ("sd:commodity", Code("electricity")), *found.items()),
        locator=element.locator,
    )
    yield from remarks


ENEDIS_IDENTITY = PilotSet(
    format="mesinfos-enedis-identity",
    title="MesInfos: identité d'un client Enedis (JSON)",
    domain="energy",
    by=ENEDIS,
    marks=('"customer_id"', '"natural_person"'),
    reader=lambda: _identity,
)
ENEDIS_ADDRESS = PilotSet(
    format="mesinfos-enedis-address",
    title="MesInfos: adresse d'un compteur Enedis (JSON)",
    domain="energy",
    by=ENEDIS,
    marks=('"customer_id"', '"usage_point_address"'),
    reader=lambda: _address,
)
ENEDIS_METERS = PilotSet(
    format="mesinfos-enedis-meters",
    title="MesInfos: compteurs et puissance souscrite Enedis (JSON)",
    domain="energy",
    by=ENEDIS,
    marks=('"usage_points"', '"power_subscribed"'),
    reader=lambda: _meter,
)
