"""Where the records of a category were."""

from collections.abc import Iterable, Iterator

from pod.flows.rows import Asking
from pod.flows.view.category import Wanted, about
from pod.insight.places import PLACED, Place, read_geo, together
from pod.insight.query import query
from pod.insight.rows import Row, number


async def places(wanted: Wanted, her: Asking) -> tuple[Place, ...]:
    """The places of a category, () for a class that says none. Raises Unavailable."""
    if wanted.kind.name not in PLACED:
        return ()
    filled = about(wanted, her.pod)
    del filled["usual"]
    return together(_places(await her.rows(query("places", **filled))))


def _places(found: Iterable[Row]) -> Iterator[Place]:
    for row in found:
        latitude, longitude = number(row, "latitude"), number(row, "longitude")
        spot = read_geo(row.get("where", ""))
        if latitude is not None and longitude is not None:
            spot = float(latitude), float(longitude)
        if spot is not None:
            yield Place(
                latitude=spot[0],
                longitude=spot[1],
                name=row.get("name", ""),
                count=int(row["count"]),
            )
