"""Which address names which resource, and that nothing else is reached by any spelling of it."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from agents import Person, World, acl, rule
from agents import world as serving
from answers import PIM, SOLID, links, said, values


@pytest.mark.spec("Practice HTTP-23")
def test_a_query_string_selects_no_other_resource(ana, place):
    assert ana.put(place + "x?a=1", b"a", "text/plain").headers["Location"] == place + "x"
    assert ana.get(place + "x?b=2").body == b"a"
    assert ana.get(place + "x?").body == b"a"


class TestAddresses:
    """Solid Protocol §13.1: one spelling of each address, and no way around its rules."""

    pytestmark = pytest.mark.spec("Solid Protocol §13.1 #apply-normalization-canonicalization")

    @pytest.mark.parametrize(
        ("written", "canonical"),
        [("%61b", "ab"), ("%7Ea", "~a"), ("%c3%a9", "%C3%A9"), ("a%3Db", "a=b")],
    )
    def test_two_spellings_are_one_resource(self, ana, place, written, canonical):
        assert ana.put(place + written, b"a", "text/plain").status == 201
        assert ana.put(place + canonical, b"b", "text/plain").status == 204
        assert ana.get(place + written).body == b"b"

    @pytest.mark.parametrize(
        "path", ["a%2Fb", "a%2fb", "%2e%2e/b", "a//b", "//", "a/./b", "a/../b", "%00", "a%zz", "%"]
    )
    def test_what_could_be_taken_for_another_is_400(self, ana, place, path):
        assert ana.call("PUT", place + path, {"Content-Type": "text/plain"}).status == 400

    @pytest.mark.parametrize("path", ["//kinds", "/./ana/", "/%61na/", "/ana%2F", "/../ana/", "/"])
    def test_no_spelling_leads_past_the_rules(self, world, ana, nobody, path):
        assert ana.get(ana.storage).status == 200
        answer = nobody.get(world.base.rstrip("/") + path)
        assert answer.status in {200, 400, 401, 404}
        assert (answer.status == 200) == (path == "/")


class TestPublicAddress:
    """The public address is configuration; nothing that a request claims changes it."""

    pytestmark = pytest.mark.spec("Practice HTTP-25")

    def test_another_host_is_refused(self, ana):
        answer = ana.get(ana.storage, {"Host": "pod.example"})
        assert answer.status == 400

    @pytest.mark.parametrize(
        "claimed",
        [
            {"Forwarded": "host=evil.example;proto=https"},
            {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
            {"X-Original-URL": "/bob/", "X-Rewrite-URL": "/bob/"},
        ],
        ids=["Forwarded", "X-Forwarded", "X-Original-URL"],
    )
    def test_forwarding_fields_are_not_believed(self, ana, claimed):
        answer = ana.get(ana.storage, claimed)
        assert answer.status == 200
        assert "evil.example" not in str(answer.repeated) + answer.text
        assert ana.storage in answer.text


@pytest.fixture(scope="module")
def by_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server whose pods have host names of their own."""
    folder = tmp_path_factory.mktemp("by-host") / "data"
    with serving(folder, pod_addresses="subdomain") as made:
        yield made
        assert not made.failures


@pytest.fixture(scope="module")
def alice(by_host: World) -> Person:
    return by_host.account("alice")


@pytest.fixture(scope="module")
def dave(by_host: World) -> Person:
    return by_host.account("dave")


@pytest.fixture(scope="module")
def stranger(by_host: World) -> Person:
    return Person("stranger", by_host.connection)


