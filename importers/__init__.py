"""Holders' exports to records: pure functions from bytes to values. One module per format.

To add a format: write its module under the domain it belongs to, and its importer into IMPORTERS.
"""

from typing import Final

from importers.bank.banks import BANKS
from importers.bank.camt import Camt053
from importers.bank.cfonb120 import Cfonb120
from importers.bank.mt940 import Mt940
from importers.bank.ofx import Ofx
from importers.contract import Importer, Match
from importers.energy.edf import EdfArchive, EdfTable
from importers.energy.enedis_contract import EnedisContract
from importers.energy.enedis_data_connect import EnedisDataConnect
from importers.energy.enedis_index import EnedisIndex
from importers.energy.enedis_load_curve import EnedisLoadCurve
from importers.energy.grdf_adict import GrdfAdict
from importers.energy.grdf_json import GrdfJson
from importers.energy.grdf_xlsx import GrdfXlsx
from importers.energy.green_button import GreenButton
from importers.energy.n3rgy import N3rgyCsv, N3rgyJson
from importers.energy.octopus import OctopusCsv, OctopusJson
from importers.energy.sge_r50 import SgeR50
from importers.energy.sge_r151 import SgeR151
from importers.mesinfos.bank_operations import BANK_OPERATIONS
from importers.mesinfos.edf_client import EDF_CLIENT
from importers.mesinfos.edf_contract import EDF_CONTRACT
from importers.mesinfos.linky import LINKY
from importers.mesinfos.maif_contract import MAIF_CONTRACT
from importers.mesinfos.maif_customer import MAIF_CUSTOMER
from importers.mesinfos.phone_calls import PHONE_CALLS

__all__ = ["IMPORTERS", "by_format", "identify", "unrecognised"]

HEAD: Final = 1 << 16

IMPORTERS: Final[tuple[Importer, ...]] = (
    Camt053(),
    Ofx(),
    Mt940(),
    Cfonb120(),
    *BANKS,
    EnedisLoadCurve(),
    EnedisIndex(),
    EnedisDataConnect(),
    EnedisContract(),
    SgeR151(),
    SgeR50(),
    EdfTable(),
    EdfArchive(),
    GrdfJson(),
    GrdfXlsx(),
    GrdfAdict(),
    OctopusJson(),
    OctopusCsv(),
    N3rgyJson(),
    N3rgyCsv(),
    GreenButton(),
    BANK_OPERATIONS,
    PHONE_CALLS,
    LINKY,
    EDF_CLIENT,
    EDF_CONTRACT,
    MAIF_CONTRACT,
    MAIF_CUSTOMER,
)

# What is met often and is no export that could be imported.
_KNOWN_BY_SIGHT: Final = (
    (b"PK\x03\x04", "this is an archive: unpack it and import the files in it"),
    (
        b"%PDF-",
        "this is a document to read: ask the holder for a file of data (CSV, JSON, XML, OFX)",
    ),
    (
        b'"GazparDailyGazConsumption"',
        "daily gas of the MesInfos pilot is not imported yet: ask the distributor for its own file",
    ),
)


def identify(filename: str, head: bytes) -> tuple[tuple[Importer, Match], ...]:
    """The importers that claim an export, the surest first, from its name and first 64 KiB.

    Where the first two are equally sure, the person has to say which it is.
    """
    claims = (
        (importer, match)
        for importer in IMPORTERS
        if (match := importer.recognise(filename, head[:HEAD])) is not None
    )
    return tuple(sorted(claims, key=lambda claim: claim[1].confidence, reverse=True))


def by_format(name: str) -> Importer | None:
    """The importer of the format with this name, None when there is none."""
    return next((importer for importer in IMPORTERS if importer.format == name), None)


def unrecognised(head: bytes) -> str:
    """What to tell the person whose export no importer claims, in one sentence."""
    for mark, sentence in _KNOWN_BY_SIGHT:
        if mark in head[:HEAD]:
            return sentence
    return "no importer knows this format: `pod formats` lists those that can be imported"
