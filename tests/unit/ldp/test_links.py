import pytest

from pod.ldp.links import discovery_links, inbox_links, issuer_links, links, owner_links
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
LDP = "http://www.w3.org/ns/ldp#"
DESCRIPTION = (
    f'<{STORAGE}.well-known/solid>; rel="http://www.w3.org/ns/solid/terms#storageDescription"'
)


def values(pairs):
    assert {name for name, _ in pairs} == {"Link"}
    return [value for _, value in pairs]


def typed(*names):
    return [f'<{name}>; rel="type"' for name in names]


@pytest.mark.spec("Solid Protocol §4.1 #server-link-storage")
@pytest.mark.spec("Solid Protocol §4.1 #server-storage-description")
@pytest.mark.spec("WAC §3.1 #server-link-acl")
@pytest.mark.parametrize(
    ("path", "types"),
    [
        pytest.param("notes/one", [LDP + "Resource"], id="document"),
        pytest.param(
            "notes/",
            [LDP + "Resource", LDP + "Container", LDP + "BasicContainer"],
            id="container",
        ),
        pytest.param(
            "",
            [
                LDP + "Resource",
                LDP + "Container",
                LDP + "BasicContainer",
                "http://www.w3.org/ns/pim/space#Storage",
            ],
            id="root",
        ),
    ],
)
def test_a_resource_says_what_it_is_and_where_its_acl_and_storage_are_described(path, types):
    about = [f'<{STORAGE}{path}.acl>; rel="acl"', f'<{STORAGE}{path}.meta>; rel="describedby"']
    target = ResourceIri(STORAGE, path)
    assert values(links(target)) == [*typed(*types), *about, DESCRIPTION]
    assert values(discovery_links(target)) == [*about, DESCRIPTION]


@pytest.mark.spec("Solid Protocol §4.3.2 #client-link-describes")
@pytest.mark.parametrize("subject", ["notes/one", "notes/", "", "notes/one.acl.txt"])
def test_a_description_names_its_subject_and_the_rules_that_both_are_under(subject):
    expected = [
        f'<{STORAGE}{subject}.acl>; rel="acl"',
        f'<{STORAGE}{subject}>; rel="describes"',
        DESCRIPTION,
    ]
    target = ResourceIri(STORAGE, subject + ".meta")
    assert values(discovery_links(target)) == expected
    assert values(links(target)) == [*typed(LDP + "Resource"), *expected]


@pytest.mark.spec("WAC §3.2 #server-link-condition")
def test_an_acl_has_none_of_its_own_and_says_which_conditions_are_understood():
    conditions = [
        f'<{kind}>; rel="http://www.w3.org/ns/auth/acl#condition"'
        for kind in (
            "http://www.w3.org/ns/auth/acl#ClientCondition",
            "http://www.w3.org/ns/auth/acl#IssuerCondition",
            "https://w3id.org/selfdata/ns#PurposeCondition",
            "https://w3id.org/selfdata/ns#PeriodCondition",
        )
    ]
    found = values(links(ResourceIri(STORAGE, "notes/.acl")))
    assert found == [*typed(LDP + "Resource"), DESCRIPTION, *conditions]


@pytest.mark.parametrize(
    "path",
    [
        *(".acl", "x.acl", "x.acl.acl", "x.meta.acl", "x.acl.meta", "x.meta.meta"),
        *(".well-known/solid", ".well-known/solid.meta", ".well-known/"),
    ],
)
def test_what_has_no_auxiliary_resources_names_none(path):
    assert values(discovery_links(ResourceIri(STORAGE, path))) == [DESCRIPTION]


@pytest.mark.spec("LDN §3.1 #discovery")
@pytest.mark.parametrize(
    ("inbox", "target"),
    [
        ("https://elsewhere.example/in?of=ana&n=1#x", "https://elsewhere.example/in?of=ana&n=1#x"),
        (STORAGE + "inbox/", STORAGE + "inbox/"),
        (
            "https://b\u00fccher.example/caf%C3%A9/\u00fc",
            "https://b%C3%BCcher.example/caf%C3%A9/%C3%BC",
        ),
        ("urn:a>; rel=acl, <urn:b\r\nX: y", "urn:a%3E;%20rel=acl,%20%3Curn:b%0D%0AX:%20y"),
    ],
)
def test_an_inbox_is_linked_to_as_a_uri(inbox, target):
    relation = 'rel="http://www.w3.org/ns/ldp#inbox"'
    assert values(inbox_links(inbox)) == [f"<{target}>; {relation}"]


def test_without_an_inbox_none_is_linked_to():
    assert inbox_links(None) == ()


@pytest.mark.spec("Solid-OIDC §4.1 #oidc-issuer-discovery-link-headers")
@pytest.mark.parametrize("fragment", ["#me", ""])
def test_an_issuer_is_linked_to_with_the_fragment_of_the_webid(fragment):
    (link,) = values(issuer_links("https://a.example/card" + fragment, ["https://i.example/"]))
    relation = 'rel="http://www.w3.org/ns/solid/terms#oidcIssuer"'
    assert link == f'<https://i.example/>; {relation}; anchor="{fragment}"'


@pytest.mark.spec("Solid Protocol §4.1 #server-storage-link-owner")
@pytest.mark.parametrize(("path", "count"), [("", 2), ("x", 0), ("x/", 0), (".acl", 0)])
def test_only_the_root_names_owners(path, count):
    owners = ("https://a.example/#me", "https://b.example/#me")
    relation = 'rel="http://www.w3.org/ns/solid/terms#owner"'
    found = [value for _, value in owner_links(ResourceIri(STORAGE, path), owners)]
    assert found == [f"<{owner}>; {relation}" for owner in owners][:count]
