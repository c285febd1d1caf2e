"""Accounts come and go whole; rights are given and taken back, to people and to their apps."""

from base64 import b64encode

import pytest
from agents import Person, World, rule
from client import Key

from acl import Condition, ConditionKind, Mode, Rule, Scope
from pod.flows.credentials import create_credentials
from pod.flows.provision import create_account, delete_account
from pod.flows.share import accept, share, unshare
from pod.problems import Conflict, Malformed, NotFound

FULL = "Read Write Control"
PASSWORD = "a good password"  # noqa: S105 - made up


class TestAccounts:
    """All of an account, or nothing of it."""

    @pytest.mark.parametrize(
        ("name", "email", "password", "problem"),
        [
            pytest.param("ana", "new@example.org", PASSWORD, Conflict, id="name taken"),
            pytest.param("new", "ana@example.org", PASSWORD, Conflict, id="e-mail taken"),
            pytest.param("new", "ANA@example.org", PASSWORD, Conflict, id="e-mail in capitals"),
            pytest.param("ns", "new@example.org", PASSWORD, Conflict, id="the server's own"),
            pytest.param("New", "new@example.org", PASSWORD, Malformed, id="capitals"),
            pytest.param("../new", "new@example.org", PASSWORD, Malformed, id="a path"),
            pytest.param("-new", "new@example.org", PASSWORD, Malformed, id="hyphen first"),
            pytest.param("", "new@example.org", PASSWORD, Malformed, id="no name"),
            pytest.param(".well-known", "new@example.org", PASSWORD, Malformed, id="a dot"),
            pytest.param("new", "example.org", PASSWORD, Malformed, id="no e-mail"),
            pytest.param("new", "new@example.org", "short", Malformed, id="short password"),
        ],
    )
    def test_what_cannot_be_leaves_nothing_behind(self, world, ana, name, email, password, problem):
        assert ana.get(ana.storage).status == 200
        pods = world.server.pods.names()
        with pytest.raises(problem):
            world.run(create_account(name, email, password, world.server))
        assert world.server.pods.names() == pods
        known = world.run(
            world.server.accounts.read(
                lambda tables: tables.passwords.find(email="new@example.org")
            )
        )
        assert known is None

    def test_one_that_is_deleted_leaves_nothing_and_its_apps_get_nothing(self, world, nobody):
        gone = world.fresh()
        gone.put(gone.storage + "x", b"a" * 300_000, "text/plain")
        folder = world.server.config.data / "pods" / gone.name
        assert folder.exists()
        world.run(delete_account(gone.name, world.server))
        assert not folder.exists()
        assert nobody.get(gone.storage + "profile/card").status == 404
        assert gone.get(gone.storage + "x").status == 404
        headers = {
            "Authorization": "Basic "
            + b64encode(f"{gone.app.iri}:{gone.app.secret}".encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
            "DPoP": Key().proof("POST", gone.app.token_endpoint),
        }
        asked = nobody.call(
            "POST", gone.app.token_endpoint, headers, b"grant_type=client_credentials"
        )
        assert (asked.status, asked.json()["error"]) == (401, "invalid_client")

    def test_who_comes_after_has_nothing_of_who_went(self, world, bob):
        first = world.fresh()
        first.put(first.storage + "x", b"old", "text/plain")
        first.grant(first.storage, rule(first.webid, FULL), rule(bob.webid, "Read"))
        tag = bob.get(first.storage + "x").headers["ETag"]
        world.run(delete_account(first.name, world.server))
        second = world.account(first.name)
        assert second.get(second.storage + "x").status == 404
        assert bob.get(second.storage + "x").status == 403
        assert second.put(second.storage + "x", b"new", "text/plain").headers["ETag"] != tag

    def test_of_no_account_nothing_is_deleted_and_no_credentials_are_made(self, world):
        with pytest.raises(NotFound):
            world.run(delete_account("none", world.server))
        with pytest.raises(NotFound):
            world.run(create_credentials("none", "label", world.server))


def given(who: Person | None, modes: Mode, client: str | None = None) -> Rule:
    values = frozenset() if client is None else frozenset({client})
    only = Condition(kind=ConditionKind.CLIENT, values=values)
    return Rule(
        scope=Scope.ACCESS_TO,
        modes=modes,
        agents=frozenset({who.webid}) if who else frozenset(),
        public=who is None,
        conditions=() if client is None else (only,),
    )


class TestSharing:
    """At the owner's own machine; what comes of it over HTTP."""

    def test_to_a_person_and_back(self, world, owner, bob, carol):
        url, pod = owner.storage + "c/x", world.pod(owner.name)
        owner.put(url, b"a", "text/plain")
        seen = [bob.get(url).status]
        world.run(share("/c/", (given(bob, Mode.READ),), pod))
        seen.append(bob.get(url).status)
        assert (bob.put(url).status, carol.get(url).status) == (403, 403)
        assert owner.put(url, b"b", "text/plain").status == 204
        world.run(unshare("/c/", bob.webid, None, pod))
        assert [*seen, bob.get(url).status] == [403, 200, 403]
        assert owner.get(url).status == 200

    def test_a_container_that_is_not_there_yet_is_made(self, world, owner, bob):
        world.run(share("/new/er/", (given(bob, Mode.WRITE),), world.pod(owner.name)))
        assert bob.put(owner.storage + "new/er/x").status == 201
        assert bob.put(owner.storage + "new/x").status == 403

    def test_to_everyone(self, world, owner, nobody):
        url = owner.storage + "c/x"
        owner.put(url)
        world.run(share("/c/", (given(None, Mode.READ),), world.pod(owner.name)))
        assert nobody.get(url).status == 200

    @pytest.mark.parametrize(
        ("path", "problem"),
        [("/none", Conflict), ("/a//b/", Malformed), ("/../x/", Malformed), ("/x.acl/", Conflict)],
    )
    def test_what_is_nothing_cannot_be_shared(self, world, owner, bob, path, problem):
        before = world.state(owner.name)
        with pytest.raises(problem):
            world.run(share(path, (given(bob, Mode.READ),), world.pod(owner.name)))
        assert world.state(owner.name) == before

    def test_an_agent_that_no_document_can_name_is_refused(self, world, owner):
        before = world.state(owner.name)
        nobody = Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, agents=frozenset({"not an iri"}))
        with pytest.raises(Malformed):
            world.run(share("/c/", (nobody,), world.pod(owner.name)))
        assert world.state(owner.name) == before

    def test_to_an_organisation_that_may_add_and_see_nothing(self, world, owner, bob):
        world.run(accept(bob.webid, "energy", world.pod(owner.name)))
        for path in ("data/energy/", "imports/", "history/"):
            assert bob.get(owner.storage + path).status == 403
            assert bob.post(owner.storage + path).status == 201
        assert bob.post(owner.storage + "data/").status == 403
        assert bob.post(owner.storage + "data/bank/").status == 403


