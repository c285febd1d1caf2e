import runpy

import pytest

from vocab import build, turtle
from vocab.build import context_text, faults, main
from vocab.shacl import read_shapes

PREFIXES = """
@prefix sd: <https://w3id.org/selfdata/ns#> .
@prefix sdc: <https://w3id.org/selfdata/codes#> .
@prefix sds: <https://w3id.org/selfdata/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
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
            {
                "terms": f"sd:X a rdfs:Class ; {WORDED} ; rdfs:subClassOf sd:Record ;"
                " dpv:hasPersonalData dpv:PersonalData ; sd:sensitivity sdc:s1 .",
                "shapes": SHAPE,
                "examples": "<urn:x> a sd:X .",
            },
            "say the dataKind of X",
        ),
        (
            {"terms": 'sdc:xList a skos:ConceptScheme ; skos:prefLabel "x"@en .'},
            "give the code xList a label in fr",
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


def test_the_vocabulary_has_no_fault(capsys):
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_the_context_is_written(tmp_path, capsys):
    target = tmp_path / "context.jsonld"
    target.write_text("{}", encoding="utf-8")
    assert main(["--check"], target) == 1
    assert capsys.readouterr().err == "write the context again: run python -m vocab.build\n"
    assert main([], target) == 0
    assert main(["--check"], target) == 0
    assert target.read_text(encoding="utf-8") == context_text(
        turtle.read("terms"), read_shapes(turtle.read("shapes"))
    )


def test_the_module_runs_as_a_command(monkeypatch):
    monkeypatch.setattr("sys.argv", ["build", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(build.__file__, run_name="__main__")
    assert ended.value.code == 0


def test_any_other_argument_is_wrong_use(capsys):
    assert main(["--help"]) == 2
    assert capsys.readouterr().err == "give no argument but --check\n"
