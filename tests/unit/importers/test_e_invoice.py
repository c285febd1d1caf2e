"""What invoices of EN 16931 say, and how much of it is believed."""

import io
from decimal import Decimal

import pytest

from importers import HEAD, identify, reach_of
from importers.contract import Options, Problem, Record, Ref, SourceFile, Stated
from importers.invoices.e_invoice import EInvoice
from tests.unit.importers.pdf import document

CII = """<rsm:{root} xmlns:rsm="urn:un:unece:uncefact:data:{namespace}:100" xmlns:ram="r"
 xmlns:udt="u"><rsm:ExchangedDocument><ram:ID>7</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260331</udt:DateTimeString>
</ram:IssueDateTime></rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>{lines}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Moulin</ram:Name>
</ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>
<ram:{currency}>EUR</ram:{currency}><ram:SpecifiedTradeSettlementHeaderMonetarySummation>{totals}
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:{root}>"""
LINE = """<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Thé</ram:Name>
</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeSettlement>
<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{net}</ram:LineTotalAmount>
</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
</ram:IncludedSupplyChainTradeLineItem>"""
INVOICE = ("CrossIndustryInvoice", "standard:CrossIndustryInvoice", "InvoiceCurrencyCode")
ORDER = ("SCRDMCCBDACIOMessageStructure", "SCRDMCCBDACIOMessageStructure", "OrderCurrencyCode")


def totals(**said):
    return "".join(
        f"<ram:{name} currencyID='EUR'>{value}</ram:{name}>" for name, value in said.items()
    )


def cii(code="380", *, of=INVOICE, net="", **said):
    root, namespace, currency = of
    lines = LINE.format(net=net) if net else ""
    text = CII.format(
        root=root,
        namespace=namespace,
        currency=currency,
        code=code,
        lines=lines,
        totals=totals(**said),
    )
    return text.encode()


def read(content):
    return list(EInvoice().parse(io.BytesIO(content), Options()))


def fields(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


MINIMUM = {"TaxBasisTotalAmount": "10.00", "TaxTotalAmount": "2.00", "GrandTotalAmount": "12.00"}
NEGATIVE = {name: f"-{value}" for name, value in MINIMUM.items()}


@pytest.mark.spec("EN 16931-1 BT-3, UNTDID 1001")
@pytest.mark.parametrize(
    ("code", "said", "total", "nature"),
    [
        ("380", MINIMUM, "12.00", None),
        ("380", NEGATIVE, "-12.00", None),
        ("381", MINIMUM, "-12.00", "creditNote"),
        ("261", MINIMUM, "-12.00", "creditNote"),
        ("384", MINIMUM, "12.00", "correctedInvoice"),
        ("389", MINIMUM, "12.00", "selfBilledInvoice"),
    ],
)
def test_what_is_given_back_is_negative_however_it_is_written(code, said, total, nature):
    items = read(cii(code, **said))
    (invoice,) = fields(items, "Invoice")
    assert invoice["sd:total"] == Decimal(total)
    assert getattr(invoice.get("sd:nature"), "name", None) == nature
    assert invoice["sd:taxTotal"] == Decimal(total) / 6
    assert all(check.ok for check in EInvoice().reconcile(items))


def test_an_invoice_without_lines_is_held_to_its_totals_alone():
    checks = EInvoice().reconcile(read(cii(**MINIMUM)))
    assert [check.name for check in checks] == ["total with tax of 7"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"LineTotalAmount": "10.00"}, []),
        ({"LineTotalAmount": "10.01"}, ["lines", "total without tax"]),
        ({"LineTotalAmount": "10.00", "GrandTotalAmount": "12.01"}, ["total with tax"]),
        ({"LineTotalAmount": "10.00", "DuePayableAmount": "12.00"}, []),
        (
            {"LineTotalAmount": "10.00", "TotalPrepaidAmount": "5", "DuePayableAmount": "12.00"},
            ["amount due"],
        ),
        (
            {
                "LineTotalAmount": "10.00",
                "TotalPrepaidAmount": "5",
                "RoundingAmount": "0.05",
                "DuePayableAmount": "7.05",
            },
            [],
        ),
        (
            {
                "LineTotalAmount": "10.00",
                "GrandTotalAmount": "12.05",
                "RoundingAmount": "0.05",
                "DuePayableAmount": "12.05",
            },
            [],
        ),
    ],
)
def test_figures_that_do_not_agree_are_told(said, wrong):
    checks = EInvoice().reconcile(read(cii(net="10.00", **(MINIMUM | said))))
    assert [check.name.removesuffix(" of 7") for check in checks if not check.ok] == wrong


def test_the_smallest_profile_does_not_say_what_was_paid_already():
    items = read(cii(**MINIMUM, DuePayableAmount="5.00"))
    assert all(check.ok for check in EInvoice().reconcile(items))
    assert fields(items, "Invoice")[0]["schema:totalPaymentDue"] == 5


CHANGE = b"""<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator>
<udt:Indicator>false</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>%s</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"""


@pytest.mark.parametrize("amount", [b"1.00", b"-1.00"])
def test_an_allowance_is_taken_off_however_it_is_signed(amount):
    said = MINIMUM | {"LineTotalAmount": "11.00", "AllowanceTotalAmount": "1.00"}
    plain = cii(net="11.00", **said)
    opens = b"<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
    items = read(plain.replace(opens, CHANGE % amount, 1))
    assert [one["sd:total"] for one in fields(items, "Line")] == [11, -1]
    assert all(check.ok for check in EInvoice().reconcile(items))


