"""Education: courses, marks, diplomas and badges."""

from typing import Final

from importers.contract import Importer

IMPORTERS: Final[tuple[Importer, ...]] = ()
