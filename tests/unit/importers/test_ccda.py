import io

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.health.ccda import CCDA

SMOKING = '<templateId root="2.16.840.1.113883.10.20.22.4.78"/>'
VACCINE = (
    '<substanceAdministration negationInd="true"><consumable><manufacturedProduct>'
    '<manufacturedMaterial><code displayName="Flu"/></manufacturedMaterial>'
    "</manufacturedProduct></consumable></substanceAdministration>"
)
UNSTRUCTURED = (
    '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody/></component>'
    "</ClinicalDocument>"
)


def document(code, *entries, text="words"):
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://x"><component><structuredBody>'
        f'<component><section><code code="{code}"/><text>{text}</text>{body}</section></component>'
        "</structuredBody></component></ClinicalDocument>"
    )


def read(text):
    return list(CCDA.parse(io.BytesIO(text.encode()), Options()))


def fields(text):
    return [dict(item.fields) for item in read(text) if isinstance(item, Record)]


def problem(value, time="20150310", more=""):
    return (
        f'<act><entryRelationship typeCode="SUBJ"><observation {more}><effectiveTime>'
        f'<low value="{time}"/></effectiveTime>{value}</observation></entryRelationship></act>'
    )


@pytest.mark.parametrize(
    ("value", "text", "label"),
    [
        ('<value displayName="Asthma"/>', "x", "Asthma"),
        ("<value nullFlavor='OTH'><originalText>Asthme</originalText></value>", "x", "Asthme"),
        (
            '<value><originalText><reference value="#p"/></originalText></value>',
            '<list><item ID="p">Asthme <content>sévère</content></item></list>',
            "Asthme sévère",
        ),
        ('<value nullFlavor="OTH"><translation displayName="Asma"/></value>', "x", "Asma"),
        ('<value code="195967001"/>', "x", "195967001"),
    ],
)
def test_what_a_problem_is_called_stands_in_a_code_or_in_the_narrative(value, text, label):
    (found,) = fields(document("11450-4", problem(value), text=text))
    assert found["sd:sourceLabel"] == label


def test_each_problem_of_a_concern_is_a_record():
    one = problem('<value displayName="Asthma"/>')
    inner = one.removeprefix("<act>").removesuffix("</act>")
    found = fields(document("11450-4", f"<act>{inner}{inner}</act>"))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("48765-2", problem('<value displayName="Food allergy"/>', more='negationInd="true"')),
        ("48765-2", problem('<value displayName="No known allergies"/>')),
        (
            "11369-6",
            VACCINE,
        ),
    ],
)
def test_what_is_said_not_to_be_is_a_stated_absence(code, entry):
    (found,) = read(document(code, entry))
    assert found.kind == "HealthAbsence"


def test_a_section_with_words_only_is_told_of_and_costs_no_row():
    (found,) = read(document("51848-0"))
    assert isinstance(found, Problem)
    assert not found.row


@pytest.mark.parametrize("time", ["20150231", "200130212", "March"])
def test_an_entry_with_a_wrong_date_is_told_of(time):
    (found,) = read(document("11450-4", problem('<value displayName="Asthma"/>', time=time)))
    assert found.row
    assert found.locator.endswith("/observation[1]")


def test_a_panel_gives_its_time_to_its_members():
    members = "".join(
        f"<component><observation><code displayName='{name}'/>{own}"
        "<value xsi:type='PQ' value='1.5' unit='g/dL'/></observation></component>"
        for name, own in (("A", ""), ("B", '<effectiveTime value="20140507"/>'))
    )
    panel = f'<organizer><effectiveTime value="20140506"/>{members}</organizer>'
    found = fields(document("30954-2", panel))
    assert [one["sd:date"].day for one in found] == [6, 7]


def test_smoking_is_known_whether_it_is_an_assertion_or_not():
    entry = (
        f'<observation>{SMOKING}<code code="ASSERTION"/><effectiveTime value="2001"/>'
        '<value displayName="Former smoker"/></observation>'
    )
    (found,) = fields(document("29762-2", entry))
    assert found["sosa:observedProperty"].value == "http://loinc.org/rdf/72166-2"
    assert "sd:date" not in found


@pytest.mark.parametrize(
    "text",
    [
        '<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
        UNSTRUCTURED,
        document("11450-4", "<other/>"),
        '<!DOCTYPE x [<!ENTITY a "b">]><ClinicalDocument xmlns="urn:hl7-org:v3"/>',
    ],
)
def test_a_document_that_gives_nothing_says_so(text):
    assert [item.row for item in read(text) if isinstance(item, Problem)] == [True]


