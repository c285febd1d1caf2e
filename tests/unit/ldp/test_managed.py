import pytest

from pod.ldp.managed import check_inbox, check_unmanaged
from pod.problems import Conflict
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

NOTES = ResourceIri("https://pod.example/ana/", "notes/")
ROOT = ResourceIri("https://pod.example/ana/", "")
PREFIXES = """
@prefix ldp: <http://www.w3.org/ns/ldp#> . @prefix pim: <http://www.w3.org/ns/pim/space#> .
@prefix stat: <http://www.w3.org/ns/posix/stat#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix mt: <http://www.w3.org/ns/iana/media-types/text/> . @prefix v: <http://v.example/> .
"""


def described(text, at=NOTES):
    return parse((PREFIXES + text).encode(), RdfFormat.TURTLE, str(at))


@pytest.mark.spec("Solid Protocol §5.3 #server-protect-containment")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<> ldp:contains <one> .", id="its-own"),
        pytest.param("<> ldp:contains <https://elsewhere.example/> .", id="foreign-member"),
        pytest.param("<../> ldp:contains <https://pod.example/ana/x> .", id="another-container"),
        pytest.param('<> v:title "x" . [] ldp:contains <one> .', id="blank"),
    ],
)
def test_containment_is_the_servers_to_say(text):
    with pytest.raises(Conflict, match="ldp#contains"):
        check_unmanaged(described(text), NOTES)


@pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<one> stat:size 4 .", id="size"),
        pytest.param("<one> stat:mtime 4 .", id="mtime"),
        pytest.param('<one> dcterms:modified "2026" .', id="time"),
        pytest.param('<> dcterms:modified "2026" .', id="own-time"),
        pytest.param(
            "<one> a <http://www.w3.org/ns/iana/media-types/text/x#Resource> .", id="type"
        ),
        pytest.param("<sub/> a ldp:Container .", id="kind-of-a-member"),
        pytest.param("<one> a ldp:Resource .", id="kind-of-a-document"),
        pytest.param("<> a ldp:DirectContainer .", id="another-kind"),
        pytest.param("<> a pim:Storage .", id="storage"),
        pytest.param("<sub/deep/one> stat:size 4 .", id="further-down"),
    ],
)
def test_what_the_listing_says_of_members_is_the_servers_to_say(text):
    with pytest.raises(Conflict, match="leave out"):
        check_unmanaged(described(text), NOTES)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param('<> dcterms:title "Notes" ; v:owner [ v:name "Ana" ] .', id="description"),
        pytest.param("<> a ldp:BasicContainer, ldp:Container, ldp:Resource .", id="true-anyway"),
        pytest.param("<> a v:Notebook ; ldp:inbox <../inbox/> .", id="other-class"),
        pytest.param('<#part> dcterms:modified "2026" ; a ldp:Container .', id="part"),
        pytest.param('<one#it> dcterms:modified "2026" .', id="part-of-a-member"),
        pytest.param("<../other> stat:size 4 .", id="not-a-member"),
        pytest.param('<one> a "ldp:Resource" ; v:seen true .', id="type-that-is-no-class"),
        pytest.param("_:x stat:size 4 ; a ldp:Container .", id="blank"),
    ],
)
def test_everything_else_is_the_clients_to_say(text):
    assert check_unmanaged(described(text), NOTES) is None


def test_the_root_is_a_storage_anyway():
    assert check_unmanaged(described("<> a pim:Storage .", ROOT), ROOT) is None


ONE = NOTES.child("one")


@pytest.mark.spec("Practice AUX-07")
@pytest.mark.parametrize(
    ("text", "of"),
    [
        pytest.param("<one> stat:size 4 .", ONE, id="size"),
        pytest.param("<one> stat:mtime 4 .", ONE, id="mtime"),
        pytest.param("<one> dcterms:modified 4 .", ONE, id="time"),
        pytest.param(
            "<one> a <http://www.w3.org/ns/iana/media-types/a/b#Resource> .", ONE, id="type"
        ),
        pytest.param("<one> a pim:Storage .", ONE, id="storage"),
        pytest.param("<one> a ldp:Resource .", ONE, id="kind"),
        pytest.param("<> ldp:contains <two> .", ONE, id="containment"),
        pytest.param("<./> a ldp:Container .", NOTES, id="kind-of-a-container"),
        pytest.param("<./> dcterms:modified 4 .", NOTES, id="time-of-a-container"),
        pytest.param("<one> stat:size 4 .", NOTES, id="size-of-a-member"),
        pytest.param("<./> a pim:Storage .", ROOT, id="storage-of-the-root"),
    ],
)
def test_a_description_says_nothing_that_the_server_says_of_its_subject(text, of):
    with pytest.raises(Conflict, match="leave out"):
        check_unmanaged(described(text, of.description), of.description)


@pytest.mark.spec("Practice AUX-07")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<one> a v:Note, pim:ConfigurationFile ; ldp:inbox <in/> .", id="other-class"),
        pytest.param("<two> stat:size 4 ; a ldp:Resource .", id="another"),
        pytest.param("<one/two> stat:size 4 .", id="below-it"),
        pytest.param("<one#it> dcterms:modified 4 .", id="part"),
        pytest.param("<> dcterms:modified 4 .", id="itself"),
    ],
)
def test_a_description_says_everything_else(text):
    assert check_unmanaged(described(text, ONE.description), ONE.description) is None


@pytest.mark.spec("LDN §3.1 #discovery")
def test_a_resource_has_one_inbox():
    for text in ("", "<one> ldp:inbox <a/> .", "<one> ldp:inbox <a/> . <two> ldp:inbox <b/> ."):
        assert check_inbox(described(text), ONE) is None
    with pytest.raises(Conflict, match="one inbox"):
        check_inbox(described("<one> ldp:inbox <a/>, <b/> ."), ONE)
