"""One module an operator: how its bill is known. A new module here is all that one more takes."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from importers.telecom.bill_csv import BillCsv

OPERATORS: Final[tuple[BillCsv, ...]] = tuple(
    import_module(f"{__name__}.{found.name}").OPERATOR for found in iter_modules(__path__)
)
"""The `OPERATOR` of each module of this package, in the order of their names."""
