"""Digital vaults, and documents that nothing else is read of."""

from typing import Final

from importers.importer import Importer
from importers.vault.cozy_bills import CozyBills
from importers.vault.cozy_files import CozyFiles
from importers.vault.pdf_document import PdfDocument
from importers.vault.vault_index import VaultIndex

IMPORTERS: Final[tuple[Importer, ...]] = (VaultIndex(), CozyBills(), CozyFiles(), PdfDocument())
