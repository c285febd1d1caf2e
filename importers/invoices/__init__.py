"""Electronic invoices."""

from typing import Final

from importers.contract import Importer
from importers.invoices.e_invoice import EInvoice

IMPORTERS: Final[tuple[Importer, ...]] = (EInvoice(),)
