"""Amazon since 2025: Digital Content Orders.csv, a row for each part of the price of an article.

Price, tax and what is taken off stand in rows of their own, whose `Transaction Amount` add up to
what the order came to. Times are in UTC.
"""

from importers.contract import HolderHint
from importers.retail.order_csv import Orders

SHOP = Orders(
    format="amazon-digital-content",
    title="Amazon: digital orders since 2025 (Digital Content Orders, CSV)",
    by=HolderHint(iri="https://www.amazon.com/", name="Amazon", sector="retail"),
    lists=("Digital Order Item ID",),
    channel="web",
    order=("Order ID",),
    day=("Order Date",),
    name=("Product Name",),
    total=("Transaction Amount",),
    unit=("Base Currency Code",),
    product=("ASIN",),
    site=("Marketplace",),
    words=("Product Name",),
)
