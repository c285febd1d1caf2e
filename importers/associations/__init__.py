"""Associations: who belongs to them, what she pays, where she takes part."""

from typing import Final

from importers.associations.attendance import Attendance
from importers.associations.helloasso import HelloAsso
from importers.associations.members import Members
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (HelloAsso(), Members(), Attendance())
