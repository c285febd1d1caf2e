"""Real invoices, receipts and documents, where they are at hand."""

from decimal import Decimal

import pytest

from importers.contract import Record
from tests.importers.test_shared_samples import MANIFEST, expected, read, rows_lost

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def of_kind(items, kind):
    return [item for item in items if isinstance(item, Record) and item.kind == kind]


@pytest.mark.parametrize(
    ("name", "sign"),
    [("einvoice/factur-x-basic.xml", 1), ("einvoice/Avoir_FR_type381_BASIC.pdf", -1)],
)
def test_a_cii_invoice_has_the_lines_and_figures_that_were_counted(name, sign):
    importer, items = read(name)
    known = expected(name)
    (invoice,) = of_kind(items, "Invoice")
    fields = dict(invoice.fields)
    assert [invoice.key.stable] == known["id"]
    assert [fields["sd:currency"]] == known["currency"]
    assert fields["sd:total"] == sign * Decimal(known["gross"][0])
    assert fields["sd:taxTotal"] == sign * Decimal(known["vat"][0])
    assert fields["schema:totalPaymentDue"] == sign * Decimal(known["due"][0])
    lines = [one for one in of_kind(items, "Line") if one.key.natural[1] == "line"]
    assert len(lines) == known["lines"]
    net = sum(dict(one.fields)["sd:total"] for one in of_kind(items, "Line"))
    assert net == sign * Decimal(known["net"][0])
    checks = importer.reconcile(items)
    assert [check for check in checks if not check.ok] == []
    assert len(checks) >= 5
    assert rows_lost(items) == []


def test_a_peppol_invoice_has_the_lines_and_figures_that_were_counted():
    name = "einvoice/peppol_base_example.xml"
    importer, items = read(name)
    known = expected(name)
    (invoice,) = of_kind(items, "Invoice")
    assert [invoice.key.stable] == known["id"]
    lines = of_kind(items, "Line")
    nets = {what: Decimal(0) for what in ("line", "change")}
    for line in lines:
        nets[line.key.natural[1]] += dict(line.fields)["sd:total"]
    assert sum(one.key.natural[1] == "line" for one in lines) == known["lines"]
    assert nets["line"] == Decimal(known["totals"]["LineExtensionAmount"])
    assert nets["change"] == Decimal(known["totals"]["ChargeTotalAmount"])
    assert sum(nets.values()) == Decimal(known["totals"]["TaxExclusiveAmount"])
    assert dict(invoice.fields)["sd:total"] == Decimal(known["totals"]["TaxInclusiveAmount"])
    assert all(check.ok for check in importer.reconcile(items))
    assert rows_lost(items) == []


def test_the_receipt_of_the_makers_is_read_although_it_is_no_json():
    name = "ereceipt/kivra_ica_loyalty.json"
    importer, items = read(name)
    assert "Expecting property name" in expected(name)["invalid_json"]
    (receipt,) = of_kind(items, "Purchase")
    assert receipt.key.natural[1:] == ("7959", "123456")
    # Six items, of which one is a text. The makers shortened it: its figures do not agree.
    assert len(of_kind(items, "Line")) == 5
    assert [check.ok for check in importer.reconcile(items)] == [False]
    assert rows_lost(items) == []
