"""The account API: pods, the WebIDs that an account signs in as, and credentials of scripts."""

import json

import pytest
from agents import rule
from answers import links
from client import App, Key
from visitors import app_of, fresh_name, settled, stranger

from acl import Agent, Mode, decide
from vocab.iri import ResourceIri

OWNER = "http://www.w3.org/ns/solid/terms#owner"


class TestPods:
    @pytest.mark.spec("Practice ACC-04")
    def test_a_pod_is_made_with_its_webid(self, world, somebody):
        name = fresh_name()
        made = somebody.pod(name)
        assert (made["pod"], made["webId"]) == (
            f"{world.base}{name}/",
            f"{world.base}{name}/profile/card#me",
        )
        pods = somebody.get(somebody.control("account", "pod")).json()["pods"]
        assert pods == {made["pod"]: made["podResource"]}
        linked = somebody.get(somebody.control("account", "webId")).json()["webIdLinks"]
        assert linked == {made["webId"]: made["webIdResource"]}
        assert stranger(world).get(made["webId"].partition("#")[0]).status == 200

    @pytest.mark.spec("Practice ACC-04")
    def test_an_account_has_several(self, somebody):
        names = [fresh_name() for _ in range(2)]
        made = [somebody.pod(name) for name in names]
        pods = somebody.get(somebody.control("account", "pod")).json()["pods"]
        assert pods.keys() == {one["pod"] for one in made}

    @pytest.mark.spec("Practice ACC-04")
    @pytest.mark.parametrize(
        "value",
        [
            {"name": "{taken}"},
            {"name": "ns"},
            {"name": "Capital"},
            {"name": "../x"},
            {"name": ".well-known"},
            {"name": ""},
            {},
            {"name": "{fresh}", "settings": {"webId": "no iri"}},
            {"name": "{fresh}", "settings": {"webId": "urn:x:y"}},
        ],
        ids=json.dumps,
    )
    def test_what_cannot_be_leaves_nothing(self, world, owner_of_pod, value):
        name = fresh_name()
        known = {"{taken}": owner_of_pod.made["pod"].split("/")[-2], "{fresh}": name}
        value = {
            key: known.get(word, word) if key == "name" else word for key, word in value.items()
        }
        other = settled(world)
        assert other.post(other.control("account", "pod"), value).status == 400
        assert other.get(other.control("account", "pod")).json()["pods"] == {}
        assert other.get(other.control("account", "webId")).json()["webIdLinks"] == {}
        assert name not in world.server.pods.names()

    @pytest.mark.spec("Practice ACC-04")
    def test_the_owner_of_a_pod_may_be_somebody_elsewhere(self, somebody, bob):
        value = {"name": fresh_name(), "settings": {"webId": bob.webid}}
        made = somebody.post(somebody.control("account", "pod"), value).json()
        assert made["webId"] == bob.webid
        assert "webIdResource" not in made
        assert bob.put(made["pod"] + "x", b"a", "text/plain").status == 201
        assert somebody.get(made["pod"] + "profile/card").status == 401
        assert somebody.get(somebody.control("account", "webId")).json()["webIdLinks"] == {}

    @pytest.mark.spec("Practice ACC-04")
    def test_owners_come_and_go_but_for_the_last(self, owner_of_pod, bob, carol):
        made = owner_of_pod.made
        resource = made["podResource"]

        def owners():
            told = owner_of_pod.get(resource).json()
            assert told["baseUrl"] == made["pod"]
            return {one["webId"]: one["visible"] for one in told["owners"]}

        assert owners() == {made["webId"]: False}
        assert owner_of_pod.post(resource, {"webId": made["webId"], "remove": True}).status == 400
        assert owner_of_pod.post(resource, {"webId": bob.webid, "visible": True}).status == 200
        # The first stays the first.
        assert list(owners().items()) == [(made["webId"], False), (bob.webid, True)]
        assert owner_of_pod.post(resource, {"webId": bob.webid, "visible": False}).status == 200
        assert owners() == {made["webId"]: False, bob.webid: False}
        assert owner_of_pod.post(resource, {"webId": bob.webid, "remove": True}).status == 200
        assert owner_of_pod.post(resource, {"webId": carol.webid, "remove": True}).status == 200
        assert owners() == {made["webId"]: False}

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-track-owner")
    def test_each_owner_controls_the_pod_at_her_own_machine(self, world, owner_of_pod, bob):
        made = owner_of_pod.made

        def controls(webid: str) -> bool:
            acls = world.pod(made["pod"].split("/")[-2]).store.snapshot().acls()
            root = ResourceIri(made["pod"], "")
            return bool(decide(acls, root, agent=Agent(webid)).modes & Mode.CONTROL)

        assert (controls(made["webId"]), controls(bob.webid)) == (True, False)
        assert owner_of_pod.post(made["podResource"], {"webId": bob.webid}).status == 200
        assert (controls(made["webId"]), controls(bob.webid)) == (True, True)

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-link-owner")
    def test_an_owner_who_is_shown_is_linked_from_the_root_alone(self, owner_of_pod):
        made, app = owner_of_pod.made, app_of(owner_of_pod)
        assert links(app.get(made["pod"]), OWNER) == []
        shown = {"webId": made["webId"], "visible": True}
        assert owner_of_pod.post(made["podResource"], shown).status == 200
        assert links(app.get(made["pod"]), OWNER) == [made["webId"]]
        assert links(app.call("HEAD", made["pod"]), OWNER) == [made["webId"]]
        assert links(app.get(made["pod"] + "profile/card"), OWNER) == []

    @pytest.mark.spec("Practice ACC-04")
    def test_a_pod_that_is_deleted_leaves_nothing(self, world, owner_of_pod):
        made, app = owner_of_pod.made, app_of(owner_of_pod)
        app.put(made["pod"] + "x", b"a", "text/plain")
        assert owner_of_pod.delete(made["podResource"]).status == 200
        assert app.get(made["pod"] + "x").status in {401, 404}
        assert owner_of_pod.get(made["podResource"]).status == 404
        assert owner_of_pod.get(owner_of_pod.control("account", "webId")).json()["webIdLinks"] == {}
        assert made["pod"].split("/")[-2] not in world.server.pods.names()


