"""A consent record says what was agreed to, and is true or found out."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from acl import Mode
from pod.agreements import AccessGrant, GrantState, Item
from pod.consent.record import (
    TYPE,
    Shown,
    document_path,
    first_record,
    next_record,
)
from pod.jws import Untrue, payload_of, verified
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode, objects
from vocab.names import DPV

STORAGE = "https://pod.example/ana/"
OWNER = STORAGE + "profile/card#me"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
GRANT = AccessGrant(
    id="g1",
    request=None,
    agent=OWNER,
    client="https://app.example/id",
    purpose=DPV.NS + "PaymentManagement",
    sentence="pay your bills",
    items=(Item(path="data/bank/", modes=Mode.READ | Mode.WRITE, category="bank"),),
    since=START,
    until=START + timedelta(days=30),
    retention=None,
    terms=None,
    state=GrantState.ACTIVE,
    created=START,
    changed=START,
    records=(),
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEYS = {"k1": KEY.public_key().verify}


def encoded(octets):
    return urlsafe_b64encode(octets).decode().rstrip("=")


def signed(document, **header):
    header = {"alg": "EdDSA", "kid": "k1", "typ": TYPE, **header}
    text = ".".join(encoded(json.dumps(part).encode()) for part in (header, document))
    return f"{text}.{encoded(KEY.sign(text.encode()))}"


def record(grant=GRANT, **shown):
    return first_record(grant, STORAGE, OWNER, Shown(**shown))


def test_it_is_named_for_the_grant_and_lies_by_its_year():
    assert record()["@id"] == STORAGE + ".well-known/grants/g1"
    assert document_path(GRANT) == "consents/2026/g1.jsonld"


def test_it_is_json_ld_that_needs_no_other_document():
    graph = parse(json.dumps(record()).encode(), RdfFormat.JSON_LD, STORAGE)
    name = NamedNode(STORAGE + ".well-known/grants/g1")
    status = NamedNode(DPV.NS + "hasConsentStatus")
    assert [one.value for one in objects(graph, name, status)] == [DPV.NS + "ConsentGiven"]


def test_it_says_what_was_given_in_the_words_of_access_rules():
    (item,) = record()["dpv:hasPermission"]
    assert item["acl:accessTo"] == {"@id": STORAGE + "data/bank/"}
    assert item["acl:mode"] == [{"@id": "acl:Read"}, {"@id": "acl:Write"}]
    assert item["acl:condition"]["acl:client"] == {"@id": GRANT.client}
    adding = replace(GRANT, client=None, items=(Item(path="notes/", modes=Mode.APPEND),))
    (item,) = record(adding)["dpv:hasPermission"]
    assert item["acl:mode"] == [{"@id": "acl:Append"}]
    assert "acl:condition" not in item


OPERATIONS = {
    Mode.READ: ["dpv:Collect"],
    Mode.APPEND: ["dpv:Record"],
    Mode.READ | Mode.WRITE: ["dpv:Collect", "dpv:Record", "dpv:Alter"],
}


@pytest.mark.parametrize(("modes", "names"), OPERATIONS.items(), ids=str)
def test_it_says_what_is_done_to_data(modes, names):
    found = record(replace(GRANT, items=(Item(path="data/bank/", modes=modes),)))
    assert [one["@id"] for one in found["dpv:hasProcess"]["dpv:hasProcessing"]] == names


BASES = {"data/bank/": "gdpr:A6-1-a", "data/health/": "gdpr:A9-2-a"}


@pytest.mark.parametrize(("path", "basis"), BASES.items(), ids=BASES.keys())
def test_what_is_special_rests_on_explicit_consent(path, basis):
    found = record(replace(GRANT, items=(Item(path=path),)))
    assert found["dpv:hasProcess"]["dpv:hasLegalBasis"] == {"@id": basis}


STATES = {
    GrantState.ACTIVE: "dpv:RenewedConsentGiven",
    GrantState.PAUSED: "dpv:ConsentStatusInvalidForProcessing",
    GrantState.UNUSED: "dpv:ConsentStatusInvalidForProcessing",
    GrantState.STOPPED: "dpv:ConsentWithdrawn",
}


@pytest.mark.parametrize(("state", "status"), STATES.items(), ids=str)
def test_each_state_is_put_behind_those_before(state, status):
    later = replace(GRANT, state=state, changed=START + timedelta(days=1))
    found = next_record(signed(record()), later, OWNER)
    assert found["dpv:hasConsentStatus"] == {"@id": status}
    assert [event["@type"] for event in found["dcterms:hasPart"]] == ["dpv:ConsentGiven", status]


def test_what_ended_by_its_time_has_expired():
    later = replace(GRANT, state=GrantState.STOPPED, changed=START + timedelta(days=30))
    found = next_record(signed(record()), later, STORAGE)
    assert found["dpv:hasConsentStatus"] == {"@id": "dpv:ConsentExpired"}


def test_what_was_signed_is_true():
    assert verified(signed(record()), TYPE, KEYS) == payload_of(signed(record())) == record()


def loose(jws):
    """The same signature, written in another way."""
    last = {"A": "B", "Q": "R", "g": "h", "w": "x"}
    return jws[:-1] + last[jws[-1]]


FALSE = {
    "of another type": signed(record(), typ="other"),
    "of another algorithm": signed(record(), alg="none"),
    "by another key": signed(record(), kid="k2"),
    "of what was not signed": signed(record()).replace(".", ".A", 1),
    "without a signature": signed(record()).rpartition(".")[0] + ".",
    "written loosely": loose(signed(record())),
    "of two parts": "a.b",
    "no JSON": "a.b.c",
    "no object": signed(["a"]),
    "no header": "." + ".".join(signed(record()).split(".")[1:]),
    "no bytes": "é.é.é",
}


@pytest.mark.parametrize("jws", FALSE.values(), ids=FALSE.keys())
def test_everything_else_is_found_out(jws):
    with pytest.raises(Untrue):
        verified(jws, TYPE, KEYS)
