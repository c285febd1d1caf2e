"""Banks: statements and lists of movements."""

from typing import Final

from importers.bank.banks import BANKS
from importers.bank.berlin_group import BerlinGroup
from importers.bank.boursorama_positions import BoursoramaPositions
from importers.bank.camt import Camt053
from importers.bank.cfonb120 import Cfonb120
from importers.bank.mt940 import Mt940
from importers.bank.ofx import Ofx
from importers.bank.open_banking_uk import OpenBankingUk
from importers.bank.qif import Qif
from importers.bank.stet import Stet
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (
    Camt053(),
    Ofx(),
    Mt940(),
    Cfonb120(),
    BerlinGroup(),
    OpenBankingUk(),
    Stet(),
    BoursoramaPositions(),
    Qif(),
    *BANKS,
)