UBL = b"""<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">
<CustomizationID>urn:cen.eu:en16931:2017#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0
</CustomizationID><ID>8</ID><IssueDate>2026-03-31</IssueDate>
<DocumentCurrencyCode>EUR</DocumentCurrencyCode>
<PrepaidPayment><PaidAmount currencyID="EUR">20.00</PaidAmount></PrepaidPayment>
<LegalMonetaryTotal><LineExtensionAmount>10</LineExtensionAmount>
<TaxExclusiveAmount>10</TaxExclusiveAmount><TaxInclusiveAmount>10</TaxInclusiveAmount>
<PayableAmount>30.00</PayableAmount></LegalMonetaryTotal></Invoice>"""


def test_claims_of_others_are_paid_with_an_invoice_of_the_german_extension():
    assert all(check.ok for check in EInvoice().reconcile(read(UBL)))
    plain = UBL.replace(b":extension:", b":compliant:")
    assert [check.ok for check in EInvoice().reconcile(read(plain))][-1] is False


def test_an_invoice_is_read_in_the_envelope_it_travelled_in():
    (importer, _), *others = identify("a.xml", b"<StandardBusinessDocument>%s" % UBL)
    assert (importer.format, others) == ("e-invoice", [])
    enveloped = b"<StandardBusinessDocument>%s</StandardBusinessDocument>" % UBL
    assert len(fields(read(enveloped), "Invoice")) == 1
    # Sets of tests and the like have invoices within, and are none.
    assert identify("a.xml", b"<testSet>%s</testSet>" % UBL) == ()


def test_an_invoice_that_is_attached_twice_is_read_once():
    twice = [("factur-x.xml", cii(**MINIMUM)), ("old.xml", cii(**MINIMUM))]
    items = read(document([[(50, "Facture")]], attached=twice))
    assert len(fields(items, "Invoice")) == 1
    assert len(fields(items, "Document")) == 1
    assert [i.message for i in items if isinstance(i, Problem)] == [
        "an invoice of this number is attached already, and is read once"
    ]


def test_a_line_without_an_amount_is_told():
    content = cii(net="10.00", **MINIMUM)
    cut = content.replace(b"<ram:LineTotalAmount>10.00</ram:LineTotalAmount>", b"")
    quantity = b"<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity>1</ram:BilledQuantity>"
    with_one = cut.replace(
        b"<ram:SpecifiedTradeProduct>",
        quantity + b"</ram:SpecifiedLineTradeDelivery><ram:SpecifiedTradeProduct>",
    )
    said = [
        [(i.message, i.row) for i in read(one) if isinstance(i, Problem)] for one in (cut, with_one)
    ]
    assert said == [
        [("this line has no amount: it is a note, and is not kept", False)],
        [("this line does not say its amount", True)],
    ]


def test_tax_in_another_currency_is_no_figure_of_the_invoice():
    content = cii(**MINIMUM).replace(
        b"<ram:TaxTotalAmount currencyID='EUR'>",
        b"<ram:TaxTotalAmount currencyID='SEK'>22.92</ram:TaxTotalAmount>"
        b"<ram:TaxTotalAmount currencyID='EUR'>",
    )
    assert [i.value for i in read(content) if isinstance(i, Stated) and i.name == "tax"] == [2]


@pytest.mark.parametrize(
    "broken",
    [
        cii(**MINIMUM)[:-30],
        cii(**MINIMUM).replace(b"<ram:ID>7</ram:ID>", b""),
        cii(**MINIMUM).replace(b">20260331<", b">20260231<"),
        cii(**MINIMUM).replace(b"12.00", b"twelve"),
        cii(**MINIMUM).replace(b">EUR</", b">euro</"),
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + cii(**MINIMUM),
        b"",
    ],
)
def test_what_is_no_whole_invoice_is_not_kept(broken):
    assert [(type(item), item.row) for item in read(broken)] == [(Problem, True)]


def test_an_order_is_a_purchase():
    items = read(cii("220", of=ORDER, net="10.00", LineTotalAmount="10.00", **MINIMUM))
    (order,) = fields(items, "Purchase")
    assert order["sd:total"] == 12
    assert order["sd:line"].kind == "Line"


NAMES = ["factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml"]


@pytest.mark.parametrize("name", [*NAMES, "order-x.xml", "facture.xml"])
def test_a_pdf_is_read_by_what_is_attached_to_it(name):
    content = document([[(50, "Facture")]], attached=[(name, cii(**MINIMUM)), ("a.txt", b"a")])
    claims = identify("a.pdf", content)
    assert [(importer.format, match.variant) for importer, match in claims] == [
        ("e-invoice", "PDF")
    ]
    items = read(content)
    (kept,) = fields(items, "Document")
    assert kept["schema:contentUrl"] == SourceFile()
    assert isinstance(kept["sd:relatedTo"], Ref)
    assert (kept["sd:counterpartyName"], kept["sd:total"]) == ("Moulin", 12)
    assert [i.message for i in items if isinstance(i, Problem)] == [
        "another file is attached, and stays in the PDF"
    ]


def test_a_pdf_without_an_invoice_says_so():
    assert EInvoice().recognise("factur-x.pdf", document([[(50, "Facture")]])) is None
    assert "carries no invoice" in read(document([[(50, "Facture")]]))[0].message


def test_the_seller_of_a_long_invoice_is_found_behind_its_lines():
    content = cii(net="10.00", LineTotalAmount="10.00", **MINIMUM)
    long = content.replace(b"<ram:Name>Th", b"<ram:Name>%sTh" % (b" " * HEAD), 1)
    assert len(long) < reach_of(long[:HEAD])
    assert EInvoice().holder(long[: reach_of(long[:HEAD])]).name == "Moulin"
    assert reach_of(b"%PDF-1.7") > HEAD
    assert reach_of(b"a;b") == HEAD
