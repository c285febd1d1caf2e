"""Tables that nobody wrote an importer for, read by a mapping that a person or a holder writes."""

from typing import Final

from importers.importer import Importer
from importers.mapped.linked import LinkedRecords
from importers.mapped.table import MappedTable

IMPORTERS: Final[tuple[Importer, ...]] = (MappedTable(), LinkedRecords())
