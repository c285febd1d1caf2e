"""MesInfos: claims to MAIF, about a home or a vehicle.

`timestamp` (in the catalogue of the pilot `horodatage`) is when it happened, by the clocks of
France. `lieuSurvenance` is free text for where. Who drove may be someone else and is not imported.
"""

from collections.abc import Iterator
from typing import Final

from importers.clock import local, wall_time
from importers.contract import Code, HolderHint, Item, Key, Record
from importers.document import Element
from importers.pilot_set import (
    ADDRESS,
    Part,
    PilotSet,
    required,
    told,
    vehicle,
)
from importers.table import folded

_NATURES: Final = {"habitation": "home", "vehicule": "vehicle"}
_PARTS: Final = (
    Part("sd:sourceLabel", "lieuSurvenance", str),
    Part("sd:insuredObject", "immatriculationVehicule", vehicle),
    *ADDRESS,
)


def _claim(element: Element) -> Iterator[Item]:
    key = Key(stable=required(element, "ref"))
    when = element.text("timestamp") or required(element, "horodatage")
    wall = wall_time(when)
    nature = _NATURES.get(folded(required(element, "type")))
    if nature is None:
        raise ValueError("`type` is neither a home nor a vehicle")
    found, remarks = told(element, _PARTS)
    yield Record(
        kind="Claim",
        key=key,
        fields=(
            ("sd:date", wall.date()),
            ("schema:startTime", local(wall)),
            ("sd:nature", Code(nature)),
            *found.items(),
        ),
        locator=element.locator,
    )
    yield from remarks


MAIF_CLAIM = PilotSet(
    format="mesinfos-maif-claim",
    title="MesInfos: sinistres MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"lieuSurvenance"', '"ref"'),
    reader=lambda: _claim,
)
