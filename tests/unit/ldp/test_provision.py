from datetime import UTC, datetime

import pytest

from acl import ANYONE, AclIndex, Agent, Mode, check_acl, decide, rules_from
from pod.ldp.provision import first_access, first_changes, webid_of
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode, objects
from vocab.iri import ResourceIri
from vocab.names import PIM, SOLID

STORAGE = "https://pod.example/ana/"
ISSUER = "https://pod.example/"
OWNER = Agent(STORAGE + "profile/card#me")
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture(scope="module")
def made():
    """The graphs of a new pod by path."""
    return {
        change.target: parse(change.after.content, RdfFormat.TURTLE, str(change.target))
        for change in first_changes(STORAGE, ISSUER, NOW)
    }


def test_every_resource_comes_after_its_container(made):
    order = list(made)
    for iri in order[1:]:
        assert order.index(iri.parent) < order.index(iri)
        assert not iri.is_acl or order.index(iri.subject) < order.index(iri)


def test_the_profile_names_the_issuer_and_the_storage(made):
    card, owner = made[ResourceIri(STORAGE, "profile/card")], NamedNode(webid_of(STORAGE))
    assert list(objects(card, owner, NamedNode(SOLID.oidcIssuer))) == [NamedNode(ISSUER)]
    assert list(objects(card, owner, NamedNode(PIM.storage))) == [NamedNode(STORAGE)]


@pytest.mark.spec("WAC §3.3 #server-root-container-acl")
@pytest.mark.parametrize(
    ("path", "public"),
    [
        pytest.param("", Mode.NONE, id="root"),
        pytest.param("profile/card", Mode.READ, id="card"),
        pytest.param("profile/", Mode.NONE, id="profile"),
        pytest.param("public/x", Mode.READ, id="public"),
        pytest.param("data/bank/x", Mode.NONE, id="data"),
    ],
)
def test_the_owner_may_do_everything_and_others_read_what_is_public(made, path, public):
    rules = {iri.subject: rules_from(g, iri.subject) for iri, g in made.items() if iri.is_acl}
    acls, target = AclIndex(rules, frozenset({OWNER.webid})), ResourceIri(STORAGE, path)
    everything = Mode.READ | Mode.WRITE | Mode.CONTROL
    assert decide(acls, target, OWNER).modes == everything
    assert decide(acls, target, ANYONE).modes == public


def test_its_acls_are_ones_that_a_client_may_send(made):
    for iri, graph in made.items():
        if iri.is_acl:
            assert check_acl(graph, iri.subject, owners={OWNER.webid}) is None


def test_while_it_is_made_its_owner_may_write():
    target = ResourceIri(STORAGE, "profile/card")
    assert Mode.WRITE in decide(first_access(STORAGE), target, OWNER).modes
    assert decide(first_access(STORAGE), target, ANYONE).modes == Mode.NONE
