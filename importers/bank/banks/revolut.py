"""Revolut: the account statement, in English and in French; a row for each movement and state.

The balance moves by the amount less the fee. What is pending has no day yet and comes again when
it is booked; what was reverted has never moved the balance.
"""

from types import MappingProxyType

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

_PENDING = "this is pending and not taken yet: it comes again when it is booked"
_UNDONE = "this was not carried out, and has moved nothing"
# As the columns are compared: without case and accents.
_STATES = MappingProxyType(
    {
        "completed": "",
        "termine": "",
        "pending": _PENDING,
        "enattente": _PENDING,
        "reverted": _UNDONE,
        "annule": _UNDONE,
        "declined": _UNDONE,
        "refuse": _UNDONE,
        "failed": _UNDONE,
        "echoue": _UNDONE,
    }
)


def _layout(*names: str) -> Layout:
    product, completed, label, amount, fee, currency, state, balance = names
    return Layout(
        header=names,
        day=(completed,),
        label=(label,),
        words=("Type",),
        signed=amount,
        fee=fee,
        currency=currency,
        account=(product,),
        by_currency=True,
        balance=balance,
        state=state,
        states=_STATES,
    )


BANK = BankCsv(
    format="revolut-csv",
    title="Revolut: account statement (CSV)",
    by=HolderHint(iri="https://www.revolut.com/", name="Revolut", sector="bank"),
    writes_iso=True,
    layouts=(
        _layout(
            "Product",
            "Completed Date",
            "Description",
            "Amount",
            "Fee",
            "Currency",
            "State",
            "Balance",
        ),
        _layout(
            "Produit", "Date de fin", "Description", "Montant", "Frais", "Devise", "État", "Solde"
        ),
    ),
    delimiters=(",", ";"),
)
