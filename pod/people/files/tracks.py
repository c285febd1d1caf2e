"""Runs as a watch records them: GPX 1.1, a track for each."""

from collections.abc import Iterator
from typing import Final

from pod.people.events_besides import Run
from pod.people.files.written import HOLDERS, HolderFile, ten_thousandths
from pod.people.runs import EVERY

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx version="1.1" creator="Montre Exemple" xmlns="http://www.topografix.com/GPX/1/1">\n'
)


def tracks(several: tuple[Run, ...]) -> HolderFile:
    """All runs, in order; a row is a place of one, and the whole of it."""
    return HolderFile(
        path="sport/courses.gpx",
        media_type="application/gpx+xml",
        holder=HOLDERS["watch"],
        title="runs (GPX)",
        format="gpx",
        content=(
            _HEAD + "".join(line for one in several for line in _track(one)) + "</gpx>\n"
        ).encode(),
        rows=sum(1 + len(one.places) for one in several),
        places={one.id: f"/gpx/trk[{rank}]" for rank, one in enumerate(several, start=1)},
    )


def _track(one: Run) -> Iterator[str]:
    yield "<trk><name>Course à pied</name><type>running</type><trkseg>\n"
    for rank, (latitude, longitude) in enumerate(one.places):
        when = f"{one.start + rank * EVERY:%Y-%m-%dT%H:%M:%SZ}"
        yield (
            f'<trkpt lat="{ten_thousandths(latitude)}" lon="{ten_thousandths(longitude)}">'
            f"<time>{when}</time></trkpt>\n"
        )
    yield "</trkseg></trk>\n"
