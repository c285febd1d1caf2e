"""Activity: what a watch, a phone or a scale measured, and where somebody went for sport."""

from typing import Final

from importers.contract import Importer

IMPORTERS: Final[tuple[Importer, ...]] = ()
