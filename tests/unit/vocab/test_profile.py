"""Extension profiles: what may extend the vocabulary, and what is refused and why."""

import pytest

from vocab.profile import LARGEST, MEDIA_TYPES, Unfit, read_profile

PREFIXES = """
@prefix sd: <https://w3id.org/selfdata/ns#> .
@prefix sdc: <https://w3id.org/selfdata/codes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dpv: <https://w3id.org/dpv#> .
@prefix pd: <https://w3id.org/dpv/pd#> .
@prefix lib: <https://bibliotheque.example/ns#> .
@prefix own: <https://ana.example/data/relation/bibliotheque/2026.ttl#> .
"""
CLASS = """
lib:Loan a rdfs:Class ; rdfs:subClassOf sd:Record ;
    rdfs:label "Prêt"@fr, "Loan"@en ; rdfs:comment "Un livre emprunté."@fr, "A book borrowed."@en ;
    dpv:hasPersonalData pd:Interest ; sd:sensitivity sdc:s2 ; sd:dataKind sdc:transactional ;
    sd:dataOrigin sdc:observed .
"""
PROPERTY = """
lib:returned a rdf:Property ; rdfs:label "rendu le"@fr, "returned on"@en .
"""
SHAPE = """
lib:LoanShape a sh:NodeShape ; sh:targetClass lib:Loan ;
    sh:property [ sh:path sd:date ; sh:minCount 1 ; sh:datatype xsd:date ] ;
    sh:property [ sh:path lib:returned ; sh:maxCount 1 ; sh:datatype xsd:date ] .
"""
EXAMPLE = """
own:l-1 a lib:Loan, sd:Record ; sd:holder <https://bibliotheque.example/#it> ;
    prov:wasGeneratedBy own:import ; sd:date "2026-03-01"^^xsd:date ;
    lib:returned "2026-03-20"^^xsd:date .
"""
WHOLE = PREFIXES + CLASS + PROPERTY + SHAPE + EXAMPLE


def reasons(text, name="library"):
    with pytest.raises(Unfit) as unfit:
        read_profile(name, text)
    return unfit.value.reasons


def test_a_profile_says_what_its_classes_are():
    found = read_profile("library", WHOLE)
    assert [word.label["fr"] for word in found.classes] == ["Prêt"]
    assert [shape.target for shape in found.shapes] == ["https://bibliotheque.example/ns#Loan"]


def test_a_profile_is_served_as_a_page_as_turtle_and_as_json_ld():
    found = read_profile("library", WHOLE)
    page, turtle, json_ld = (found.document(kind).decode() for kind in MEDIA_TYPES)
    assert "<small>rendu le · " in page
    assert "A book borrowed." in page
    assert turtle == WHOLE
    assert '"https://bibliotheque.example/ns#Loan"' in json_ld


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("rdfs:subClassOf sd:Record ;", "", "make Loan a subclass of sd:Record, or of a class of"),
        ('"Prêt"@fr, ', "", "give Loan a label in fr"),
        (', "A book borrowed."@en', "", "give Loan a comment in en"),
        ("dpv:hasPersonalData pd:Interest ;", "", "say the hasPersonalData of Loan"),
        ("sd:sensitivity sdc:s2 ;", "", "say the sensitivity of Loan"),
        (SHAPE, "", "give Loan a shape"),
        (EXAMPLE, "", "give Loan an example"),
        (', "returned on"@en', "", "give returned a label in fr and in en"),
        (PROPERTY, PROPERTY + 'sd:date rdfs:label "x"@en .', "say nothing of https://w3id.org/"),
        (CLASS, "", "define a class below sd:Record"),
        ("sh:minCount 1", "sh:minLength 1", "its shapes cannot be read: leave http"),
        ('sd:date "2026-03-01"^^xsd:date ;', "", "in the example https://ana.example/"),
        (
            "sd:holder <https://bibliotheque.example/#it> ;",
            "sd:line [] ;",
            "give IRIs to the blank",
        ),
        ("lib:Loan a", "lib:Loan [", "it is not Turtle"),
    ],
)
def test_what_is_no_profile_is_refused_with_what_to_do(old, new, reason):
    assert old in WHOLE
    assert any(one.startswith(reason) for one in reasons(WHOLE.replace(old, new)))


@pytest.mark.parametrize("name", ["", "Library", "../x", "a/b", "-a", "x" * 41])
def test_a_name_that_is_no_path_segment_is_refused(name):
    assert reasons(WHOLE, name) == ("name it in at most 40 small letters, digits and hyphens",)


def test_a_profile_that_is_too_large_is_refused():
    assert reasons(WHOLE + "#" * LARGEST) == ("keep it under 256 KiB",)
