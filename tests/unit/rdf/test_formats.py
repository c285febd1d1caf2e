import pytest

from pod.rdf.formats import FORMS, Form, Profile, RdfFormat


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        pytest.param("text/turtle", RdfFormat.TURTLE, id="turtle"),
        pytest.param("TEXT/Turtle ; charset=utf-8", RdfFormat.TURTLE, id="case-and-parameters"),
        pytest.param("application/ld+json;profile=x", RdfFormat.JSON_LD, id="json-ld-profile"),
        pytest.param("application/n-triples", RdfFormat.N_TRIPLES, id="n-triples"),
        pytest.param("application/n-quads", RdfFormat.N_QUADS, id="n-quads"),
        pytest.param("application/trig", RdfFormat.TRIG, id="trig"),
        pytest.param("application/rdf+xml", RdfFormat.RDF_XML, id="rdf-xml"),
        pytest.param("text/n3", None, id="n3-is-more-than-rdf"),
        pytest.param("application/xml", None, id="xml-is-no-rdf"),
        pytest.param("application/json", None, id="json-is-no-rdf"),
        pytest.param("text/turtles", None, id="longer-name"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_format_is_known_by_its_media_type(media_type, expected):
    assert RdfFormat.of(media_type) is expected


def test_each_form_has_a_media_type_and_a_suffix_of_its_own():
    assert {f.media_type: f.suffix for f in FORMS} == {
        "text/turtle": "ttl",
        "application/ld+json": "json",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': "jsonc",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"': "jsone",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#flattened"': "jsonf",
        "application/n-triples": "nt",
        "application/n-quads": "nq",
        "application/trig": "trig",
        "application/rdf+xml": "rdf",
    }


def test_each_format_is_offered_and_json_ld_first_without_a_document_form():
    assert {form.syntax for form in FORMS} == set(RdfFormat)
    assert FORMS.index(Form(RdfFormat.JSON_LD)) < min(
        FORMS.index(Form(RdfFormat.JSON_LD, profile)) for profile in Profile
    )


def test_a_document_form_that_was_stored_is_json_ld():
    assert all(RdfFormat.of(form.media_type) is form.syntax for form in FORMS)
