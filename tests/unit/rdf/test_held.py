"""What is held is read for imports as `parse` reads it."""

import pytest

from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.held import held_nodes
from pod.rdf.parse import parse
from vocab.graph import nodes_of

BASE = "https://ana.example/data/a.ttl"
TURTLE, JSON_LD = RdfFormat.TURTLE, RdfFormat.JSON_LD


def as_sets(nodes):
    return {
        subject: {name: (len(values), frozenset(values)) for name, values in node.items()}
        for subject, node in nodes.items()
    }


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        pytest.param(TURTLE, '<#a> <b> "c"@FR, 1.50, <d> ; <e> "f"^^<g> .', id="records"),
        pytest.param(TURTLE, '<#a> <b> "c" . <#a> <b> "c", "d" .', id="said-twice"),
        pytest.param(TURTLE, "<#a> <b> [ <c> 1 ] . _:x <d> <e> .", id="blank-nodes"),
        pytest.param(TURTLE, "<#a> <b> [] .", id="a-blank-value"),
        pytest.param(TURTLE, '<#a> <b> "c"@en .\n# --', id="marks"),
        pytest.param(TURTLE, "", id="nothing"),
        pytest.param(JSON_LD, '{"@id": "#a", "https://b.example/c": "d"}', id="JSON-LD"),
    ],
)
def test_a_document_is_read_as_parse_reads_it(syntax, text):
    found = held_nodes(text.encode(), syntax, BASE)
    assert as_sets(found) == as_sets(nodes_of(parse(text.encode(), syntax, BASE)))


def test_a_broken_document_is_told_of_as_by_parse():
    with pytest.raises(Malformed, match="broken in line 1"):
        held_nodes(b"<#a> <b> .", TURTLE, BASE)
