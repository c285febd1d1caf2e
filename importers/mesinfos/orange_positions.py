"""MesInfos: where a mobile telephone was, about every half hour ("fr.orange.geopoint").

`timestamp` is an instant, and some of the kit's are of a 31 September. `radius` is how far off the
point may be, in metres: that of a cell of the network, from 85 m to more than 10 km.
"""

from collections.abc import Iterator
from dataclasses import replace

from importers.activity.tracks import point, track_of
from importers.clock import instant, shown_in
from importers.contract import HolderHint, Item, Key, Sample
from importers.document import Element
from importers.pilot_set import Accounts, PilotSet, Read, msisdn


def _reader() -> Read:
    lines = Accounts("Account")

    def read(element: Element) -> Iterator[Item]:
        if element.text("docType").lower() != "fr.orange.geopoint":
            raise ValueError("this is not a position")
        number = msisdn(element)
        line = Key(natural=(number,))
        sample = _sample(element, line)
        yield from lines.new(line, (("schema:telephone", number),), element.locator)
        yield sample

    return read


def _sample(element: Element, line: Key) -> Sample:
    radius = element.number_or_none("radius")
    if radius is not None and radius < 0:
        raise ValueError("`radius` is less than nothing")
    return Sample(
        sensor=replace(track_of(""), device=line),
        start=shown_in(instant(element.text("timestamp"))),
        values=point(element.number("latitude"), element.number("longitude"), {"accuracy": radius}),
        locator=element.locator,
    )


ORANGE_POSITIONS = PilotSet(
    format="mesinfos-orange-positions",
    title="MesInfos: géolocalisation d'un mobile Orange (JSON)",
    domain="mobility",
    by=HolderHint(iri="https://www.orange.fr/", name="Orange", sector="telecom"),
    marks=('"fr.orange.geopoint"', '"msisdn"'),
    reader=_reader,
)
