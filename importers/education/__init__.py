"""Education: courses, marks, diplomas and badges."""

from typing import Final

from importers.education.ecole_directe import EcoleDirecte
from importers.education.elm import Elm
from importers.education.europass import Europass
from importers.education.open_badges import OpenBadges
from importers.education.pesc import Pesc
from importers.education.pronote import Pronote
from importers.education.student_aid import StudentAid
from importers.education.transcript_csv import TranscriptCsv
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (
    TranscriptCsv(),
    Elm(),
    Europass(),
    OpenBadges(),
    Pesc(),
    StudentAid(),
    EcoleDirecte(),
    Pronote(),
)
