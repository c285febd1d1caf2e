import pytest

from vocab import turtle
from vocab.faults import faults
from vocab.shacl import read_shapes

PREFIXES = """
@prefix sd: <https://w3id.org/selfdata/ns#> .
@prefix sdc: <https://w3id.org/selfdata/codes#> .
@prefix sds: <https://w3id.org/selfdata/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dpv: <https://w3id.org/dpv#> .
"""
WORDED = 'rdfs:label "x"@fr, "x"@en ; rdfs:comment "x"@fr, "x"@en'
LABELLED = 'skos:prefLabel "x"@fr, "x"@en'
LIST = f"sdc:xList a skos:ConceptScheme ; {LABELLED} ."
CODE = f"sdc:x a skos:Concept ; skos:inScheme sdc:xList ; {LABELLED} ."
SHAPE = "sds:XShape a sh:NodeShape ; sh:targetClass sd:X ."


def found(*, terms="", shapes="", examples=""):
    graphs = [turtle.graph_of(PREFIXES + text) for text in (terms, shapes, examples)]
    return list(faults(graphs[0], read_shapes(graphs[1]), graphs[2]))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"terms": f"sd:X a rdfs:Class ; {WORDED} .", "shapes": SHAPE}, "give X an example"),
        (
            {"terms": f"sd:X a rdfs:Class ; {WORDED} .", "examples": "<urn:x> a sd:X ."},
            "give X a shape",
        ),
        (
            {"terms": 'sd:p a rdf:Property ; rdfs:label "x"@fr ; rdfs:comment "x"@fr, "x"@en .'},
            "give p a label in en",
        ),
        (
            {"terms": 'sd:p a rdf:Property ; rdfs:comment "x"@en ; rdfs:label "x"@fr, "x"@en .'},
            "give p a comment in fr",
        ),
        (
            {"terms": 'sdc:xList a skos:ConceptScheme ; skos:prefLabel "x"@en .'},
            "give the code xList a label in fr",
        ),
        (
            {"terms": f"sd:p a rdf:Property ; owl:deprecated true ; {WORDED} ."},
            "say with dcterms:isReplacedBy what to use instead of p",
        ),
        (
            {"terms": f"sdc:x a skos:Concept ; {LABELLED} ."},
            "put the code x in exactly one list",
        ),
        (
            {"terms": CODE},
            "put the code x in exactly one list",
        ),
        (
            {
                "terms": LIST + CODE,
                "shapes": "sds:XShape a sh:NodeShape ;"
                " sh:property [ sh:path sd:p ; sh:in ( sdc:x sdc:y ) ] .",
            },
            "list all codes of one list, and no others, for p in sds:XShape",
        ),
        (
            {"shapes": "sds:XShape a sh:NodeShape ; sh:property [ sh:path <urn:colour> ] ."},
            "say in vocab/borrowed/properties.ttl what urn:colour is called in both languages",
        ),
        (
            {
                "shapes": f"{SHAPE} sds:XShape sh:property [ sh:path sd:p ] .",
                "examples": "<urn:x> a sd:X . <urn:y> a sd:Y ; sd:p 1 .",
            },
            "give sd:p of sd:X an example",
        ),
        (
            {"examples": "<urn:x> sd:line [] ."},
            "give an IRI to the blank node of https://w3id.org/selfdata/ns#line in the examples",
        ),
        (
            {"examples": "[] sd:line <urn:x> ."},
            "give an IRI to the blank node of https://w3id.org/selfdata/ns#line in the examples",
        ),
    ],
)
def test_a_fault_is_told(given, fault):
    assert found(**given) == [fault]


def test_an_example_that_does_not_conform_is_a_fault():
    assert found(examples="<urn:x> a sd:Holder .") == [
        "in the example urn:x, https://schema.org/name: give at least 1 of this property"
    ]


def test_a_list_and_its_codes_are_no_fault():
    assert found(terms=LIST + CODE) == []


CLASSIFIED = {
    "dpv:hasPersonalData": "dpv:PersonalData",
    "sd:sensitivity": "sdc:s1",
    "sd:dataKind": "sdc:trace",
    "sd:dataOrigin": "sdc:observed",
}
LISTS = "".join(
    f"sdc:{of}List a skos:ConceptScheme ; {LABELLED} ."
    for of in ("sensitivity", "dataKind", "dataOrigin")
) + "".join(
    f"sdc:{code} a skos:Concept ; skos:inScheme sdc:{of}List ; {LABELLED} ."
    for code, of in (
        ("s1", "sensitivity"),
        ("s2", "sensitivity"),
        ("trace", "dataKind"),
        ("crm", "dataKind"),
        ("observed", "dataOrigin"),
    )
)


def of_a_record_class(classified):
    said = " ; ".join(f"{name} {value}" for name, value in classified.items() if value)
    return found(
        terms=LISTS + f"sd:X a rdfs:Class ; {WORDED} ; rdfs:subClassOf sd:Record ; {said} .",
        shapes=SHAPE,
        examples="<urn:x> a sd:X .",
    )


def test_a_class_of_records_that_is_classified_is_no_fault():
    assert of_a_record_class(CLASSIFIED) == []


@pytest.mark.spec("Self Data DAT-75")
@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("dpv:hasPersonalData", "", "say the hasPersonalData of X"),
        ("sd:sensitivity", "", "say the sensitivity of X, by one code of its list"),
        ("sd:sensitivity", "sdc:s1, sdc:s2", "say the sensitivity of X, by one code of its list"),
        ("sd:dataKind", "", "say the dataKind of X, by one code of its list"),
        ("sd:dataKind", "sdc:trace, sdc:crm", "say the dataKind of X, by one code of its list"),
        ("sd:dataKind", "sdc:observed", "say the dataKind of X, by one code of its list"),
        ("sd:dataKind", "sdc:unheard", "say the dataKind of X, by one code of its list"),
        ("sd:dataOrigin", "", "say the dataOrigin of X, by one code of its list"),
    ],
)
def test_a_class_of_records_is_classified_by_one_code_of_each_list(name, value, fault):
    assert of_a_record_class(CLASSIFIED | {name: value}) == [fault]
