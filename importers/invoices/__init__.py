"""Electronic invoices."""

from typing import Final

from importers.importer import Importer
from importers.invoices.e_invoice import EInvoice

IMPORTERS: Final[tuple[Importer, ...]] = (EInvoice(),)
