"""Who a file of a workout is from, as far as it names the application that wrote it."""

from typing import Final

from importers.contract import HolderHint
from importers.text import decode

_NAMES: Final = (
    ("garmin", "https://www.garmin.com/", "Garmin"),
    ("strava", "https://www.strava.com/", "Strava"),
    ("apple health", "https://www.apple.com/", "Apple"),
    ("google", "https://fit.google.com/", "Google Fit"),
    ("fitbit", "https://www.fitbit.com/", "Fitbit"),
    ("suunto", "https://www.suunto.com/", "Suunto"),
    ("polar", "https://www.polar.com/", "Polar"),
    ("wahoo", "https://www.wahoofitness.com/", "Wahoo"),
    ("coros", "https://www.coros.com/", "COROS"),
    ("komoot", "https://www.komoot.com/", "komoot"),
)
_BEGINNING: Final = 4096
_UNKNOWN: Final = HolderHint(
    iri="urn:sd:holder:activity", name="watch or application", sector="health"
)


def recorder(head: bytes) -> HolderHint:
    """The holder that the beginning of a file names; the person may know better."""
    return named(decode(head[:_BEGINNING]))


def named(text: str) -> HolderHint:
    """The holder that a text names: the product or the maker of a device, an application."""
    lower = text.casefold()
    for mark, iri, name in _NAMES:
        if mark in lower:
            return HolderHint(iri=iri, name=name, sector="health")
    return _UNKNOWN
