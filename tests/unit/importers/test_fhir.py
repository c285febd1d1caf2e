import io
import json
from datetime import date
from decimal import Decimal

import pytest

from importers.contract import Code, Iri, Options, Problem, Record, Typed
from importers.health.codes import concept
from importers.health.fhir import FHIR
from importers.health.fhir_reading import records_of
from importers.health.moments import fhir_moment, hl7_moment

PATIENT = {"resourceType": "Patient", "id": "p", "name": [{"family": "Exemple"}]}


def items(value):
    return list(records_of(value, "/x"))


def only(value):
    (record,) = items(value)
    return record


def read(text):
    return list(FHIR.parse(io.BytesIO(text.encode()), Options()))


def bundle(*resources, **more):
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", **more, "entry": entries})


def kinds(found):
    return [item.kind for item in found if isinstance(item, Record)]


def rows_lost(found):
    return [item.message for item in found if isinstance(item, Problem) and item.row]


@pytest.mark.parametrize(
    ("read_moment", "text", "said", "first"),
    [
        (fhir_moment, "2005", Typed("2005", "xsd:gYear"), date(2005, 1, 1)),
        (fhir_moment, "2005-03", Typed("2005-03", "xsd:gYearMonth"), date(2005, 3, 1)),
        (fhir_moment, "2005-03-09", date(2005, 3, 9), date(2005, 3, 9)),
        (fhir_moment, "2005-03-09T23:30:00-05:00", date(2005, 3, 9), date(2005, 3, 9)),
        (fhir_moment, "2005-03-09T23:30", date(2005, 3, 9), date(2005, 3, 9)),
        (hl7_moment, "2005", Typed("2005", "xsd:gYear"), date(2005, 1, 1)),
        (hl7_moment, "200503", Typed("2005-03", "xsd:gYearMonth"), date(2005, 3, 1)),
        (hl7_moment, "200503092330", date(2005, 3, 9), date(2005, 3, 9)),
        (hl7_moment, "20050309233000.0000-0500", date(2005, 3, 9), date(2005, 3, 9)),
    ],
)
def test_a_date_is_as_precise_as_it_is_said(read_moment, text, said, first):
    moment = read_moment(text)
    assert (moment.said, moment.first) == (said, first)
    assert (moment.time is not None) == text.endswith(("-05:00", "-0500"))


@pytest.mark.parametrize("text", ["20130231", "200130212", "", "2013-02-01", "soon"])
def test_what_is_no_date_of_hl7_is_refused(text):
    with pytest.raises(ValueError, match=r"date|day"):
        hl7_moment(text)


@pytest.mark.parametrize(
    ("system", "code", "iri"),
    [
        ("http://loinc.org", "8480-6", "http://loinc.org/rdf/8480-6"),
        ("2.16.840.1.113883.6.96", "195967001", "http://snomed.info/id/195967001"),
        ("urn:oid:2.16.840.1.113883.6.96", "195967001", "http://snomed.info/id/195967001"),
        ("1.2.3", "A b", "urn:oid:1.2.3#A%20b"),
        ("http://x.example/cs", "7", "http://x.example/cs#7"),
        ("Medicare", "Part A", None),
        ("http://loinc.org", "", None),
    ],
)
def test_a_code_is_an_iri_where_its_system_is_one(system, code, iri):
    assert concept(system, code) == (Iri(iri) if iri else None)