@pytest.mark.spec("Practice STO-11")
class TestHostNames:
    """Each pod at a host name of its own, which is an origin of its own in a browser."""

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-nonoverlapping")
    def test_each_storage_is_a_whole_host(self, by_host, alice, dave):
        host = by_host.base.partition("://")[2]
        assert alice.storage == f"http://alice.{host}"
        assert dave.storage == f"http://dave.{host}"
        assert {links(who.get(who.storage), "type")[-1] for who in (alice, dave)} == {
            PIM + "Storage"
        }

    def test_what_is_written_is_read_there_and_nowhere_else(self, by_host, alice, stranger):
        made = alice.put(alice.storage + "public/x", b"<> a <#Note> .")
        assert (made.status, made.headers["Location"]) == (201, alice.storage + "public/x")
        assert stranger.get(alice.storage + "public/x").status == 200
        for elsewhere in (by_host.base + "public/x", by_host.base + "alice/public/x"):
            assert stranger.get(elsewhere).status == 404

    def test_her_webid_her_issuer_and_her_description_are_found_by_links(
        self, by_host, alice, stranger
    ):
        assert alice.webid == alice.storage + "profile/card#me"
        card = said(stranger.get(alice.webid.partition("#")[0]), alice.webid)
        assert values(card, alice.webid, SOLID + "oidcIssuer") == {by_host.base}
        assert values(card, alice.webid, PIM + "storage") == {alice.storage}
        (description,) = links(stranger.get(alice.storage), SOLID + "storageDescription")
        address = urljoin(alice.storage, description)
        assert address.startswith(alice.storage)
        assert stranger.get(address).status == 200

    def test_the_servers_own_addresses_are_at_its_own_host_only(self, by_host, alice, stranger):
        for path in ("", "ns/selfdata", ".well-known/openid-configuration", ".oidc/jwks"):
            assert stranger.get(by_host.base + path).status == 200
            assert stranger.get(alice.storage + path).status in {401, 404}

    def test_somebody_with_a_pod_here_is_let_into_another(self, alice, dave):
        assert dave.get(alice.storage + "shared/").status == 403
        assert alice.put(alice.storage + "shared/").status == 201
        alice.grant(
            alice.storage + "shared/", rule(alice.webid, "Read Control"), rule(dave.webid, "Read")
        )
        assert dave.get(alice.storage + "shared/").status == 200

    def test_a_group_in_another_pod_is_read_without_the_network(self, alice, dave):
        group = dave.storage + "public/group"
        text = f"<{group}> <http://www.w3.org/2006/vcard/ns#hasMember> <{dave.webid}> ."
        assert dave.put(group, text.encode()).status == 201
        assert alice.put(alice.storage + "club/").status == 201
        rules = acl(
            alice.storage + "club/",
            rule(alice.webid, "Read Control"),
            rule(f"acl:agentGroup <{group}>", "Read"),
        )
        assert alice.put(alice.storage + "club/.acl", rules).status == 201
        assert dave.get(alice.storage + "club/").status == 200

    def test_a_token_goes_no_further_than_its_proof(self, alice, dave):
        # The path is the same in both pods; the host is part of what the proof is for.
        signed = alice.app.headers("GET", alice.storage + "profile/card")
        assert alice.get(alice.storage + "profile/card", signed).status == 200
        signed = alice.app.headers("GET", alice.storage + "profile/card")
        assert alice.get(dave.storage + "profile/card", signed).status == 401

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
    def test_a_host_without_a_pod_is_404(self, by_host, stranger, method):
        answer = stranger.call(method, by_host.base.replace("://", "://nobody."))
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")

    @pytest.mark.spec("Practice HTTP-25")
    @pytest.mark.parametrize("host", ["{host}.evil.example", "a.alice.{host}", "alice.{name}", "."])
    def test_a_host_of_nobody_here_is_400(self, by_host, stranger, host):
        own = by_host.base.split("/")[2]
        named = host.format(host=own, name=own.partition(":")[0])
        answer = stranger.get(by_host.base, {"Host": named})
        assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")

    def test_a_page_runs_in_the_origin_of_its_pod(self, alice):
        page = b"<!doctype html><title>Alice</title><script>1</script>"
        assert alice.put(alice.storage + "public/page", page, "text/html").status == 201
        answer = alice.get(alice.storage + "public/page")
        assert "Content-Security-Policy" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.spec("Practice X-30")
class TestItself:
    """What lies here is read without the network; this server is never asked by itself."""

    @pytest.fixture
    def group(self, bob: Person, world: World) -> str:
        address = f"{bob.storage}public/group{next(world.numbers)}"
        text = f"<{address}> <http://www.w3.org/2006/vcard/ns#hasMember> <{bob.webid}> ."
        assert bob.put(address, text.encode()).status == 201
        return address

    def requests(self, world: World) -> int:
        """How many there were since this was asked for the last time."""
        found = 0
        while not world.busy.empty():
            found += world.busy.get() == 1
        return found

    @pytest.mark.parametrize(
        ("spelling", "status"),
        [("localhost", 200), ("127.0.0.1", 403), ("LOCALHOST", 403), ("[::1]", 403)],
    )
    def test_a_group_here_counts_by_the_name_of_the_server(
        self, world, ana, bob, place, group, spelling, status
    ):
        named = group.replace("localhost", spelling)
        rules = (rule(ana.webid, "Read Write Control"), rule(f"acl:agentGroup <{named}>", "Read"))
        assert ana.put(place).status == 201
        ana.grant(place, *rules)
        self.requests(world)
        assert bob.get(place).status == status
        assert self.requests(world) == 1
