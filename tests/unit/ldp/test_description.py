from datetime import UTC, datetime

import pytest

from acl import ANYONE, Access, Mode
from pod.ldp.description import server_graph, storage_description, storage_graph
from pod.ldp.represent import represent
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode, Triple
from vocab.names import NOTIFY, PIM, RDF, RDFS, SD, VOID

BASE = "https://pod.example/"
STORAGE = "https://pod.example/ana/"
NOTIFICATIONS = frozenset(
    {
        Triple(
            NamedNode(STORAGE),
            NamedNode(NOTIFY.subscription),
            NamedNode(STORAGE + "subscribe-here"),
        )
    }
)
SINCE = datetime(2026, 3, 1, 8, 0, 0, 123, tzinfo=UTC)


@pytest.mark.spec("Solid Protocol §4.1 #server-storage-description-resource")
def test_a_storage_is_described_with_its_endpoints():
    said = {
        (t.subject.value, t.predicate.value, t.object.value) for t in storage_graph(STORAGE, BASE)
    }
    assert said == {
        (STORAGE, RDF.type, PIM.Storage),
        (STORAGE, VOID.sparqlEndpoint, f"{STORAGE}.well-known/sparql"),
        (STORAGE, SD.depositEndpoint, f"{STORAGE}.well-known/deposit"),
        (STORAGE, SD.accessRequestEndpoint, f"{STORAGE}.well-known/access-requests"),
        (STORAGE, SD.grantsEndpoint, f"{STORAGE}.well-known/grants"),
        (STORAGE, SD.termsEndpoint, f"{STORAGE}.well-known/myterms"),
        (STORAGE, SD.journal, f"{STORAGE}.well-known/journal"),
        (STORAGE, RDFS.seeAlso, f"{BASE}ns/selfdata"),
        (STORAGE, RDFS.seeAlso, f"{BASE}ns/catalogue"),
    }


@pytest.mark.parametrize("form", RdfFormat)
def test_it_is_readable_in_each_format(pod, request_on, form):
    found = storage_description(STORAGE, BASE, NOTIFICATIONS, SINCE)
    access = Access(target=found.iri, agent=ANYONE, modes=Mode.READ, public=Mode.READ, source=None)
    reply = represent(
        request_on("GET", ".well-known/solid", Accept=form.media_type), found, access, pod
    )
    assert parse(reply.body, form, STORAGE) == storage_graph(STORAGE, BASE) | NOTIFICATIONS
    headers = dict(reply.headers)
    assert headers["Allow"] == "GET, HEAD, OPTIONS"
    assert headers["Last-Modified"] == "Sun, 01 Mar 2026 08:00:00 GMT"


def test_its_tag_tells_what_it_says():
    first, again = (storage_description(STORAGE, BASE, NOTIFICATIONS, SINCE) for _ in range(2))
    others = (
        storage_description("https://pod.example/bob/", BASE, NOTIFICATIONS, SINCE),
        storage_description(STORAGE, BASE, frozenset(), SINCE),
    )
    assert first == again
    assert first.version not in {other.version for other in others}


def test_of_a_server_no_storage_is_told():
    base = "https://pod.example/"
    assert {triple.subject.value for triple in server_graph(base)} == {base}
    assert PIM.Storage not in {triple.object.value for triple in server_graph(base)}
