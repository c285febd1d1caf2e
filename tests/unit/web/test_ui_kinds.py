"""What sorts of data and codes are called on pages."""

import re
from pathlib import Path

import pytest

from pod.http.language import LANGUAGES
from pod.insight.facts import Fact
from pod.insight.fields import fields_of
from pod.web.ui.kinds import kind_meaning, kind_named, kinds_named
from pod.web.ui.values import help_said, label_said, value_said
from pod.web.ui.words import words
from vocab.glossary import glossary, is_record
from vocab.kinds import KINDS
from vocab.names import SD, SDC, XSD


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_class_has_a_name_for_people_one_and_several(language):
    said = words(language)
    assert {f"kind.{name}" for name in KINDS} == {key for key in said if key.startswith("kind.")}
    assert {f"kinds.{name}" for name in KINDS} == {key for key in said if key.startswith("kinds.")}
    of_records = {word.name for word in glossary().values() if is_record(glossary(), word)}
    assert of_records <= KINDS.keys()
    names = [kind_named(name, language) for name in KINDS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_class_is_has_no_words_of_programs(language):
    wrong = re.compile(r"\bsdc?:|\bpod\b|JSON|superclass|littéral|literal", re.IGNORECASE)
    found = {name: said for name in KINDS if wrong.search(said := kind_meaning(name, language))}
    assert found == {}
    assert all(kind_meaning(name, language) for name in KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("CLBD", "", "Closing balance"),
        ("ClosingAvailable", "", "Closing available balance"),
        ("closingAvailable", "Balance", "Closing available balance"),
        ("Expected", "Balance", "Expected balance"),
        ("Expected", "", "Expected"),
        ("INFO", "BankTransaction", "INFO"),
        ("Livret A", "Balance", "Livret A"),
    ],
)
def test_a_code_of_a_balance_is_said_and_a_label_is_kept(text, kind, said):
    assert label_said(text, "en", kind) == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Fact(field="", value="http://qudt.org/vocab/unit/KiloGM"), "kg"),
        (Fact(field="", value="http://loinc.org/rdf/29463-7"), "poids"),
        (Fact(field="", value="https://schema.org/EventScheduled"), "prévu"),
        (Fact(field="", value="urn:sd:measure:never-seen"), "never-seen"),
        (Fact(field="", value="urn:sd:party:kg", name="Ana"), "Ana"),
        (Fact(field="", value="urn:sd:party:75o5cf2uhsvacxdt"), "contact masqué 75o5"),
        (Fact(field="", value="http://snomed.info/id/195967001"), "code 195967001"),
        (Fact(field="", value="https://a.example/data/bank/b/accounts.ttl#8979-ppo3rx"), "…8979"),
        (Fact(field="", value="tel:+33600000227"), "06\u00a000\u00a000\u00a002\u00a027"),
        (Fact(field=SD.currency, value="EUR", datatype=f"{XSD.NS}string"), "euro"),
        (Fact(field=SD.clinicalStatus, value="Resolved", datatype=f"{XSD.NS}string"), "guéri"),
        (Fact(field="", value="FACTURE_CYCLIQUE", datatype="text"), "FACTURE CYCLIQUE"),
        (Fact(field="", value=SDC.offpeak), "heures creuses"),
        (Fact(field="", value="PT30M", datatype=f"{XSD.NS}duration"), "une demi-heure"),
        (Fact(field="", value="P9Y", datatype=f"{XSD.NS}duration"), "9 ans"),
        (Fact(field="", value="CLBD", datatype="http://www.w3.org/2001/XMLSchema#string"), None),
    ],
)
def test_a_value_is_said_by_its_name(fact, said):
    assert value_said(fact, "fr") == (said or "Solde de fin")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_on_a_field_is_help(language):
    """No help names a thing of programs, and each example is written as pages write values."""
    wrong = re.compile(
        r"SHA-256|N-Triples|JSON|IRI\b|iCalendar|RFC \d|ISO \d|segment|détenteur|enregistrement"
        r"|\bholder\b|record\b|\bnull\b|literal|littéral|\d{4}-\d\d-\d\dT|\btrue\b|\bfalse\b",
        re.IGNORECASE,
    )
    shown = [
        help_said(field, kind.iri, language)
        for kind in KINDS.values()
        for field in fields_of(kind.iri)
    ]
    found = {
        (one.iri, text)
        for one in shown
        for text in (one.label, one.meaning, one.example)
        if wrong.search(text)
    }
    assert len(shown) > 1000
    assert found == set()


def test_a_class_that_is_not_ours_keeps_its_name():
    assert kind_named("Unheard", "fr") == kinds_named("Unheard", "fr") == "Unheard"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_measure_of_our_examples_has_a_name_for_people(language):
    golden = Path(__file__).parents[2] / "importers"
    text = "".join(file.read_text("utf-8") for file in golden.rglob("*.expected"))
    measures = set(re.findall(r"<urn:sd:measure:([^>]+)>", text))
    assert len(measures) > 15
    assert [one for one in measures if f"code.{one}" not in words(language)] == []