@pytest.mark.parametrize(
    ("resource", "kind"),
    [
        ({"resourceType": "Condition", "code": {"text": "x"}}, "HealthCondition"),
        ({"resourceType": "AllergyIntolerance", "code": {"text": "x"}}, "Allergy"),
        ({"resourceType": "AllergyIntolerance", "substance": {"text": "x"}}, "Allergy"),
        ({"resourceType": "AllergyIntolerance", "code": {"text": "NKDA"}}, "HealthAbsence"),
        (
            {"resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": "x"}},
            "Medication",
        ),
        (
            {"resourceType": "MedicationRequest", "medication": {"concept": {"text": "x"}}},
            "Medication",
        ),
        (
            {
                "resourceType": "Immunization",
                "status": "not-done",
                "vaccineCode": {"text": "x"},
            },
            "HealthAbsence",
        ),
        ({"resourceType": "Immunization", "vaccineCode": {"text": "x"}}, "Immunization"),
        ({"resourceType": "Procedure", "code": {"text": "x"}}, "Procedure"),
        ({"resourceType": "Encounter", "class": {"code": "AMB"}}, "Encounter"),
        ({"resourceType": "Goal", "description": {"text": "x"}}, "PlannedCare"),
        ({"resourceType": "DiagnosticReport", "code": {"text": "x"}}, "HealthReport"),
        ({"resourceType": "Coverage", "grouping": {"subPlan": "Part A"}}, "InsuranceContract"),
    ],
)
def test_a_resource_becomes_a_record_of_its_kind(resource, kind):
    assert only(resource).kind == kind


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ({"valueQuantity": {"value": Decimal("5.40")}}, Decimal("5.40")),
        ({"valueQuantity": {"value": 5, "comparator": "<", "unit": "g"}}, "< 5 g"),
        ({"valueCodeableConcept": {"text": "Positive"}}, "Positive"),
        ({"valueString": "clear"}, "clear"),
        ({"valueBoolean": False}, False),
        ({"valueInteger": 3}, 3),
        ({"valueRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "h"}}}, "1 to 2 h"),
    ],
)
def test_a_measure_has_the_value_that_was_found(value, result):
    found = only(
        {
            "resourceType": "Observation",
            "code": {"text": "Test"},
            "effectiveDateTime": "2017-01-02",
            **value,
        }
    )
    assert dict(found.fields)["sosa:hasSimpleResult"] == result


def test_a_measure_whose_value_is_not_known_is_kept_without_one():
    found = only(
        {
            "resourceType": "Observation",
            "code": {"text": "Test"},
            "effectiveDateTime": "2017-01-02",
            "dataAbsentReason": {"text": "unknown"},
        }
    )
    assert "sosa:hasSimpleResult" not in dict(found.fields)


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, {"resourceType": 5}])
def test_what_is_no_resource_is_told_of(value):
    assert len(rows_lost(items(value))) == 1


def test_an_unknown_type_is_named():
    assert rows_lost(items({"resourceType": "Device"})) == [
        "resources of type `Device` are not imported"
    ]


def test_what_is_about_another_person_is_not_kept():
    other = {
        "resourceType": "Condition",
        "code": {"text": "x"},
        "subject": {"reference": "Patient/q"},
    }
    found = read(bundle(PATIENT, other))
    assert kinds(found) == ["CustomerFile"]
    assert len(rows_lost(found)) == 1


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_of_two_versions_the_newer_one_is_kept_in_any_order(order):
    versions = [
        {
            "resourceType": "ExplanationOfBenefit",
            "id": "c",
            "meta": {"lastUpdated": stamp},
            "created": "2017-01-02",
            "payment": {"amount": {"value": paid, "currency": "USD"}},
        }
        for stamp, paid in (("2020-01-01", 10), ("2021-01-01", 12))
    ]
    found = read(bundle(*versions[order]))
    paid = [dict(item.fields)["sd:total"] for item in found if isinstance(item, Record)]
    assert paid == [Decimal(12)]


def test_a_claim_and_its_answer_are_one_expense():
    claim = {
        "resourceType": "Claim",
        "id": "1",
        "created": "2017-01-02",
        "total": {"value": 80, "currency": "USD"},
    }
    answer = {
        "resourceType": "ExplanationOfBenefit",
        "id": "2",
        "created": "2017-01-02",
        "claim": {"reference": "Claim/1"},
        "totalCost": {"value": 80, "code": "USD"},
    }
    assert kinds(read(bundle(claim, answer))) == ["HealthExpense"]
    assert kinds(read(bundle(claim))) == ["HealthExpense"]


