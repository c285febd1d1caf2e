"""Mobility: where somebody was, and the journeys that she made or that a carrier sold her."""

from typing import Final

from importers.importer import Importer
from importers.mobility.boarding_pass import BoardingPass
from importers.mobility.google_records import GoogleRecords
from importers.mobility.google_semantic import GoogleSemantic
from importers.mobility.google_timeline import GoogleTimeline
from importers.mobility.uber import Uber
from importers.mobility.wallet_pass import WalletPass

IMPORTERS: Final[tuple[Importer, ...]] = (
    GoogleRecords(),
    GoogleSemantic(),
    GoogleTimeline(),
    Uber(),
    BoardingPass(),
    WalletPass(),
)
