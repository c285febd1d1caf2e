"""midata: what British banks gave of a current account since 2015, the same table at each of them.

Twelve months, the latest first. Names and numbers of others are masked with asterisks by the bank,
so that two movements may look the same. The file never says its account. The arranged overdraft
below the table says nothing of a movement and is not taken.
"""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

BANK = BankCsv(
    format="midata-csv",
    title="midata: current account of a British bank (CSV)",
    by=HolderHint(iri="urn:sd:holder:bank", name="bank", sector="bank"),
    layouts=(
        Layout(
            header=("Date", "Type", "Merchant/Description", "Debit/Credit", "Balance"),
            exact=True,
            day=("Date",),
            label=("Merchant/Description",),
            words=("Type",),
            signed="Debit/Credit",
            balance="Balance",
        ),
    ),
    notes=(re.compile(r"^(?P<aside>Arranged overdraft limit);[\d/]+;£?[\d.,]+$"),),
    currency="GBP",
    delimiters=(",",),
)
