"""FHIR in XML says what the same resources say in JSON."""

import io

import pytest

from importers.contract import Options, Problem, Record
from importers.health.fhir import FHIR
from importers.health.fhir_xml import FhirXml

WEIGHT = (
    "<Observation{}><id value='w'/><status value='final'/>"
    "<code><coding><system value='http://loinc.org'/><code value='29463-7'/></coding></code>"
    "<effectiveDateTime value='2026-03-02'/>{}</Observation>"
)
AS_JSON = (
    '{"resourceType": "Observation", "id": "w", "status": "final", "code": {"coding": '
    '[{"system": "http://loinc.org", "code": "29463-7"}]}, "effectiveDateTime": "2026-03-02", %s}'
)
FHIR_NAMESPACE = " xmlns='http://hl7.org/fhir'"


def said(importer, text):
    items = importer.parse(io.BytesIO(text.encode()), Options())
    return [(one.kind, one.key, one.fields) for one in items if isinstance(one, Record)]


@pytest.mark.parametrize(
    ("xml", "json"),
    [
        (
            "<valueQuantity><value value='71.50'/><unit value='kg'/></valueQuantity>",
            '"valueQuantity": {"value": 71.50, "unit": "kg"}',
        ),
        ("<valueInteger value='3'/>", '"valueInteger": 3'),
        ("<valueBoolean value='true'/>", '"valueBoolean": true'),
        ("<valueString value='true'/>", '"valueString": "true"'),
        ("<valueCodeableConcept><text value='un été'/></valueCodeableConcept>", None),
    ],
)
def test_a_resource_says_the_same_in_both(xml, json):
    found = said(FhirXml(), WEIGHT.format(FHIR_NAMESPACE, xml))
    json = json or '"valueCodeableConcept": {"text": "un été"}'
    assert found == said(FHIR, AS_JSON % json)
    assert len(found) == 1


def test_a_prefix_and_an_extension_change_nothing():
    plain = WEIGHT.format(FHIR_NAMESPACE, "<valueInteger value='3'/>")
    extended = plain.replace(
        "<valueInteger value='3'/>",
        "<valueInteger value='3'><extension url='urn:x'><valueString value='y'/></extension>"
        "</valueInteger>",
    )
    prefixed = WEIGHT.format("", "").replace("</", "</f:").replace("<", "<f:").replace("<f:/", "</")
    prefixed = prefixed.replace("<f:Observation", "<f:Observation xmlns:f='http://hl7.org/fhir'", 1)
    assert said(FhirXml(), extended) == said(FhirXml(), plain)
    assert FhirXml().recognise("x.xml", prefixed.encode())
    assert said(FhirXml(), prefixed) == said(FhirXml(), WEIGHT.format(FHIR_NAMESPACE, ""))


def test_a_document_that_breaks_off_says_so_and_keeps_what_came_before():
    entry = f"<entry><resource>{WEIGHT.format('', '')}</resource></entry>"
    cut = f"<Bundle{FHIR_NAMESPACE}>{entry}<entry><resource><Obs"
    items = list(FhirXml().parse(io.BytesIO(cut.encode()), Options()))
    assert [type(one) for one in items] == [Record, Problem]


@pytest.mark.parametrize(
    "text", ["<Bundle xmlns='urn:other'/>", "<feed xmlns='http://hl7.org/fhir'/>", "{}"]
)
def test_other_documents_are_not_claimed(text):
    assert FhirXml().recognise("x.xml", text.encode()) is None
