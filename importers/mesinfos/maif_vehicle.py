"""MesInfos: the vehicles that MAIF insures for a member, by their plate.

The pilot's catalogue names their members; its developer kit has no set of them. Who drives them
may be someone else, with her licence and its date, and is not imported.
"""

from collections.abc import Iterator
from typing import Final

from importers.contract import HolderHint, Item, Key, Record
from importers.document import Element
from importers.pilot_set import Part, PilotSet, day, required, told, vehicle

_PARTS: Final = (
    Part("schema:model", "marque", str),
    Part("schema:dateVehicleFirstRegistered", "dateMiseEnCirculation", day),
)
_SAID: Final = ("famille", "usageVehicule")


def _vehicle(element: Element) -> Iterator[Item]:
    plate = required(element, "immatriculation")
    found, remarks = told(element, _PARTS)
    said = [text for name in _SAID if (text := element.text(name))]
    if said:
        found["sd:sourceLabel"] = ", ".join(said)
    yield Record(
        kind="Vehicle",
        key=Key(stable=plate),
        # Contracts and claims name the vehicle they are about by this.
        fields=(("schema:sameAs", vehicle(plate)), *found.items()),
        locator=element.locator,
    )
    yield from remarks


MAIF_VEHICLE = PilotSet(
    format="mesinfos-maif-vehicle",
    title="MesInfos: véhicules assurés par la MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"immatriculation"', '"dateMiseEnCirculation"'),
    reader=lambda: _vehicle,
)
