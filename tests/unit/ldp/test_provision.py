"""What a new pod begins with, in full and bare, for an owner of its own and for one elsewhere."""

from datetime import UTC, datetime

import pytest

from acl import (
    ANYONE,
    OWN_PAGES,
    AclIndex,
    Agent,
    Mode,
    Owner,
    check_acl,
    decide,
    rules_from,
)
from pod.config import PROVISIONS
from pod.ldp.profile import Profile, check_profile, webid_of
from pod.ldp.provision import first_access, first_changes
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode, objects
from vocab.iri import ResourceIri
from vocab.names import FOAF, LDP, PIM, RDF, SOLID

STORAGE = "https://pod.example/ana/"
ISSUER = "https://pod.example/"
OWNER = Agent(STORAGE + "profile/card#me", OWN_PAGES)
ELSEWHERE = Agent("https://elsewhere.example/ana#me", OWN_PAGES)
NOW = datetime(2026, 11, 25, tzinfo=UTC)
EVERYTHING = Mode.READ | Mode.WRITE | Mode.CONTROL


def made_of(kind="full", owner=OWNER.webid):
    """The graphs of a new pod by path."""
    return {
        change.target: parse(change.after.content, RdfFormat.TURTLE, str(change.target))
        for change in first_changes(STORAGE, ISSUER, NOW, kind=kind, owner=Owner(owner))
    }


@pytest.fixture(scope="module", params=PROVISIONS)
def made(request):
    return made_of(kind=request.param)


@pytest.fixture(scope="module")
def full():
    return made_of()


def said(graphs, path, subject, predicate):
    graph = graphs[ResourceIri(STORAGE, path)]
    return {term.value for term in objects(graph, NamedNode(subject), NamedNode(predicate))}


def access(graphs, path, agent):
    rules = {iri.subject: rules_from(g, iri.subject) for iri, g in graphs.items() if iri.is_acl}
    acls = AclIndex(rules, frozenset({OWNER.webid}))
    return decide(acls, ResourceIri(STORAGE, path), agent).modes


def test_every_resource_comes_after_its_container(made):
    order = list(made)
    for iri in order[1:]:
        assert order.index(iri.parent) < order.index(iri)
        assert not iri.is_acl or order.index(iri.subject) < order.index(iri)


def test_the_profile_names_the_issuer_and_the_storage(made):
    owner, card = webid_of(STORAGE), "profile/card"
    assert said(made, card, owner, SOLID.oidcIssuer) == {ISSUER}
    assert said(made, card, owner, PIM.storage) == {STORAGE}
    assert said(made, card, owner, RDF.type) == {FOAF.Agent, FOAF.Person}


@pytest.mark.spec("WebID Profile §3.1 #webid-profile-data-model")
def test_the_profile_names_what_apps_look_for(full):
    owner, card = webid_of(STORAGE), "profile/card"
    for predicate, path in (
        (PIM.preferencesFile, "settings/prefs.ttl"),
        (LDP.inbox, "inbox/"),
        (SOLID.publicTypeIndex, "settings/publicTypeIndex.ttl"),
    ):
        assert said(full, card, owner, predicate) == {STORAGE + path}
        assert ResourceIri(STORAGE, path) in full
    assert said(full, card, owner, SOLID.privateTypeIndex) == set()


def test_every_address_that_is_named_is_there(made):
    named = {
        term.value.partition("#")[0]
        for graph in made.values()
        for triple in graph
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and term.value.startswith(STORAGE)
    }
    assert named <= {str(iri) for iri in made}


@pytest.mark.spec("WebID Profile §3.1 #preferences-document")
def test_the_preferences_name_both_indexes(full):
    path, owner = "settings/prefs.ttl", webid_of(STORAGE)
    assert said(full, path, STORAGE + path, RDF.type) == {PIM.ConfigurationFile}
    for predicate in (SOLID.publicTypeIndex, SOLID.privateTypeIndex):
        (index,) = said(full, path, owner, predicate)
        kind = SOLID.ListedDocument if "public" in index else SOLID.UnlistedDocument
        found = said(full, index.removeprefix(STORAGE), index, RDF.type)
        assert found == {SOLID.TypeIndex, kind}


@pytest.mark.spec("WAC §3.3 #server-root-container-acl")
@pytest.mark.parametrize(
    ("path", "public"),
    [
        pytest.param("", Mode.NONE, id="root"),
        pytest.param("profile/card", Mode.READ, id="card"),
        pytest.param("profile/", Mode.NONE, id="profile"),
        pytest.param("settings/", Mode.NONE, id="settings"),
        pytest.param("settings/prefs.ttl", Mode.NONE, id="preferences"),
        pytest.param("settings/publicTypeIndex.ttl", Mode.READ, id="public-index"),
        pytest.param("settings/privateTypeIndex.ttl", Mode.NONE, id="private-index"),
        pytest.param("inbox/", Mode.APPEND, id="inbox"),
        pytest.param("inbox/x", Mode.NONE, id="notification"),
        pytest.param("public/x", Mode.READ, id="public"),
        pytest.param("private/x", Mode.NONE, id="private"),
        pytest.param("data/bank/x", Mode.NONE, id="data"),
    ],
)
def test_the_owner_may_do_everything_and_others_what_apps_need(full, path, public):
    assert access(full, path, OWNER) == EVERYTHING
    assert access(full, path, ANYONE) == public


def test_a_bare_pod_has_a_profile_and_nothing_beside():
    assert {iri.path for iri in made_of(kind="bare") if not iri.is_acl} == {
        "",
        "profile/",
        "profile/card",
    }


@pytest.mark.parametrize("kind", PROVISIONS)
def test_an_owner_elsewhere_has_profile_and_settings_there(kind):
    found = made_of(kind=kind, owner=ELSEWHERE.webid)
    assert not any(iri.path.startswith(("profile/", "settings/")) for iri in found)
    assert access(found, "data/x", ELSEWHERE) == EVERYTHING
    assert access(found, "data/x", ANYONE) == Mode.NONE


def test_its_acls_are_ones_that_a_client_may_send(made):
    for iri, graph in made.items():
        if iri.is_acl:
            assert check_acl(graph, iri.subject, owners={OWNER.webid}) is None


def test_its_profile_is_one_that_a_client_may_send(made):
    card = ResourceIri(STORAGE, "profile/card")
    issuers = {t for t in made[card] if t.predicate == NamedNode(SOLID.oidcIssuer)}
    now = Profile(webids=frozenset({OWNER.webid}), protected=frozenset(issuers))
    assert check_profile(made[card], card, now) is None


@pytest.mark.parametrize("owner", [OWNER, ELSEWHERE])
def test_while_it_is_made_its_owner_may_write(owner):
    target, acls = ResourceIri(STORAGE, "profile/card"), first_access(STORAGE, Owner(owner.webid))
    assert Mode.WRITE in decide(acls, target, owner).modes
    assert decide(acls, target, ANYONE).modes == Mode.NONE