class TestWebIds:
    @pytest.mark.spec("Practice ACC-05")
    def test_one_of_an_own_pod_is_unlinked_and_linked_again(self, owner_of_pod):
        made, webids = owner_of_pod.made, owner_of_pod.control("account", "webId")
        assert owner_of_pod.post(webids, {"webId": made["webId"]}).status == 400
        assert owner_of_pod.delete(made["webIdResource"]).status == 200
        assert owner_of_pod.delete(made["webIdResource"]).status == 404
        assert owner_of_pod.get(webids).json()["webIdLinks"] == {}
        told = owner_of_pod.post(webids, {"webId": made["webId"]}).json()
        assert (told["webId"], told["oidcIssuer"]) == (made["webId"], owner_of_pod.world.base)
        assert owner_of_pod.get(webids).json()["webIdLinks"] == {made["webId"]: told["resource"]}

    @pytest.mark.spec("Practice ACC-05")
    @pytest.mark.spec("Practice OP-23")
    @pytest.mark.parametrize("where", ["elsewhere", "in another pod here"])
    def test_another_is_linked_by_who_can_write_its_document(
        self, somebody, carol, elsewhere, where
    ):
        name = fresh_name()
        document = (
            elsewhere.base + name if where == "elsewhere" else f"{carol.storage}public/{name}"
        )
        webid, webids = document + "#me", somebody.control("account", "webId")

        def write(text: str) -> None:
            if where == "elsewhere":
                elsewhere.serve(name, text)
            else:
                assert carol.put(document, text.encode()).status in {201, 204}

        write("")
        first = somebody.post(webids, {"webId": webid})
        assert first.status == 400
        quad = first.json()["details"]["quad"]
        assert quad.startswith(f"<{webid}> <http://www.w3.org/ns/solid/terms#oidcIssuer")
        assert somebody.post(webids, {"webId": webid}).status == 400
        write(quad)
        linked = somebody.post(webids, {"webId": webid})
        assert linked.status == 200, linked.text
        assert somebody.get(webids).json()["webIdLinks"] == {webid: linked.json()["resource"]}

    @pytest.mark.spec("Practice OP-23")
    def test_the_proof_of_one_account_is_none_for_another(self, world, somebody, elsewhere):
        name, other = fresh_name(), settled(world)
        webid = elsewhere.serve(name, "") + "#me"
        asked = [
            one.post(one.control("account", "webId"), {"webId": webid}) for one in (somebody, other)
        ]
        elsewhere.serve(name, asked[0].json()["details"]["quad"])
        assert other.post(other.control("account", "webId"), {"webId": webid}).status == 400
        assert somebody.post(somebody.control("account", "webId"), {"webId": webid}).status == 200

    @pytest.mark.spec("Practice OP-23")
    def test_who_may_write_a_profile_does_not_get_its_webid(self, somebody, ana):
        for _ in range(2):
            asked = somebody.post(somebody.control("account", "webId"), {"webId": ana.webid})
            told = asked.json()
            assert (asked.status, "details" in told) == (400, False)

    @pytest.mark.spec("Practice OP-23")
    def test_a_webid_of_a_pod_is_nobodys_once_the_pod_is_gone(self, world, owner_of_pod):
        other, made = settled(world), owner_of_pod.made
        webid, app = made["pod"] + "public/me#me", app_of(owner_of_pod)
        webids = other.control("account", "webId")
        quad = other.post(webids, {"webId": webid}).json()["details"]["quad"]
        named = f"{quad} <{webid}> <http://www.w3.org/ns/solid/terms#oidcIssuer> <{world.base}> ."
        assert app.put(made["pod"] + "public/me", named.encode()).status == 201
        assert other.post(webids, {"webId": webid}).status == 200
        script = app_of(other, webid)
        script.sign_in()
        assert owner_of_pod.delete(made["podResource"]).status == 200
        assert other.get(webids).json()["webIdLinks"] == {}
        settled(world).pod(made["pod"].split("/")[-2])
        with pytest.raises(AssertionError, match="invalid_client"):
            script.sign_in()

    @pytest.mark.spec("Practice OP-23")
    def test_nothing_is_fetched_before_a_proof_was_asked_for(self, somebody, elsewhere):
        before = elsewhere.connections
        webid = elsewhere.serve(fresh_name(), "") + "#me"
        somebody.post(somebody.control("account", "webId"), {"webId": webid})
        assert elsewhere.connections == before

    @pytest.mark.spec("Practice ACC-05")
    @pytest.mark.parametrize(
        "webid",
        ["", "me", "urn:x:y", "file:///etc/passwd", "https://", "https://a b/", "http://u@a/"],
    )
    def test_what_is_no_webid_is_not_linked(self, somebody, webid):
        assert somebody.post(somebody.control("account", "webId"), {"webId": webid}).status == 400


