"""What a storage says of itself: where to query it, and where organisations put what they hold."""

import hashlib
from datetime import datetime

from pod.agreements import MYTERMS, REQUESTS
from pod.ldp.allow import ALL_GRANTS, DEPOSIT, DESCRIPTION, JOURNAL, SPARQL
from pod.ldp.constraints import CONSTRAINTS
from pod.model import Resource
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import serialise
from vocab.graph import Graph, NamedNode, Triple
from vocab.iri import ResourceIri
from vocab.names import LDP, PIM, RDF, RDFS, SD, VOID

OPENID_CONFIGURATION = ".well-known/openid-configuration"
VOCABULARY = "ns/selfdata"
CATALOGUE = "ns/catalogue"


def storage_graph(storage: str, base: str) -> Graph:
    """The statements about a storage, by the address of its root, but for its notifications.

    `base` is the public address of the server, which has the vocabulary that the data are written
    in and the catalogue of who gives which.
    """
    # Solid Protocol §4.1 #server-storage-description-resource: "Servers MUST include statements
    # about the storage as part of the storage description resource".
    said = (
        (RDF.type, PIM.Storage),
        (VOID.sparqlEndpoint, storage + SPARQL),
        (SD.depositEndpoint, storage + DEPOSIT),
        (SD.accessRequestEndpoint, storage + REQUESTS),
        (SD.grantsEndpoint, storage + ALL_GRANTS),
        (SD.termsEndpoint, storage + MYTERMS),
        (SD.journal, storage + JOURNAL),
        (RDFS.seeAlso, base + VOCABULARY),
        (RDFS.seeAlso, base + CATALOGUE),
    )
    subject = NamedNode(storage)
    return frozenset(Triple(subject, NamedNode(p), NamedNode(o)) for p, o in said)


def server_graph(base: str) -> Graph:
    """The statements about a server as a whole, by its public address; of no storage on it."""
    elsewhere = (OPENID_CONFIGURATION, VOCABULARY, CATALOGUE)
    said = (
        *((RDFS.seeAlso, base + path) for path in elsewhere),
        (LDP.constrainedBy, base + CONSTRAINTS),
    )
    subject = NamedNode(base)
    return frozenset(Triple(subject, NamedNode(p), NamedNode(o)) for p, o in said)


def storage_description(
    storage: str, base: str, notifications: Graph, modified: datetime
) -> Resource:
    """The storage description as a resource that is represented like any other.

    `base` is the server's address. `notifications` is what is said of them. `modified` is when
    what it says began to be true, in UTC. Anyone may read it.
    """
    text = serialise(storage_graph(storage, base) | notifications, RdfFormat.TURTLE)
    return Resource(
        iri=ResourceIri(storage, DESCRIPTION),
        media_type=RdfFormat.TURTLE.media_type,
        content=text,
        version=hashlib.sha256(text).hexdigest()[:16],
        modified=modified.replace(microsecond=0),
    )
