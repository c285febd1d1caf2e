"""What a listing says is counted as it passes, and is what a reader counts in it."""

from datetime import UTC, datetime

import pytest

from pod.ldp.containers import listing
from pod.ldp.listed import Listed
from pod.model import Member, Resource
from pod.rdf.formats import FORMS, Form, RdfFormat
from pod.rdf.parse import parse
from pod.rdf.said import said_by
from vocab.iri import ResourceIri

HERE = ResourceIri("https://pod.example/ana/", "notes/")
WHEN = datetime(2026, 3, 1, tzinfo=UTC)
CONTAINER = Resource(iri=HERE, media_type="text/turtle", content=b"", version="v1", modified=WHEN)
DOCUMENT = Member(HERE.child("a"), "text/plain", 3, WHEN)
INNER = Member(HERE.child("b/"), "text/turtle", 0, WHEN)
ABOUT = b"""<> <http://purl.org/dc/terms/title> "Notes" . <a> <urn:p> 1 .
<https://elsewhere.example/> <urn:q> [ <urn:r> 2 ] ."""
CASES = {
    "empty": ((), b""),
    "documents": ((DOCUMENT,), b""),
    "containers": ((INNER,), b""),
    "both": ((DOCUMENT, INNER), b""),
    "described": ((DOCUMENT, INNER), ABOUT),
    "described, empty": ((), ABOUT),
}


@pytest.mark.parametrize(("members", "about"), CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.suffix)
def test_it_is_what_a_reader_counts(members, about, form: Form):
    description = parse(about, RdfFormat.TURTLE, str(HERE))
    body = listing(CONTAINER, members, form, description)
    said = Listed(HERE, description).all(members)
    assert said == said_by(body, form.syntax, str(HERE), graphs=True)


def test_members_that_pass_again_are_not_counted_again():
    listed = Listed(HERE, frozenset())
    for _ in range(2):
        assert list(listed.passing((DOCUMENT, INNER))) == [DOCUMENT, INNER]
    assert listed.said.rows == 3
