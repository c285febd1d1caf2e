"""UBS (Switzerland): the table of today in four languages, and the one before 2021 in French.

A transaction number stays. A row that has only a part of an amount breaks down the one before it.
"""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

_DESCRIPTIONS = ("Description1", "Description2", "Description3")
_BESCHREIBUNGEN = ("Beschreibung1", "Beschreibung2", "Beschreibung3")
_DESCRIZIONI = ("Descrizione1", "Descrizione2", "Descrizione3")


def _layout(names: tuple[str, ...], label: tuple[str, ...], number: str) -> Layout:
    booked, traded, currency, debit, credit, part, balance = names
    return Layout(
        header=(booked, currency, debit, credit, balance, number),
        day=(booked, traded),
        label=label,
        debit=debit,
        credit=credit,
        part=part,
        currency=currency,
        balance=balance,
        identifier=number,
    )


_FRENCH = (
    "Date de comptabilisation",
    "Date de transaction",
    "Monnaie",
    "Débit",
    "Crédit",
    "Sous-montant",
    "Solde",
)
_ENGLISH = (
    "Booking date",
    "Trade date",
    "Currency",
    "Debit",
    "Credit",
    "Individual amount",
    "Balance",
)
_GERMAN = (
    "Buchungsdatum",
    "Abschlussdatum",
    "Währung",
    "Belastung",
    "Gutschrift",
    "Einzelbetrag",
    "Saldo",
)
_ITALIAN = (
    "Data di registrazione",
    "Data dell'operazione",
    "Valuta",
    "Addebito",
    "Accredito",
    "Importo singolo",
    "Saldo",
)
_BEFORE_2021 = Layout(
    header=("Monn.", "Date de valeur", "Description 1", "N° de transaction", "Débit", "Crédit"),
    day=("Date de comptabilisation", "Date de valeur"),
    label=("Description 1", "Description 2", "Description 3"),
    words=("Description",),
    debit="Débit",
    credit="Crédit",
    part="Sous-montant",
    currency="Monn.",
    account=("IBAN", "Produit"),
    balance="Solde",
    identifier="N° de transaction",
)

BANK = BankCsv(
    format="ubs-csv",
    title="UBS: account statement (CSV)",
    by=HolderHint(iri="https://www.ubs.com/", name="UBS", sector="bank"),
    layouts=(
        _layout(_FRENCH, _DESCRIPTIONS, "N° de transaction"),
        _layout(_FRENCH, _DESCRIPTIONS, "No de transaction"),
        _layout(_ENGLISH, _DESCRIPTIONS, "Transaction no."),
        _layout(_GERMAN, _BESCHREIBUNGEN, "Transaktions-Nr."),
        _layout(_ITALIAN, _DESCRIZIONI, "N. di transazione"),
        _BEFORE_2021,
    ),
    notes=(
        re.compile(
            r"^(?:Numéro de compte|Account number|Kontonummer|Numero di conto):;(?P<account>[^;]+)"
        ),
        re.compile(r"^IBAN:;(?P<iban>[^;]+)"),
        re.compile(r"^(?:Au|Until|Bis|Al):;(?P<day>\d{4}-\d\d-\d\d)"),
        re.compile(
            r"^(?:Solde initial|Opening balance|Anfangssaldo|Saldo iniziale):;(?P<opening>[^;]+)"
        ),
        re.compile(
            r"^(?:Solde final|Closing balance|Schlusssaldo|Saldo finale):;(?P<closing>[^;]+)"
        ),
        re.compile(
            r"^(?:Évaluation en|Valued in|Bewertet in|Valutazione in):;(?P<currency>[A-Z]{3})"
        ),
        re.compile(r"^(?:Nombre de|Numbers of|Anzahl|Numero di) [^;]*:;(?P<count>\d+)"),
    ),
    currency="CHF",
)
