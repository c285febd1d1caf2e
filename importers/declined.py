"""Files that are known and are not imported: what each is, and why. Nobody has to guess."""

import re
from dataclasses import dataclass
from typing import Final

from importers.declined_platforms import PLATFORM_FILES
from importers.declined_services import SERVICE_FILES

_FITBIT_DAY: Final = r'"dateTime"\s*:\s*"\d\d/\d\d/\d\d '


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """One kind of file. `begins` is how its text begins, `has` what stands in it besides.

    Both are regular expressions. `what` and `why` make a sentence: "this is … : …".
    """

    what: str
    why: str
    begins: str
    has: str = ""

    def is_it(self, text: str) -> bool:
        """Whether a file that begins with this text, without blanks before it, is of the kind."""
        return bool(re.match(self.begins, text) and re.search(self.has, text))


_NO_ZONE: Final = "its times do not say their zone, so no moment can be known"

DECLINED: Final = (
    Declined(
        what="Apple Health: export_cda.xml",
        why="export.xml has all that is in it, and more: import that",
        begins="<",
        has='extension="Health Export CDA"',
    ),
    Declined(
        what="Google: corrections of Timeline (Timeline Edits.json)",
        why="the telephone has the history with them: export Timeline there, and import that",
        begins=r"\{",
        has='"timelineEdits"',
    ),
    Declined(
        what="Spotify: the library, playlists, or what was searched (JSON)",
        why="nothing in it was played: StreamingHistory and Streaming_History have what was",
        begins=r"[{\[]",
        has='"(?:bannedTracks|trackUri|searchInteractionURIs)"',
    ),
    Declined(
        what="Fitbit: lengths swum (swim_lengths_data-*.json)",
        why=f"{_NO_ZONE}; the workout they are of is in exercise-*.json",
        begins=r"\[",
        has='"swimStrokeType"',
    ),
    Declined(
        what="Fitbit: badges (badge.json)",
        why="nothing in it was measured",
        begins=r"\[",
        has='"badgeType"',
    ),
    Declined(
        what="Fitbit: a series whose kind only its name says",
        why="give it the name that it has in the archive (steps-2024-03-31.json); heights and "
        "altitudes are not imported, as no file says their unit",
        begins=r"\[",
        has=_FITBIT_DAY,
    ),
    Declined(
        what="Fitbit: estimated oxygen variation (CSV)",
        why="it is the raw ratio of two lights, and no oxygen saturation: `Daily SpO2` has that",
        begins="timestamp,Infrared to Red Signal Ratio",
    ),
    Declined(
        what="Fitbit: heart rate variability in five minutes (CSV)",
        why=f"{_NO_ZONE}; its `Daily … Summary` is imported",
        begins="timestamp,rmssd,coverage",
    ),
    Declined(
        what="Fitbit: heart rate variability as a histogram (CSV)",
        why="its classes are nowhere explained; its `Daily … Summary` is imported",
        begins="timestamp,bucket_values",
    ),
    Declined(
        what="Fitbit: temperatures of the skin, minute by minute (CSV)",
        why=f"{_NO_ZONE}; `Computed Temperature` is imported",
        begins="recorded_time,temperature",
    ),
    Declined(
        what="Fitbit: active zone minutes (CSV)",
        why=f"{_NO_ZONE}; time_in_heart_rate_zones-*.json has those of each day",
        begins="date_time,heart_zone_id",
    ),
    Declined(
        what="Fitbit: snoring and noise (CSV)",
        why=_NO_ZONE,
        begins="timestamp,mean_dba",
    ),
    Declined(
        what="Google Health: a series of Physical Activity_GoogleData (CSV)",
        why="it has each figure once for every device and service that knew of it; `Global Export "
        "Data` has the series once: import that",
        begins=r"timestamp,[^\r\n]*,data source\r?\n",
    ),
    Declined(
        what="Google Health: nights, stages of sleep or workouts (CSV)",
        why="sleep-*.json and exercise-*.json of `Global Export Data` have the same: import those",
        begins="(?:sleep_id|exercise_id),",
    ),
    Declined(
        what="MesInfos: albums of photographs",
        why="it has their titles alone; the photographs are in a set of their own",
        begins=r"\[",
        has=r'"docType":\s*"album"|"io\.cozy\.photos\.albums"',
    ),
    Declined(
        what="MesInfos: a list of things to do",
        why="such lists have no class in the vocabulary",
        begins=r"\[",
        has=r'"docType":\s*"Tasky"',
    ),
    *(
        Declined(what=what, why=why, begins=begins, has=has)
        for what, why, begins, has in (*PLATFORM_FILES, *SERVICE_FILES)
    ),
)


def declined(text: str) -> Declined | None:
    """The kind of file that begins with this text, where it is known and not imported."""
    return next((one for one in DECLINED if one.is_it(text)), None)
