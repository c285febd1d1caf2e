"""Amazon: Retail.OrderHistory.1.csv (also .2 and .3), and Order History.csv since 2025.

`Total Owed` is for the row, with tax, delivery and discounts. Times are in UTC.
"""

from importers.contract import HolderHint
from importers.retail.order_csv import Orders

SHOP = Orders(
    format="amazon-orders",
    title="Amazon: order history (Retail.OrderHistory, CSV)",
    by=HolderHint(iri="https://www.amazon.com/", name="Amazon", sector="retail"),
    lists=("ASIN", "Website"),
    channel="web",
    order=("Order ID",),
    day=("Order Date",),
    name=("Product Name",),
    total=("Total Owed", "Total Amount"),
    quantity=("Quantity", "Original Quantity"),
    price=("Unit Price",),
    unit=("Currency",),
    product=("ASIN",),
    site=("Website",),
    payment=("Payment Instrument Type", "Payment Method Type"),
    status=("Order Status",),
    shipped=("Ship Date",),
    tracking=("Carrier Name & Tracking Number",),
    words=("Gift Message", "Product Name", "Shipping Address", "Billing Address"),
)
