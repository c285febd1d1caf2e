"""Activity: what a watch, a phone or a scale measured, and where somebody went for sport."""

from typing import Final

from importers.activity.apple_ecg import AppleEcg
from importers.activity.apple_health import AppleHealth
from importers.activity.fit import Fit
from importers.activity.fitbit import FITBIT
from importers.activity.fitbit_calories import FitbitCalories
from importers.activity.fitbit_days import FITBIT_DAYS
from importers.activity.fitbit_exercise import FitbitExercise
from importers.activity.fitbit_tables import FitbitTables
from importers.activity.google_fit import GoogleFitSession, GoogleFitStream
from importers.activity.google_fit_daily import GoogleFitDaily
from importers.activity.google_fit_quarters import GoogleFitQuarters
from importers.activity.gpx import Gpx
from importers.activity.tcx import Tcx
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (
    AppleHealth(),
    AppleEcg(),
    Fit(),
    Tcx(),
    Gpx(),
    *FITBIT,
    *FITBIT_DAYS,
    FitbitCalories(),
    FitbitExercise(),
    FitbitTables(),
    GoogleFitDaily(),
    GoogleFitQuarters(),
    GoogleFitStream(),
    GoogleFitSession(),
)
