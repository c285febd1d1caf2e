"""Amazon: Digital Items.csv of Digital-Ordering: books, music, films, applications, subscriptions.

`OurPrice` is without tax, which `OurPriceTax` has. Times are in UTC.
"""

from importers.contract import HolderHint
from importers.retail.order_csv import Orders

SHOP = Orders(
    format="amazon-digital-orders",
    title="Amazon: digital orders (Digital Items, CSV)",
    by=HolderHint(iri="https://www.amazon.com/", name="Amazon", sector="retail"),
    lists=("DigitalOrderItemId",),
    channel="web",
    order=("OrderId",),
    day=("OrderDate",),
    name=("ProductName", "Title"),
    total=("OurPrice",),
    tax=("OurPriceTax",),
    quantity=("OriginalQuantity", "QuantityOrdered"),
    unit=("OurPriceCurrencyCode", "BaseCurrencyCode"),
    product=("ASIN",),
    site=("Marketplace",),
    words=("ProductName", "Title"),
)
