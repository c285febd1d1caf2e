from decimal import Decimal

import pytest

from vocab import turtle
from vocab.names import SD, SDC, XSD
from vocab.shacl import read_shapes

PREFIXES = """
@prefix sd: <https://w3id.org/selfdata/ns#> .
@prefix sdc: <https://w3id.org/selfdata/codes#> .
@prefix sds: <https://w3id.org/selfdata/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def read(text):
    return read_shapes(turtle.graph_of(PREFIXES + text))


def test_a_property_is_read_whole():
    (shape,) = read("""
        sds:XShape a sh:NodeShape ; sh:targetClass sd:Record ; sh:nodeKind sh:IRI ;
            sh:property [ sh:path sd:confidence ; sh:minCount 1 ; sh:maxCount 2 ;
                sh:datatype xsd:decimal ; sh:pattern "^0" ; sh:minInclusive 0.0 ;
                sh:maxInclusive 1.0 ] .
    """)
    (rule,) = shape.properties
    assert (shape.target, shape.named) == (SD.Record, True)
    assert (rule.path, rule.at_least, rule.at_most) == (SD.confidence, 1, 2)
    assert (rule.datatypes, rule.pattern, rule.iri) == ((XSD.decimal,), "^0", False)
    assert (rule.minimum, rule.maximum, rule.values) == (Decimal("0.0"), Decimal("1.0"), ())


def test_a_rule_that_is_not_given_is_none():
    (shape,) = read("sds:XShape a sh:NodeShape ; sh:property [ sh:path sd:line ] .")
    (rule,) = shape.properties
    assert (rule.at_least, rule.at_most, rule.pattern) == (0, None, None)
    assert (rule.minimum, rule.maximum, shape.named) == (None, None, False)


def test_lists_keep_their_order():
    (shape,) = read("""
        sds:XShape a sh:NodeShape ;
            sh:property [ sh:path sd:direction ; sh:in ( sdc:out sdc:in ) ;
                sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:dateTime ] ) ] .
    """)
    (rule,) = shape.properties
    assert rule.values == (SDC.out, SDC.in_)
    assert rule.datatypes == (XSD.date, XSD.dateTime)


def test_a_shape_has_the_rules_of_those_it_includes():
    inner, outer = read("""
        sds:AShape a sh:NodeShape ; sh:nodeKind sh:IRI ;
            sh:property [ sh:path sd:date ; sh:nodeKind sh:IRI ] .
        sds:BShape a sh:NodeShape ; sh:node sds:AShape ;
            sh:property [ sh:path sd:line ; sh:minCount 1 ] .
    """)
    assert [rule.path for rule in outer.properties] == [SD.line, SD.date]
    assert outer.properties[1] == inner.properties[0]
    assert outer.named


@pytest.mark.parametrize(
    "rule",
    [
        "sh:closed true",
        "sh:sparql []",
        "sh:nodeKind sh:Literal",
        "sh:property [ sh:path sd:date ; sh:uniqueLang true ]",
        "sh:property [ sh:path sd:date ; sh:nodeKind sh:BlankNode ]",
    ],
)
def test_a_rule_that_nothing_would_check_is_refused(rule):
    with pytest.raises(ValueError, match="shapes"):
        read(f"sds:XShape a sh:NodeShape ; {rule} .")
