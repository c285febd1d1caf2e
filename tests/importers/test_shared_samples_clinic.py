"""Real medical records of other people's, where they are at hand."""

from decimal import Decimal

from tests.importers.test_shared_samples import (
    MANIFEST,
    SAMPLES,
    counted,
    expected,
    pytest,
    read,
    rows_lost,
)

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def test_fhir_claims_have_the_payment_that_was_counted():
    importer, items = read("fhir/eob_read_carrier_v2.json")
    known = expected("fhir/eob_read_carrier_v2.json")
    (expense,) = counted(items)
    paid = [dict(i.fields)["sd:total"] for i in items if getattr(i, "kind", "") == "Reimbursement"]
    assert expense.key.stable == f"ExplanationOfBenefit/{known['id']}"
    assert paid == [Decimal(known["payment"])]
    assert [check.ok for check in importer.reconcile(items)] == [True]
    assert rows_lost(items) == []


def test_fhir_covers_are_those_that_were_counted():
    importer, items = read("fhir/sample-coverage-entry.json")
    known = expected("fhir/sample-coverage-entry.json")
    assert [record.key.stable for record in counted(items)] == [
        f"Coverage/{name}" for name in known["ids"]
    ]
    assert {record.kind for record in counted(items)} == {"InsuranceContract"}
    assert [check.expected for check in importer.reconcile(items)] == [str(known["total"])]
    assert rows_lost(items) == []


def test_ccda_has_an_item_for_each_entry_that_was_counted():
    _, items = read("ccda/hl7_ccd2.xml")
    known = expected("ccda/hl7_ccd2.xml")
    entries = {one.locator.partition("/entry")[2].split("/")[0] for one in counted(items)}
    places = {tuple(one.locator.split("/")[4:7]) for one in items if "/entry" in one.locator}
    assert entries
    assert len(places) == sum(number for _, number, _ in known["section_entries"])
    assert rows_lost(items) == []
    kinds = [record.kind for record in counted(items)]
    procedures = next(n for code, n, _ in known["section_entries"] if code == "47519-4")
    assert kinds.count("Procedure") == procedures
    # The one entry of allergies states that none is known.
    assert (kinds.count("Allergy"), kinds.count("HealthAbsence")) == (0, 1)


def test_a_va_report_has_a_record_for_each_row_of_its_text():
    name = "bluebutton_text/va_myhealthevet_v12.txt"
    _, items = read(name)
    text = (SAMPLES / name).read_text(encoding="utf-8")
    begins = {
        "Medication": ("Medication:", "Drug Name:"),
        "Allergy": ("Allergy Name:",),
        "Immunization": ("Immunization:",),
        "HealthCondition": ("Medical Event:",),
        "InsuranceContract": ("Health Insurance Company:",),
        "HealthReport": ("Location performed:",),
    }
    kinds = [record.kind for record in counted(items)]
    for kind, starts in begins.items():
        assert kinds.count(kind) == sum(line.startswith(starts) for line in text.splitlines())
    tests = text.count("\nTest Name:") - text.count("\nLocation performed:")
    assert kinds.count("HealthMeasure") == tests + text.count("\nMeasurement Type:")
    # What is not imported of this report is one section.
    assert len(rows_lost(items)) == 1
