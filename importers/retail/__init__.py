"""Shops: receipts, orders and loyalty cards."""

from typing import Final

from importers.importer import Importer
from importers.retail.amazon_refunds import AmazonRefunds
from importers.retail.kivra import KivraReceipt
from importers.retail.loyalty_csv import CARDS, POINTS, PROMOTIONS
from importers.retail.shops import SHOPS

IMPORTERS: Final[tuple[Importer, ...]] = (
    KivraReceipt(),
    *SHOPS,
    AmazonRefunds(),
    CARDS,
    POINTS,
    PROMOTIONS,
)