def test_it_is_known_by_its_root_whatever_the_prefix():
    text = b'<?xml version="1.0"?><n:ClinicalDocument xmlns:n="urn:hl7-org:v3"/>'
    ((importer, _),) = identify("x.xml", text)
    assert importer is CCDA


RESULT = (
    '<observation moodCode="EVN"><code code="2345-7" codeSystem="2.16.840.1.113883.6.1"/>'
    '<value xsi:type="PQ" value="0.9" unit="g/L"/></observation>'
)


@pytest.mark.parametrize(
    "entry",
    [
        (
            f"<organizer><component><organizer><component>{RESULT}</component></organizer></component>"
            '<effectiveTime value="20240331"/></organizer>'
        ),
        (
            '<act><code displayName="Biochimie"/><effectiveTime value="20240331"/>'
            '<entryRelationship typeCode="COMP"><organizer>'
            f"<component>{RESULT}</component></organizer>"
            "</entryRelationship></act>"
        ),
        (
            f'<act><code displayName="Biochimie"/><effectiveTime value="20240331"/>'
            f'<entryRelationship typeCode="COMP">{RESULT}</entryRelationship></act>'
        ),
    ],
)
def test_a_result_is_found_however_deep_its_laboratory_packs_it(entry):
    found = [one for one in fields(document("18719-5", entry)) if "sosa:hasSimpleResult" in one]
    assert [(str(one["sosa:hasSimpleResult"]), str(one["sd:date"])) for one in found] == [
        ("0.9", "2024-03-31")
    ]


def test_a_section_is_read_however_deep_it_stands():
    inner = document("8716-3", RESULT.replace("<value", '<effectiveTime value="20240331"/><value'))
    section = inner.partition("<component><section>")[2].rpartition("</section>")[0]
    deep = "<component><section>" * 4 + section + "</section></component>" * 4
    whole = document("x").replace("</section>", f"{deep}</section>")
    assert len([one for one in fields(whole) if "sosa:hasSimpleResult" in one]) == 1


def test_a_document_within_the_style_sheet_that_shows_it_is_read():
    inner = document("11450-4", problem('<value displayName="Asthme"/>'))
    sheet = f'<s:stylesheet xmlns:s="urn:x"><d:Contenu xmlns:d="urn:y">{inner}</d:Contenu>'
    assert [one["sd:sourceLabel"] for one in fields(f"{sheet}</s:stylesheet>")] == ["Asthme"]


def test_a_measure_without_a_date_is_of_the_year_of_its_document_and_has_none():
    written = '<effectiveTime value="20240331101500+0100"/><component><structuredBody>'
    whole = document("8716-3", RESULT).replace("<component><structuredBody>", written)
    (record,) = [item for item in read(whole) if isinstance(item, Record)]
    assert record.on.year == 2024
    assert not {"sd:date", "sosa:resultTime"} & set(dict(record.fields))


def test_without_any_date_a_measure_is_not_kept_and_told():
    (told,) = read(document("8716-3", RESULT))
    assert told.row


def test_what_stands_within_an_entry_and_is_not_read_is_told_once():
    severity = (
        f'<entryRelationship typeCode="SUBJ" inversionInd="true">{RESULT}</entryRelationship>'
    )
    entry = problem('<value displayName="Asthme"/>').replace(
        "</observation>", f"{severity}</observation>", 1
    )
    (remark,) = [
        item for item in read(document("11450-4", entry, entry)) if isinstance(item, Problem)
    ]
    assert (remark.row, remark.message[-1]) == (False, "2")


@pytest.mark.parametrize(
    "entry",
    [
        '<procedure><id root="1"/><code nullFlavor="NI"><originalText/></code></procedure>',
        (
            "<organizer><component><observation><code nullFlavor='NI'/><value nullFlavor='NI'/>"
            "</observation></component></organizer>"
        ),
    ],
)
def test_a_statement_that_nothing_is_known_is_no_row_that_is_lost(entry):
    (remark,) = read(document("47519-4", entry))
    assert not remark.row


def test_a_statement_without_its_code_is_a_row_that_is_lost():
    (told,) = read(document("47519-4", '<procedure><id root="1"/></procedure>'))
    assert told.row


def test_an_empty_text_is_no_name():
    entry = problem('<value><originalText/></value><text/><code displayName="Asthme"/>')
    assert [one["sd:sourceLabel"] for one in fields(document("11450-4", entry))] == ["Asthme"]
