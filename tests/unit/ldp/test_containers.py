import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.ldp.containers import listing
from pod.model import Member, Resource
from pod.problems import NotAcceptable
from pod.rdf.formats import FORMS, Form, Profile, RdfFormat
from pod.rdf.parse import parse
from vocab.graph import Literal, NamedNode, objects
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
LDP = "http://www.w3.org/ns/ldp#"
STAT = "http://www.w3.org/ns/posix/stat#"
MODIFIED = NamedNode("http://purl.org/dc/terms/modified")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CONTAINS = NamedNode(LDP + "contains")
XSD = "http://www.w3.org/2001/XMLSchema#"


def container(path="notes/"):
    return Resource(
        iri=ResourceIri(STORAGE, path),
        media_type="text/turtle",
        content=b"",
        version="7f",
        modified=datetime(2026, 11, 25, 9, 5, 7, tzinfo=UTC),
    )


NOTES = container()
ONE = Member(
    iri=NOTES.iri.child("one%20day.ttl"),
    media_type="Text/Turtle; charset=utf-8",
    size=381,
    modified=datetime(2026, 2, 28, 23, 59, 58, tzinfo=UTC),
)
OLD = Member(
    iri=NOTES.iri.child("old/"),
    media_type="text/turtle",
    size=12,
    modified=datetime(1999, 12, 31, 1, 2, 3, tzinfo=UTC),
)

TURTLE = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ldp: <http://www.w3.org/ns/ldp#> .
@prefix stat: <http://www.w3.org/ns/posix/stat#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://pod.example/ana/notes/> a <http://www.w3.org/ns/ldp#Resource>, \
<http://www.w3.org/ns/ldp#Container>, <http://www.w3.org/ns/ldp#BasicContainer> ;
	dcterms:modified "2026-11-25T09:05:07Z"^^xsd:dateTime ;
	ldp:contains <https://pod.example/ana/notes/old/>, \
