"""Electronic invoices: UBL 2.1 by Peppol BIS Billing 3, net lines and one rate of tax."""

from typing import Final

from pod.people.events import Bill, Line
from pod.people.files.written import HOLDERS, HolderFile, element, euros, ten_thousandths
from pod.people.home import Home
from pod.people.paid import Creditor

_NAMESPACES: Final = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
    ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
_PROFILE: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_DEBIT, _CARD = "59", "48"  # UNTDID 4461


def e_invoice(bill: Bill, seller: Creditor, home: Home, *, rate: int) -> HolderFile:
    """One bill as its file. `rate` is that of the tax, in per cent."""
    return HolderFile(
        path=f"{_FOLDERS[bill.supplier]}/facture-{bill.number}.xml",
        media_type="application/xml",
        holder=HOLDERS[bill.supplier],
        title="electronic invoice (UBL)",
        format="e-invoice",
        content=_invoice(bill, seller, home, rate).encode(),
        rows=1 + len(bill.lines),
        places={bill.id: bill.number, **_places_of_lines(bill)},
    )


def _places_of_lines(bill: Bill) -> dict[str, str]:
    return {id_: f"/Invoice/InvoiceLine[{rank}]" for rank, id_ in enumerate(bill.line_ids, start=1)}


_FOLDERS: Final = {"phone": "telecom", "shop": "boutique"}


def _invoice(bill: Bill, seller: Creditor, home: Home, rate: int) -> str:
    net = sum(line.cents for line in bill.lines)
    return "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Invoice {_NAMESPACES}>\n',
            _basic("CustomizationID", _PROFILE),
            _basic("ID", bill.number),
            _basic("IssueDate", bill.day.isoformat()),
            _basic("DueDate", bill.due.isoformat()),
            _basic("InvoiceTypeCode", "380") + _basic("DocumentCurrencyCode", "EUR") + "\n",
            _within("InvoicePeriod", _period(bill)),
            _seller(seller),
            _within("AccountingCustomerParty", _within("Party", _name(home.person.name))),
            _means(bill),
            _tax(bill.tax, net, rate),
            _totals(net, bill.tax),
            *(_line(rank, line, rate) for rank, line in enumerate(bill.lines, start=1)),
            "</Invoice>\n",
        )
    )


def _basic(name: str, text: str) -> str:
    return element(f"cbc:{name}", text)


def _within(name: str, inner: str) -> str:
    return f"<cac:{name}>{inner}</cac:{name}>\n"


def _amount(name: str, cents: int) -> str:
    return f'<cbc:{name} currencyID="EUR">{euros(cents)}</cbc:{name}>'


def _name(name: str) -> str:
    return _within("PartyName", _basic("Name", name))


def _period(bill: Bill) -> str:
    return _basic("StartDate", bill.first.isoformat()) + _basic("EndDate", bill.last.isoformat())


def _seller(seller: Creditor) -> str:
    number = f'<cbc:ID schemeID="SEPA">{seller.id}</cbc:ID>'
    entity = _within("PartyLegalEntity", _basic("RegistrationName", seller.name))
    party = _within("PartyIdentification", number) + _name(seller.name) + entity
    return _within("AccountingSupplierParty", _within("Party", party))


def _means(bill: Bill) -> str:
    code = _basic("PaymentMeansCode", _DEBIT if bill.mandate else _CARD)
    mandate = _within("PaymentMandate", _basic("ID", bill.mandate)) if bill.mandate else ""
    return _within("PaymentMeans", code + _basic("PaymentID", bill.number) + mandate)


def _category(rate: int, name: str) -> str:
    scheme = _within("TaxScheme", _basic("ID", "VAT"))
    return _within(name, _basic("ID", "S") + _basic("Percent", str(rate)) + scheme)


def _tax(tax: int, net: int, rate: int) -> str:
    amounts = _amount("TaxableAmount", net) + _amount("TaxAmount", tax)
    by_rate = _within("TaxSubtotal", amounts + _category(rate, "TaxCategory"))
    return _within("TaxTotal", _amount("TaxAmount", tax) + by_rate)


def _totals(net: int, tax: int) -> str:
    said = _amount("LineExtensionAmount", net) + _amount("TaxExclusiveAmount", net)
    taxed = _amount("TaxInclusiveAmount", net + tax) + _amount("PayableAmount", net + tax)
    return _within("LegalMonetaryTotal", said + taxed)


def _line(rank: int, line: Line, rate: int) -> str:
    number = f'<cbc:ID schemeID="0160">{line.gtin}</cbc:ID>'
    identified = _within("StandardItemIdentification", number) if line.gtin else ""
    price = ten_thousandths(line.price)
    return _within(
        "InvoiceLine",
        _basic("ID", str(rank))
        + f'<cbc:InvoicedQuantity unitCode="{line.unit}">{line.quantity}</cbc:InvoicedQuantity>'
        + _amount("LineExtensionAmount", line.cents)
        + _within(
            "Item",
            _basic("Name", line.name) + identified + _category(rate, "ClassifiedTaxCategory"),
        )
        + _within("Price", f'<cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount>'),
    )
