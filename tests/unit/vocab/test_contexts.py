import pytest
from pyld import jsonld

from vocab import turtle
from vocab.contexts import BUNDLED
from vocab.names import AS, LDP, NOTIFY, SD, SDC, SEC, XSD
from vocab.selfdata import CONTEXT

AS_CONTEXT = "https://www.w3.org/ns/activitystreams"
NOTIFY_CONTEXTS = (
    "https://www.w3.org/ns/solid/notifications-context/v1",
    "https://www.w3.org/ns/solid/notification/v1",
)
ID = "https://a.example/x"


def load(address, _options):
    return {
        "contextUrl": None,
        "documentUrl": address,
        "contentType": "application/ld+json",
        "document": BUNDLED[address],
    }


def expand(context, **members):
    (node,) = jsonld.expand(
        {"@context": context, "id": ID, **members}, {"documentLoader": load, "base": ID}
    )
    return node


def values(node, predicate):
    return [value.get("@id", value.get("@value")) for value in node[predicate]]


def test_an_unknown_context_is_not_there():
    assert "https://a.example/context" not in BUNDLED
    with pytest.raises(KeyError):
        BUNDLED["https://a.example/context"]


def test_the_same_context_is_given_again():
    assert len(BUNDLED) == len(list(BUNDLED))
    assert BUNDLED[CONTEXT] is BUNDLED[CONTEXT]


@pytest.mark.parametrize("address", BUNDLED)
def test_every_context_can_be_used(address):
    identity = "client_id" if "oidc" in address else "id"
    (node,) = jsonld.expand(
        {"@context": address, identity: ID, "@type": ID}, {"documentLoader": load}
    )
    assert node == {"@id": ID, "@type": [ID]}


@pytest.mark.spec("ActivityStreams 2.0 §2.1 #jsonld")
def test_an_activity():
    node = expand(
        AS_CONTEXT,
        type="Update",
        object=ID,
        published="2026-01-01T00:00:00Z",
        inbox="https://a.example/inbox/",
        nameMap={"fr": "nom"},
    )
    assert node["@type"] == [AS.Update]
    assert values(node, AS.object) == [ID]
    assert node[AS.published][0]["@type"] == XSD.dateTime
    assert values(node, LDP.inbox) == ["https://a.example/inbox/"]
    assert node[AS.NS + "name"] == [{"@value": "nom", "@language": "fr"}]


@pytest.mark.spec("Solid-OIDC §A #full-jsonld-context")
def test_a_client_document():
    document = {
        "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"],
        "client_id": ID,
        "client_name": "Budget",
        "redirect_uris": ["https://a.example/callback"],
        "scope": "openid webid",
        "require_auth_time": True,
        "default_max_age": 60,
    }
    (node,) = jsonld.expand(document, {"documentLoader": load})
    oidc = "http://www.w3.org/ns/solid/oidc#"
    assert node["@id"] == ID
    assert values(node, oidc + "client_name") == ["Budget"]
    assert node[oidc + "default_max_age"] == [{"@value": 60, "@type": XSD.integer}]


@pytest.mark.spec("Solid Notifications Protocol §3.3 #notification-channel-data-model")
@pytest.mark.parametrize("context", NOTIFY_CONTEXTS)
def test_a_subscription(context):
    node = expand(
        context, type="WebSocketChannel2023", topic=ID, rate="PT10S", feature=["notify:state"]
    )
    assert node["@type"] == [NOTIFY.WebSocketChannel2023]
    assert values(node, NOTIFY.topic) == [ID]
    assert node[NOTIFY.rate][0]["@type"] == XSD.duration
    assert values(node, NOTIFY.feature) == [NOTIFY.state]


def test_a_notification_uses_two_contexts():
    node = expand([AS_CONTEXT, NOTIFY_CONTEXTS[0]], type="Create", object=ID, state="1")
    assert node["@type"] == [AS.Create]
    assert values(node, NOTIFY.state) == ["1"]


@pytest.mark.parametrize("context", ["https://schema.org", "http://schema.org/"])
def test_schema_org_expands_as_it_is_published(context):
    node = expand(context, type="Person", name="Ana", url="https://a.example/")
    assert node["@type"] == ["http://schema.org/Person"]
    assert values(node, "http://schema.org/name") == ["Ana"]
    assert node["http://schema.org/url"] == [{"@id": "https://a.example/"}]


def test_a_public_key():
    node = expand(
        "https://w3id.org/security/v1",
        publicKey={"id": ID, "type": "CryptographicKey", "owner": ID, "publicKeyPem": "…"},
    )
    (key,) = node[SEC.NS + "publicKey"]
    assert key["@type"] == [SEC.NS + "Key"]
    assert values(key, SEC.NS + "owner") == [ID]


@pytest.mark.parametrize(
    ("property_", "code"),
    [("sector", "energy"), ("direction", "in"), ("category", "energyBills"), ("nature", "data")],
)
def test_a_code_is_written_by_its_name_even_where_a_term_has_the_same(property_, code):
    node = expand(CONTEXT, **{property_: code})
    assert values(node, SD.NS + property_) == [SDC.NS + code]


def records():
    examples = turtle.read("examples")
    by_subject = {}
    for triple in examples:
        by_subject.setdefault(triple.subject.value, set()).add(triple)
    return [pytest.param(triples, id=iri) for iri, triples in sorted(by_subject.items())]


@pytest.mark.parametrize("triples", records())
def test_each_record_comes_back_from_json_ld(triples):
    lines = "".join(f"{triple} .\n" for triple in triples)
    options = {"documentLoader": load, "format": "application/n-quads"}
    expanded = jsonld.from_rdf(lines, options | {"useNativeTypes": False})
    compact = jsonld.compact(expanded, CONTEXT, options)
    assert compact["@context"] == CONTEXT
    assert turtle.graph_of(jsonld.to_rdf(compact, options)) == triples