@pytest.mark.spec("WAC §4.4.1 #acl-client")
class TestAppsOfTheOwner:
    """An app acts for the owner; what the rules give it is its own."""

    @pytest.fixture
    def budget(self, world: World, owner: Person) -> Person:
        return world.app(owner.name, "budget")

    @pytest.fixture
    def heating(self, world: World, owner: Person) -> Person:
        return world.app(owner.name, "heating")

    def limited(self, owner: Person, budget: Person) -> str:
        """A container that the owner's data is in, for one app to read and her own to do all."""
        url = owner.storage + "data/bank/"
        owner.put(url + "x", b"a", "text/plain")
        mine = f"a acl:ClientCondition ; acl:client <{owner.app.iri}>"
        theirs = f"a acl:ClientCondition ; acl:client <{budget.app.iri}>"
        owner.grant(owner.storage, rule(owner.webid, FULL, when=mine))
        owner.grant(url, rule(owner.webid, FULL, when=mine), rule(owner.webid, "Read", when=theirs))
        return url + "x"

    def test_one_reads_and_the_other_does_not(self, owner, budget, heating):
        url = self.limited(owner, budget)
        assert [app.get(url).status for app in (owner, budget, heating)] == [200, 200, 403]
        assert [app.put(url).status for app in (owner, budget, heating)] == [204, 403, 403]

    def test_none_changes_rules_that_leave_it_out(self, owner, budget, heating):
        url = self.limited(owner, budget)
        for app in (budget, heating):
            for path in (url + ".acl", owner.storage + "data/bank/.acl", owner.storage + ".acl"):
                assert app.get(path).status == 403
                assert app.put(path).status == 403
                assert app.delete(path).status in {403, 405}
        assert owner.get(owner.storage + ".acl").status == 200

    def test_a_query_sees_the_same(self, owner, budget, heating):
        url = self.limited(owner, budget)
        owner.put(url, b"<> a <https://vocabulary.example/Account> .")
        text = b"ASK { ?x a <https://vocabulary.example/Account> }"
        endpoint = owner.storage + ".well-known/sparql"
        seen = [
            app.post(endpoint, text, "application/sparql-query").json()["boolean"]
            for app in (owner, budget, heating)
        ]
        assert seen == [True, True, False]

    def test_sharing_with_an_app_and_taking_it_back(self, world, owner, budget, heating):
        url = self.limited(owner, budget)
        pod, me = world.pod(owner.name), owner
        world.run(share("/data/bank/", (given(me, Mode.READ, heating.app.iri),), pod))
        assert [app.get(url).status for app in (budget, heating)] == [200, 200]
        world.run(unshare("/data/bank/", None, budget.app.iri, pod))
        assert [app.get(url).status for app in (budget, heating)] == [403, 200]
        world.run(unshare("/data/bank/", owner.webid, heating.app.iri, pod))
        assert [app.get(url).status for app in (owner, budget, heating)] == [200, 403, 403]

    def test_at_her_own_machine_the_owner_gets_back_in(self, world, owner, budget):
        url = owner.storage + "x"
        owner.put(url, b"a", "text/plain")
        owner.grant(url, rule(budget.webid, "Read", "accessTo", "a acl:ClientCondition"))
        assert owner.get(url).status == 403
        world.run(share("/x", (given(owner, Mode.READ),), world.pod(owner.name)))
        assert owner.get(url).status == 200
