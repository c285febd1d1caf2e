"""One module a bank: what its CSV looks like. A new module here is all that a new bank takes."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from importers.bank.bank_csv import BankCsv

BANKS: Final[tuple[BankCsv, ...]] = tuple(
    import_module(f"{__name__}.{found.name}").BANK for found in iter_modules(__path__)
)
"""The `BANK` of each module of this package, in the order of their names."""
