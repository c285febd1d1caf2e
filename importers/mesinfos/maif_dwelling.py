"""MesInfos: the dwellings that MAIF insures for a member: where, of what kind, how she holds them.

Of what MAIF words as a range (rooms, the worth of the furniture) its own words are kept. What it
words and also numbers by a code of its own is taken by its words.
"""

from collections.abc import Iterator
from typing import Final

from importers.contract import HolderHint, Item, Key, Record
from importers.document import Element
from importers.pilot_set import ADDRESS, Part, PilotSet, required, tenure, told
from importers.text import for_key

_PARTS: Final = (
    *ADDRESS,
    Part("schema:accommodationCategory", "natureLieu", str),
    Part("sd:tenure", "situationJuridiqueLieu", tenure),
)
_SAID: Final = ("nombrePieces", "patrimoineMobilier", "situationJuridiqueLieu")
_PLACE: Final = ("address/street", "address/postCode", "address/city")


def _dwelling(element: Element) -> Iterator[Item]:
    member = required(element, "societaire")
    found, remarks = told(element, _PARTS)
    said = [text for name in _SAID if (text := element.text(name))]
    if said:
        found["sd:sourceLabel"] = ", ".join(said)
    place = (for_key(element.text(name)) for name in _PLACE)
    yield Record(
        kind="Dwelling",
        key=Key(natural=(member, *place)),
        fields=tuple(found.items()),
        locator=element.locator,
    )
    yield from remarks


MAIF_DWELLING = PilotSet(
    format="mesinfos-maif-dwelling",
    title="MesInfos: logements assurés par la MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"home"', '"natureLieu"'),
    rows="/*/home/*",
    reader=lambda: _dwelling,
)
