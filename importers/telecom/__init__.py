"""Telephone companies: itemised bills."""

from typing import Final

from importers.importer import Importer
from importers.telecom.any_bill import AnyBill
from importers.telecom.operators import OPERATORS

IMPORTERS: Final[tuple[Importer, ...]] = (*OPERATORS, AnyBill(others=OPERATORS))
