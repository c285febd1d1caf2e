"""What was watched and listened to, as Netflix and Spotify give it on request."""

from datetime import timedelta
from typing import Final

from pod.people.events_besides import Play
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.home import Home

_COLUMNS: Final = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
)


def plays(home: Home, several: tuple[Play, ...]) -> tuple[HolderFile, HolderFile]:
    """The table of the video service, the newest first, and the list of the music service."""
    seen = tuple(one for one in reversed(several) if not one.artist)
    return _viewings(home, seen), _songs(tuple(one for one in several if one.artist))


def _viewings(home: Home, several: tuple[Play, ...]) -> HolderFile:
    rows = "".join(_viewing(home.person.given, one) for one in several)
    return HolderFile(
        path="video/ViewingActivity.csv",
        media_type="text/csv",
        holder=HOLDERS["video"],
        title="what was watched (CSV of Netflix)",
        format="netflix-viewing-activity",
        content=(_COLUMNS + rows).encode(),
        rows=len(several),
        places={one.id: f"line={rank}" for rank, one in enumerate(several, start=2)},
    )


def _viewing(profile: str, one: Play) -> str:
    minutes, seconds = divmod(one.seconds, 60)
    lasted = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    played = f"{one.start:%Y-%m-%d %H:%M:%S},{lasted},,{one.title}"
    return f"{profile},{played},,Téléviseur,{lasted},{lasted},FR (France)\n"


def _songs(several: tuple[Play, ...]) -> HolderFile:
    return HolderFile(
        path="musique/StreamingHistory_music_0.json",
        media_type="application/json",
        holder=HOLDERS["music"],
        title="what was listened to (JSON of Spotify)",
        format="spotify-year",
        content=in_json([_song(one) for one in several]),
        rows=len(several),
        places={one.id: f"/{rank}" for rank, one in enumerate(several)},
    )


def _song(one: Play) -> dict[str, object]:
    end = one.start + timedelta(seconds=one.seconds)
    return {
        "endTime": f"{end:%Y-%m-%d %H:%M}",
        "artistName": one.artist,
        "trackName": one.title,
        "msPlayed": one.seconds * 1000,
    }