<https://pod.example/ana/notes/one%20day.ttl> .
<https://pod.example/ana/notes/old/> a ldp:Resource, ldp:Container, ldp:BasicContainer ; \
dcterms:modified "1999-12-31T01:02:03Z"^^xsd:dateTime ; stat:mtime 946602123 .
<https://pod.example/ana/notes/one%20day.ttl> a ldp:Resource, \
<http://www.w3.org/ns/iana/media-types/text/turtle#Resource> ; \
dcterms:modified "2026-02-28T23:59:58Z"^^xsd:dateTime ; stat:mtime 1772323198 ; stat:size 381 .
"""


@pytest.mark.spec("Solid Protocol §4.2.1 #contained-resource-metadata-statements")
@pytest.mark.spec("Solid Protocol §4.2 #server-basic-container")
def test_a_listing_in_turtle():
    assert listing(NOTES, [OLD, ONE], Form(RdfFormat.TURTLE)).decode() == TURTLE


def test_an_empty_container_lists_nothing():
    assert (
        listing(NOTES, [], Form(RdfFormat.TURTLE))
        .decode()
        .endswith('\tdcterms:modified "2026-11-25T09:05:07Z"^^xsd:dateTime .\n')
    )


def test_a_listing_in_compacted_json_ld():
    text = listing(NOTES, [OLD, ONE], Form(RdfFormat.JSON_LD, Profile.COMPACTED))
    document = json.loads(text)
    assert document["@context"]["stat"] == STAT
    (one,) = (node for node in document["@graph"] if node["@id"] == str(ONE.iri))
    assert one == {
        "@id": str(ONE.iri),
        "@type": ["ldp:Resource", "http://www.w3.org/ns/iana/media-types/text/turtle#Resource"],
        "dcterms:modified": {"@type": "xsd:dateTime", "@value": "2026-02-28T23:59:58Z"},
        "stat:mtime": 1772323198,
        "stat:size": 381,
    }


def test_a_description_that_has_a_prefix_of_ours_for_a_scheme_means_the_same():
    said = parse(b"<> <stat:size> <ldp:x> .", RdfFormat.TURTLE, str(NOTES.iri))
    text = listing(NOTES, [], Form(RdfFormat.JSON_LD, Profile.COMPACTED), said)
    assert said <= parse(text, RdfFormat.JSON_LD, STORAGE)


def test_a_description_that_rdf_xml_cannot_say_is_not_left_out():
    said = parse(b"<> <urn:1> 1 .", RdfFormat.TURTLE, str(NOTES.iri))
    with pytest.raises(NotAcceptable, match="RDF/XML"):
        listing(NOTES, [], Form(RdfFormat.RDF_XML), said)


names = st.text(alphabet="abzé %\"'<>\\^`{|}_~!$&()*+,;=:@-.", min_size=1, max_size=8)
media_types = st.sampled_from(
    ["text/turtle", "image/svg+xml; a=b", "application/vnd.x^`|#%+json", "TEXT/HTML"]
)
moments = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - the strategy adds the time zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - the strategy adds the time zone
    timezones=st.just(UTC),
)


@st.composite
def members(draw):
    found = {}
    for name in draw(st.lists(names, max_size=5)):
        slash = draw(st.sampled_from(["", "/"]))
        try:
            iri = ResourceIri.parse(STORAGE, "notes/" + quote(name, safe="")).path + slash
        except ValueError:
            continue
        found[iri] = Member(
            iri=ResourceIri(STORAGE, iri),
            media_type=draw(media_types),
            size=draw(st.integers(min_value=0, max_value=2**62)),
            modified=draw(moments),
        )
    return list(found.values())


descriptions = st.sampled_from(
    [
        b"",
        b'<> <http://purl.org/dc/terms/title> "Notes \\"\\n" .',
        b"<> <http://v.example/owner> [ <http://v.example/name> 'Ana'@pt ] .",
    ]
).map(lambda text: parse(text, RdfFormat.TURTLE, str(NOTES.iri)))


@pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
@given(members(), descriptions, st.sampled_from(["", "notes/"]))
def test_all_formats_say_the_same(found, description, path):
    texts = {f: listing(container(path), found, f, description) for f in FORMS}
    graphs = {f: parse(text, f.syntax, "https://other.example/") for f, text in texts.items()}
    sizes = {len(graph) for graph in graphs.values()}
    ground = [frozenset(t for t in g if "_:" not in str(t)) for g in graphs.values()]
    assert len(sizes) == 1
    assert len(set(ground)) == 1
    assert {t for t in description if "_:" not in str(t)} <= ground[0]


@pytest.mark.spec("Solid Protocol §4.2 #server-hierarchical-containment")
@given(members())
def test_each_member_is_contained_once_and_described(found):
    graph = parse(listing(NOTES, found, Form(RdfFormat.JSON_LD)), RdfFormat.JSON_LD, STORAGE)
    own = NamedNode(str(NOTES.iri))
    assert {o.value for o in objects(graph, own, CONTAINS)} == {str(m.iri) for m in found}
    for member in found:
        subject = NamedNode(str(member.iri))
        (mtime,) = objects(graph, subject, NamedNode(STAT + "mtime"))
        assert mtime == Literal(int(member.modified.timestamp()))
        (moment,) = objects(graph, subject, MODIFIED)
        expected = member.modified.replace(microsecond=0).isoformat().replace("+00:00", "Z")
        assert moment == Literal(expected, datatype=NamedNode(XSD + "dateTime"))
        sizes = set(objects(graph, subject, NamedNode(STAT + "size")))
        kinds = {o.value for o in objects(graph, subject, TYPE)}
        assert LDP + "Resource" in kinds
        if member.iri.is_container:
            assert (sizes, LDP + "BasicContainer" in kinds) == (set(), True)
        else:
            assert (sizes, LDP + "Container" in kinds) == ({Literal(member.size)}, False)


@pytest.mark.spec("Solid Protocol §4.1 #server-link-storage")
@pytest.mark.parametrize(("path", "expected"), [("", True), ("notes/", False)])
def test_only_the_root_is_a_storage(path, expected):
    text = listing(container(path), [], Form(RdfFormat.TURTLE))
    graph = parse(text, RdfFormat.TURTLE, STORAGE)
    kinds = {o.value for o in objects(graph, NamedNode(STORAGE + path), TYPE)}
    assert ("http://www.w3.org/ns/pim/space#Storage" in kinds) is expected