class TestCredentials:
    @pytest.mark.spec("Practice ACC-06")
    def test_a_script_acts_as_a_webid_of_its_account(self, owner_of_pod):
        made, all_ = owner_of_pod.made, owner_of_pod.control("account", "clientCredentials")
        told = owner_of_pod.post(all_, {"name": "token", "webId": made["webId"]}).json()
        assert told["id"].startswith("token")
        assert owner_of_pod.get(all_).json()["clientCredentials"] == {told["id"]: told["resource"]}
        shown = owner_of_pod.get(told["resource"]).json()
        assert (shown["id"], shown["webId"]) == (told["id"], made["webId"])
        assert told["secret"] not in owner_of_pod.get(told["resource"]).text
        app = App(told["id"], told["secret"], owner_of_pod.world.base + ".oidc/token", Key())
        assert app.get(made["pod"]).status == 200

    @pytest.mark.spec("Practice ACC-06")
    def test_credentials_are_taken_back(self, owner_of_pod):
        app, all_ = app_of(owner_of_pod), owner_of_pod.control("account", "clientCredentials")
        (resource,) = owner_of_pod.get(all_).json()["clientCredentials"].values()
        assert owner_of_pod.delete(resource).status == 200
        assert owner_of_pod.get(all_).json()["clientCredentials"] == {}
        assert owner_of_pod.delete(resource).status == 404
        with pytest.raises(AssertionError, match="invalid_client"):
            app.sign_in()

    @pytest.mark.spec("Practice ACC-06")
    def test_they_end_with_the_link_to_their_webid(self, owner_of_pod):
        app = app_of(owner_of_pod)
        assert owner_of_pod.delete(owner_of_pod.made["webIdResource"]).status == 200
        all_ = owner_of_pod.control("account", "clientCredentials")
        assert owner_of_pod.get(all_).json()["clientCredentials"] == {}
        with pytest.raises(AssertionError, match="invalid_client"):
            app.sign_in()

    @pytest.mark.spec("Practice ACC-06")
    def test_nobody_gets_credentials_for_the_webid_of_another(self, owner_of_pod, bob):
        all_ = owner_of_pod.control("account", "clientCredentials")
        assert owner_of_pod.post(all_, {"name": "token", "webId": bob.webid}).status == 400

    @pytest.mark.spec("Practice ACC-06")
    def test_a_script_may_act_as_a_webid_elsewhere_whose_document_says_so(
        self, ana, somebody, elsewhere, place
    ):
        name, issuer = fresh_name(), somebody.world.base
        webid = elsewhere.serve(name, "") + "#me"
        webids = somebody.control("account", "webId")
        quad = somebody.post(webids, {"webId": webid}).json()["details"]["quad"]
        elsewhere.serve(
            name, f"{quad} <{webid}> <http://www.w3.org/ns/solid/terms#oidcIssuer> <{issuer}>."
        )
        assert somebody.post(webids, {"webId": webid}).status == 200
        ana.put(place + "x", b"a", "text/plain")
        ana.grant(place + "x", rule(webid, "Read", "accessTo"))
        assert app_of(somebody, webid).get(place + "x").status == 200
