"""The sets of the MesInfos pilot."""

from typing import Final

from importers.importer import Importer
from importers.mesinfos.address_book import ADDRESS_BOOK
from importers.mesinfos.agenda import AGENDA
from importers.mesinfos.bank_operations import BANK_OPERATIONS
from importers.mesinfos.bills import BILLS
from importers.mesinfos.edf_client import EDF_CLIENT
from importers.mesinfos.edf_contract import EDF_CONTRACT
from importers.mesinfos.edf_dwelling import EDF_DWELLING
from importers.mesinfos.edf_invoice import EDF_INVOICE
from importers.mesinfos.edf_payment_terms import EDF_PAYMENT_TERMS
from importers.mesinfos.enedis_customer import ENEDIS_ADDRESS, ENEDIS_IDENTITY, ENEDIS_METERS
from importers.mesinfos.intermarche_receipts import INTERMARCHE_RECEIPTS
from importers.mesinfos.linky import LINKY
from importers.mesinfos.maif_claim import MAIF_CLAIM
from importers.mesinfos.maif_contract import MAIF_CONTRACT
from importers.mesinfos.maif_customer import MAIF_CUSTOMER
from importers.mesinfos.maif_dwelling import MAIF_DWELLING
from importers.mesinfos.maif_household import MAIF_HOUSEHOLD
from importers.mesinfos.maif_payment_terms import MAIF_PAYMENT_TERMS
from importers.mesinfos.maif_vehicle import MAIF_VEHICLE
from importers.mesinfos.mails import MAILS
from importers.mesinfos.orange_positions import ORANGE_POSITIONS
from importers.mesinfos.orange_videos import ORANGE_VIDEOS
from importers.mesinfos.phone_calls import PHONE_CALLS
from importers.mesinfos.stored_files import FILES, PHOTOS

IMPORTERS: Final[tuple[Importer, ...]] = (
    BANK_OPERATIONS,
    PHONE_CALLS,
    ORANGE_POSITIONS,
    ORANGE_VIDEOS,
    BILLS,
    ADDRESS_BOOK,
    AGENDA,
    MAILS,
    FILES,
    PHOTOS,
    LINKY,
    EDF_CLIENT,
    EDF_CONTRACT,
    EDF_DWELLING,
    EDF_INVOICE,
    EDF_PAYMENT_TERMS,
    ENEDIS_IDENTITY,
    ENEDIS_ADDRESS,
    ENEDIS_METERS,
    MAIF_CONTRACT,
    MAIF_CUSTOMER,
    MAIF_HOUSEHOLD,
    MAIF_DWELLING,
    MAIF_VEHICLE,
    MAIF_CLAIM,
    MAIF_PAYMENT_TERMS,
    INTERMARCHE_RECEIPTS,
)
