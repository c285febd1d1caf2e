"""One module a shop: what its CSV looks like. A new module here is all that a new shop takes."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from importers.retail.order_csv import Orders

SHOPS: Final[tuple[Orders, ...]] = tuple(
    import_module(f"{__name__}.{found.name}").SHOP for found in iter_modules(__path__)
)
"""The `SHOP` of each module of this package, in the order of their names."""
