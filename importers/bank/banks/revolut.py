"""Revolut: the account statement in English, French and German, a row for each movement and state;
and the one before 2021, whose names of columns say the currency, with what was booked alone.

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
        "abgeschlossen": "",
        "pending": _PENDING,
        "enattente": _PENDING,
        "ausstehend": _PENDING,
        "reverted": _UNDONE,
        "annule": _UNDONE,
        "ruckgangiggemacht": _UNDONE,
        "abgelehnt": _UNDONE,
        "fehlgeschlagen": _UNDONE,
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
        words=("Type", "Typ", "Art"),
        signed=amount,
        fee=fee,
        currency=currency,
        account=(product,),
        by_currency=True,
        balance=balance,
        state=state,
        states=_STATES,
    )


def _before(money: str) -> Layout:
    out, into = f"Paid Out ({money})", f"Paid In ({money})"
    return Layout(
        header=("Completed Date", out, into, "Exchange Out", "Exchange In"),
        day=("Completed Date",),
        label=("Description", "Reference"),
        words=("Category",),
        debit=out,
        credit=into,
        money=money,
        by_currency=True,
        balance=f"Balance ({money})",
    )


_MONIES = "EUR GBP USD CHF PLN RON CZK HUF SEK NOK DKK BGN AUD CAD JPY SGD"
_GERMAN = ("Produkt", "Datum des Abschlusses", "Beschreibung", "Betrag", "Gebühr", "Währung")

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
        *(_layout(*_GERMAN, "Status", balance) for balance in ("Guthaben", "Kontostand", "Saldo")),
        *map(_before, _MONIES.split()),
    ),
    delimiters=(",", ";"),
)
