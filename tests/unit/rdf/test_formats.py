import pytest

from pod.rdf.formats import RdfFormat


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        pytest.param("text/turtle", RdfFormat.TURTLE, id="turtle"),
        pytest.param("TEXT/Turtle ; charset=utf-8", RdfFormat.TURTLE, id="case-and-parameters"),
        pytest.param("application/ld+json;profile=x", RdfFormat.JSON_LD, id="json-ld-profile"),
        pytest.param("application/n-triples", RdfFormat.N_TRIPLES, id="n-triples"),
        pytest.param("application/json", None, id="json-is-no-rdf"),
        pytest.param("text/turtles", None, id="longer-name"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_format_is_known_by_its_media_type(media_type, expected):
    assert RdfFormat.of(media_type) is expected


def test_each_format_has_a_media_type_and_a_suffix_of_its_own():
    assert {f.media_type: f.suffix for f in RdfFormat} == {
        "text/turtle": "ttl",
        "application/ld+json": "json",
        "application/n-triples": "nt",
    }
