"""Health: what was treated, prescribed, measured, paid for and paid back."""

from typing import Final

from importers.health.ccda import CCDA
from importers.health.eu_dcc import EuDcc
from importers.health.fhir import FHIR
from importers.health.fhir_xml import FhirXml
from importers.health.medicare_blue_button import MEDICARE_BLUE_BUTTON
from importers.health.smart_health_card import SmartHealthCard
from importers.health.statement import ReimbursementStatement
from importers.health.statement_csv import ReimbursementTable
from importers.health.va_blue_button import VA_BLUE_BUTTON
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (
    FHIR,
    FhirXml(),
    CCDA,
    VA_BLUE_BUTTON,
    MEDICARE_BLUE_BUTTON,
    SmartHealthCard(),
    EuDcc(),
    ReimbursementStatement(),
    ReimbursementTable(),
)
