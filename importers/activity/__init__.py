"""Activity: workouts, tracks, and what watches and telephones measure."""

from typing import Final

from importers.activity.apple_health import AppleHealth
from importers.contract import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (AppleHealth(),)
