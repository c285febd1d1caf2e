"""`pod app trust|distrust|protect`: who may do all that their person may."""

import pytest
from commands import app
from serving import Host

APP = "https://notes.example/id"


def as_app(served: Host, name: str) -> int:
    """How many titles the owner would see through the app."""
    query = "SELECT ?t WHERE { GRAPH ?g { ?s <http://purl.org/dc/terms/title> ?t } }"
    told = served.here("query", name, query, "--client", APP).json()
    return len(told["results"]["bindings"])


@pytest.mark.spec("Self Data PRI-01")
def test_an_app_is_trusted_and_then_no_more(served: Host, ana: str) -> None:
    script = app(served, ana)
    url = f"{served.base}{ana}/note"
    assert script.put(url, b"<> <http://purl.org/dc/terms/title> 'x' .").status == 201
    assert as_app(served, ana) == 0
    trusted = served.here("app", "trust", ana, APP, "--json").json()["trusted"]
    assert APP in trusted
    assert as_app(served, ana) == 1
    assert APP not in served.here("app", "distrust", ana, APP, "--json").json()["trusted"]
    assert as_app(served, ana) == 0
    assert script.get(url).status == 200


def test_a_pod_with_rules_for_any_app_is_protected(served: Host, ana: str) -> None:
    script, root = app(served, ana), f"{served.base}{ana}/"
    webid = f"{root}profile/card#me"
    rule = f"""@prefix acl: <http://www.w3.org/ns/auth/acl#> .
    <#all> a acl:Authorization ; acl:agent <{webid}> ; acl:accessTo <{root}> ;
        acl:default <{root}> ; acl:mode acl:Read, acl:Write, acl:Control ."""
    assert script.put(root + "note", b"<> <http://purl.org/dc/terms/title> 'x' .").status == 201
    assert script.put(root + ".acl", rule.encode()).status == 204
    assert as_app(served, ana) == 1
    assert served.here("app", "protect", ana).status == 0
    assert as_app(served, ana) == 0
    assert script.get(root + "note").status == 200