def test_a_record_that_was_a_mistake_is_marked_as_taken_back():
    found = only({"resourceType": "Condition", "status": "entered-in-error", "code": {"text": "x"}})
    assert dict(found.fields)["sd:status"] == Code("withdrawn")


def test_the_number_of_matches_is_held_against_the_entries():
    found = read(bundle(PATIENT, total=2, link=[{"relation": "next", "url": "x"}]))
    (check,) = FHIR.reconcile(found)
    assert (check.expected, check.got, check.ok) == ("2", "1", False)


def test_an_array_and_lines_are_read_like_a_bundle():
    line = json.dumps(PATIENT)
    assert kinds(read(f"[{line},{line}]")) == ["CustomerFile", "CustomerFile"]
    assert kinds(read(f"{line}\n\n{line}\n")) == ["CustomerFile", "CustomerFile"]
    assert kinds(read(json.dumps(PATIENT, indent=2))) == ["CustomerFile"]


def hospital_line(code, amount):
    charged = {"coding": [{"code": "https://bluebutton.cms.gov/rev_cntr_tot_chrg_amt"}]}
    return {
        "revenue": {"coding": [{"code": code}]},
        "adjudication": [{"category": charged, "amount": {"value": amount}}],
    }


def test_a_line_that_is_the_sum_of_a_hospitals_claim_is_not_added_to_the_others():
    lines = [hospital_line("0250", 60), hospital_line("0301", 40), hospital_line("0001", 100)]
    claim = {"resourceType": "ExplanationOfBenefit", "id": "1", "created": "2017-01-02"}
    (expense, *_) = read(bundle({**claim, "item": lines}))
    assert dict(expense.fields)["sd:total"] == Decimal(100)


@pytest.mark.parametrize(
    ("said", "currency"),
    [
        ({"identifier": [{"system": "https://bluebutton.cms.gov/variables/pde_id"}]}, "USD"),
        ({"meta": {"profile": ["http://hl7.org/fhir/us/carin-bb/StructureDefinition/x"]}}, "USD"),
        ({"identifier": [{"system": "https://assurance.example/"}]}, None),
    ],
)
def test_programmes_that_pay_in_dollars_need_not_say_so(said, currency):
    claim = {"resourceType": "ExplanationOfBenefit", "id": "1", "created": "2017-01-02"}
    (expense, *remarks) = read(bundle({**claim, "total": {"value": 8}, **said}))
    assert dict(expense.fields).get("sd:currency") == currency
    assert [item for item in remarks if isinstance(item, Problem)] == [] or currency is None


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({"questionnaire": {"display": "Questionnaire de sortie"}}, "Questionnaire de sortie"),
        ({"questionnaire": "https://q.example/1"}, "https://q.example/1"),
    ],
)
def test_answers_to_questions_are_named_by_these(said, label):
    answers = {"resourceType": "QuestionnaireResponse", "id": "1", "authored": "2024-03-31"}
    assert dict(only({**answers, **said}).fields)["sd:sourceLabel"] == label


def test_pictures_are_named_by_how_they_were_taken():
    series = [{"modality": {"code": "DX", "display": "Radiographie"}}]
    taken = {"resourceType": "ImagingStudy", "id": "1", "started": "2024-03-31", "series": series}
    assert dict(only(taken).fields)["sd:sourceLabel"] == "Radiographie"


def test_a_measure_without_a_date_is_of_the_year_in_which_it_was_written():
    found = {
        "resourceType": "Observation",
        "id": "1",
        "meta": {"lastUpdated": "2024-03-31T08:00:00Z"},
        "code": {"text": "TPMT"},
        "valueString": "*1/*2",
    }
    record = only(found)
    assert record.on.year == 2024
    assert "sd:date" not in dict(record.fields)
