"""Energy and water: load curves, readings of meters, consumption."""

from typing import Final

from importers.energy.edf import EdfArchive, EdfTable
from importers.energy.edf_pilot import EdfPilot
from importers.energy.enedis_contract import EnedisContract
from importers.energy.enedis_data_connect import EnedisDataConnect
from importers.energy.enedis_index import EnedisIndex
from importers.energy.enedis_load_curve import EnedisLoadCurve
from importers.energy.enedis_pilot import EnedisPilot
from importers.energy.grdf_adict import GrdfAdict
from importers.energy.grdf_json import GrdfJson
from importers.energy.grdf_pilot import GrdfPilot
from importers.energy.grdf_xlsx import GrdfXlsx
from importers.energy.green_button import GreenButton
from importers.energy.n3rgy import N3rgyCsv, N3rgyJson
from importers.energy.octopus import OctopusCsv, OctopusJson
from importers.energy.sge_r50 import SgeR50
from importers.energy.sge_r151 import SgeR151
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (
    EnedisLoadCurve(),
    EnedisIndex(),
    EnedisDataConnect(),
    EnedisContract(),
    EnedisPilot(),
    SgeR151(),
    SgeR50(),
    EdfTable(),
    EdfArchive(),
    EdfPilot(),
    GrdfJson(),
    GrdfPilot(),
    GrdfXlsx(),
    GrdfAdict(),
    OctopusJson(),
    OctopusCsv(),
    N3rgyJson(),
    N3rgyCsv(),
    GreenButton(),
)
