import pytest

from pod.ldp.links import discovery_links, links
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
    acl = f'<{STORAGE}{path}.acl>; rel="acl"'
    target = ResourceIri(STORAGE, path)
    assert values(links(target)) == [*typed(*types), acl, DESCRIPTION]
    assert values(discovery_links(target)) == [acl, DESCRIPTION]


@pytest.mark.spec("WAC §3.2 #server-link-condition")
def test_an_acl_has_none_of_its_own_and_says_which_conditions_are_understood():
    conditions = [
        f'<http://www.w3.org/ns/auth/acl#{kind}>; rel="http://www.w3.org/ns/auth/acl#condition"'
        for kind in ("ClientCondition", "IssuerCondition")
    ]
    found = values(links(ResourceIri(STORAGE, "notes/.acl")))
    assert found == [*typed(LDP + "Resource"), DESCRIPTION, *conditions]


@pytest.mark.parametrize("path", ["notes/one.meta", ".well-known/solid"])
def test_what_has_no_rules_names_none(path):
    assert values(discovery_links(ResourceIri(STORAGE, path))) == [DESCRIPTION]
