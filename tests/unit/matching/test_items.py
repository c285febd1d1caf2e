"""The records of a document, as matching sees them."""

from datetime import date

from pod.matching.items import days_of_lines, items_of
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import nodes_of

BILLS = "https://ana.example/data/retail/boutique/2026/2026-03.ttl"
DEVICES = "https://ana.example/data/retail/boutique/devices.ttl"
TEXT = """
@prefix sd: <https://w3id.org/selfdata/ns#>. @prefix xsd: <http://www.w3.org/2001/XMLSchema#>.
<#b> a sd:Invoice ; sd:holder <#shop> ; sd:date "2026-03-09"^^xsd:date ; sd:line <#l> .
<#l> a sd:Line ; sd:sourceLabel "bouilloire" .
<#m> a sd:Line ; sd:sourceLabel "theiere" .
<#o> a sd:Holder ; sd:date "2026-03-09"^^xsd:date .
"""


def found(document):
    nodes = nodes_of(parse(TEXT.encode(), RdfFormat.TURTLE, document))
    items = items_of(nodes, {f"{document}#shop": "Boutique"})
    return nodes, {one.iri.removeprefix(document): one for one in items}


def test_a_line_is_of_the_day_of_its_bill_or_else_of_the_month_of_its_document():
    nodes, items = found(BILLS)
    assert days_of_lines(nodes) == {f"{BILLS}#l": "2026-03-09"}
    assert {name: one.day for name, one in items.items()} == {
        "#b": date(2026, 3, 9),
        "#l": date(2026, 3, 9),
        "#m": date(2026, 3, 1),
    }
    assert items["#b"].names == {"boutique"}


def test_what_has_no_day_and_stands_in_no_month_is_not_matched():
    _, items = found(DEVICES)
    assert items.keys() == {"#b", "#l"}
