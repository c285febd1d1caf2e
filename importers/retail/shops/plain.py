"""Any shop: a table of orders with the usual names of columns, in French or English.

A row is an article; order, date, article and total are needed. Amounts are written with a comma or
a point, days with the day first or as 2026-03-31.
"""

from importers.contract import HolderHint
from importers.retail.order_csv import Orders

SHOP = Orders(
    format="order-csv",
    title="Commandes d'une boutique (CSV)",
    by=HolderHint(iri="urn:sd:holder:shop", name="Boutique", sector="retail"),
    order=(
        *("N° de commande", "Numéro de commande", "Commande", "N° commande", "Référence commande"),
        *("Order number", "Order no", "Order ID", "Order"),
    ),
    day=("Date de commande", "Date", "Order date"),
    name=("Article", "Produit", "Désignation", "Libellé article", "Item", "Product"),
    total=("Total TTC", "Montant TTC", "Prix total", "Total", "Montant", "Amount", "Line total"),
    quantity=("Quantité", "Qté", "Quantity", "Qty"),
    price=("Prix unitaire TTC", "Prix unitaire", "PU TTC", "Unit price"),
    unit=("Devise", "Currency"),
    number=("EAN", "GTIN", "Code-barres", "Code barre", "Barcode"),
    seller=("Magasin", "Boutique", "Enseigne", "Vendeur", "Shop", "Store", "Seller"),
    payment=("Moyen de paiement", "Paiement", "Payment method", "Payment"),
    status=("Statut", "État", "Status", "Order status"),
    words=("Article", "Produit", "Désignation", "Item", "Product"),
    mark="",
    delimiter=";",
    confidence=60,
)
