import pytest

from vocab import turtle
from vocab.build import main
from vocab.narrower import narrowed
from vocab.release import as_released, broken, broken_promises, releases, version
from vocab.shacl import read_shapes

PREFIXES = """
@prefix sd: <https://w3id.org/selfdata/ns#> .
@prefix sdc: <https://w3id.org/selfdata/codes#> .
@prefix sds: <https://w3id.org/selfdata/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
TERM = 'sd:p a rdf:Property ; rdfs:label "p"@en ; rdfs:comment "a p"@en ; rdfs:range xsd:date ; '
RELEASED = TERM + "schema:domainIncludes sd:X ."
CODE = "sdc:x a skos:Concept ; skos:inScheme sdc:xList ."


def graph(text):
    return turtle.graph_of(PREFIXES + text)


@pytest.mark.parametrize(
    ("released", "now", "said"),
    [
        (RELEASED, RELEASED, []),
        (RELEASED, RELEASED + "sd:q a rdf:Property .", []),
        (RELEASED, TERM + "schema:domainIncludes sd:X, sd:Y .", []),
        (RELEASED, "", ["keep p: it is released; mark it owl:deprecated if it is replaced"]),
        (CODE, "", ["keep x: it is released; mark it owl:deprecated if it is replaced"]),
        (
            RELEASED,
            RELEASED.replace("xsd:date", "xsd:string"),
            ["leave the rdfs:range of p as released"],
        ),
        (RELEASED, RELEASED + "sd:p a rdfs:Class .", ["leave the types of p as released"]),
        (
            RELEASED,
            RELEASED + "sd:p rdfs:subClassOf sd:Y .",
            ["leave the rdfs:subClassOf of p as released"],
        ),
        (
            RELEASED,
            TERM + "schema:domainIncludes sd:Y .",
            ["leave the schema:domainIncludes of p as wide as released"],
        ),
        (CODE, CODE.replace("xList", "yList"), ["leave the skos:inScheme of x as released"]),
        (
            RELEASED,
            RELEASED.replace("a p", "a q"),
            ["leave the definition of p, or say in a skos:changeNote what is reworded"],
        ),
        (
            RELEASED,
            RELEASED.replace("a p", "one p") + 'sd:p skos:changeNote "plainer words" .',
            [],
        ),
        (
            RELEASED + 'sd:p skos:changeNote "plainer words" .',
            RELEASED.replace("a p", "a q") + 'sd:p skos:changeNote "plainer words" .',
            ["leave the definition of p, or say in a skos:changeNote what is reworded"],
        ),
    ],
)
def test_a_released_word_stays_what_it_is(released, now, said):
    assert list(broken_promises(graph(released), graph(now))) == said


def shape(rule):
    text = f"sds:XShape a sh:NodeShape ; sh:targetClass sd:X ; sh:property [ {rule} ] ."
    return read_shapes(graph(text))


@pytest.mark.parametrize(
    ("free", "strict"),
    [
        ("", "sh:minCount 1"),
        ("sh:minCount 1", "sh:minCount 2"),
        ("", "sh:maxCount 1"),
        ("sh:maxCount 2", "sh:maxCount 1"),
        ("", "sh:datatype xsd:date"),
        ("sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] )", "sh:datatype xsd:date"),
        ("", "sh:nodeKind sh:IRI"),
        ("", "sh:in ( sdc:x )"),
        ("sh:in ( sdc:x sdc:y )", "sh:in ( sdc:x )"),
        ("", 'sh:pattern "^a"'),
        ("", "sh:minInclusive 0"),
        ("sh:minInclusive 0", "sh:minInclusive 1"),
        ("", "sh:maxInclusive 9"),
        ("sh:maxInclusive 9", "sh:maxInclusive 8"),
    ],
)
def test_a_released_shape_may_be_loosened_and_not_narrowed(free, strict):
    loose, tight = shape(f"sh:path sd:p ; {free}"), shape(f"sh:path sd:p ; {strict}")
    told = [("https://w3id.org/selfdata/ns#X", "https://w3id.org/selfdata/ns#p")]
    assert list(narrowed(loose, tight)) == told
    assert list(narrowed(tight, loose)) == []
    assert list(narrowed(tight, tight)) == []


def test_another_property_may_be_described_and_not_required():
    before = shape("sh:path sd:p")
    assert list(narrowed(before, shape("sh:path sd:q ; sh:maxCount 1"))) == []
    assert len(list(narrowed(before, shape("sh:path sd:q ; sh:minCount 1")))) == 1


def test_the_shape_of_a_new_class_is_free():
    assert list(narrowed((), shape("sh:path sd:p ; sh:minCount 1"))) == []


def test_this_vocabulary_keeps_what_is_released():
    for text in releases().values():
        assert list(broken(text)) == []


def test_a_release_is_of_the_version_it_is_named_after():
    assert releases()
    for name, text in releases().items():
        assert version(turtle.graph_of(text)) == name


def test_what_is_released_under_a_version_stays_as_it_is():
    now = as_released()
    assert list(broken(now)) == []
    said = f"raise owl:versionInfo: {version(turtle.graph_of(now))} is released and stays as it is"
    assert list(broken(now + "\n# more\n")) == [said]


def test_a_release_is_written_under_its_version(tmp_path):
    for name in ("contexts", "releases"):
        tmp_path.joinpath(name).mkdir()
    assert main(["--release"], tmp_path) == 0
    (written,) = tmp_path.joinpath("releases").iterdir()
    assert written.name == f"{version(turtle.read('terms'))}.ttl"
    assert written.read_text(encoding="utf-8") == as_released()
