"""A server behind proxies: whose word it takes, for which host and by which scheme."""

from collections.abc import Iterator

import pytest
from agents import Person, World
from agents import world as serving

BASE = "https://pod.example/"
APP = "https://app.example"


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server with a public address elsewhere, and a proxy in front of it on this machine."""
    folder = tmp_path_factory.mktemp("trusting") / "data"
    proxies = ("127.0.0.1", "10.0.0.0/8")
    with serving(folder, base_url=BASE, pod_addresses="subdomain", trusted_proxies=proxies) as made:
        made.account("alice")
        yield made
        assert not made.failures


@pytest.fixture(scope="module")
def doubting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same, but the proxy that is trusted is another."""
    folder = tmp_path_factory.mktemp("doubting") / "data"
    with serving(folder, base_url=BASE, trusted_proxies=("10.0.0.0/8",)) as made:
        yield made
        assert not made.failures


def at(world: World) -> Person:
    return Person("somebody", world.connection)


def asked(world: World, fields: dict[str, str], path: str = "", method: str = "GET"):
    return at(world).call(method, BASE + path, fields)


FORWARDED = {
    "Forwarded": lambda host, proto: {"Forwarded": f'for=203.0.113.9;host="{host}";proto={proto}'},
    "X-Forwarded": lambda host, proto: {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": proto,
    },
}
each_kind = pytest.mark.parametrize("said", FORWARDED.values(), ids=FORWARDED)


@pytest.mark.spec("Practice HTTP-25")
class TestTrusted:
    @each_kind
    def test_the_host_is_what_the_proxy_says(self, trusting, said):
        inner = {"Host": "10.1.2.3:3000", **said("alice.pod.example", "https")}
        assert asked(trusting, inner, "profile/card").status == 200
        assert (
            asked(trusting, {**inner, **said("pod.example", "https")}, "ns/selfdata").status == 200
        )

    @each_kind
    def test_a_host_of_nobody_here_is_refused_all_the_same(self, trusting, said):
        assert asked(trusting, said("evil.example", "https")).status == 400
        assert asked(trusting, said("bob.pod.example", "https")).status == 404

    def test_without_a_word_the_host_is_what_was_asked_for(self, trusting):
        assert asked(trusting, {"X-Forwarded-Proto": "https"}).status == 200
        assert asked(trusting, {"Host": "10.1.2.3:3000"}).status == 400

    @pytest.mark.parametrize(
        "fields",
        [
            {"Forwarded": "for="},
            {"Forwarded": "for=somewhere"},
            {"Forwarded": 'host="pod.example'},
            {"Forwarded": "proto=gopher"},
            {"X-Forwarded-For": "here"},
            {"Forwarded": "for=6.6.6.6", "X-Forwarded-For": "203.0.113.9"},
        ],
        ids=str,
    )
    def test_what_cannot_be_read_is_400(self, trusting, fields):
        answer = asked(trusting, fields)
        assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")

    def test_what_clients_write_before_the_proxy_counts_for_nothing(self, trusting):
        forged = {"X-Forwarded-For": "10.6.6.6, 203.0.113.9", "X-Forwarded-Proto": "https, http"}
        assert asked(trusting, forged).status == 301
        assert asked(trusting, {**forged, "X-Forwarded-Proto": "http, https"}).status == 200


@pytest.mark.spec("Solid Protocol §2.1 #server-tls-https-redirect")
class TestRedirect:
    """Solid Protocol §2.1: http is answered with 301 and the https address."""

    @each_kind
    @pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"])
    @pytest.mark.parametrize(
        ("host", "path"),
        [
            ("pod.example", ""),
            ("pod.example", "ns/selfdata?x=%20"),
            ("alice.pod.example", "private/%C3%A9?a=b&c"),
        ],
    )
    def test_whatever_is_asked(self, trusting, said, method, host, path):
        answer = asked(trusting, {"Origin": APP, **said(host, "http")}, path, method)
        assert (answer.status, answer.body) == (301, b"")
        assert answer.headers["Location"] == f"https://{host}/{path}"
        assert answer.headers["Access-Control-Allow-Origin"] == APP
        assert "Location" in answer.headers["Access-Control-Expose-Headers"]

    def test_also_of_what_is_not_there(self, trusting):
        answer = asked(trusting, FORWARDED["Forwarded"]("nobody.pod.example", "http"), "x")
        assert (answer.status, answer.headers["Location"]) == (301, "https://nobody.pod.example/x")

    def test_but_never_to_another_server(self, trusting):
        answer = asked(trusting, FORWARDED["Forwarded"]("evil.example", "http"), "x")
        assert answer.status == 400
        assert "Location" not in answer.headers
        answer = asked(trusting, FORWARDED["Forwarded"]("pod.example", "http"), "/evil.example/x")
        assert answer.headers["Location"] == "https://pod.example//evil.example/x"

    def test_a_preflight_is_not_let_through_to_what_would_be_sent_in_the_clear(self, trusting):
        fields = {
            "Origin": APP,
            "Access-Control-Request-Method": "PUT",
            "X-Forwarded-Proto": "http",
        }
        assert asked(trusting, fields, "x", "OPTIONS").status == 301


@pytest.mark.spec("Practice HTTP-25")
class TestNobodyElse:
    @each_kind
    def test_no_other_peer_is_believed(self, doubting, said):
        assert asked(doubting, said("evil.example", "http")).status == 200
        assert (
            asked(doubting, {"Host": "evil.example", **said("pod.example", "https")}).status == 400
        )

    def test_nor_what_it_writes_is_even_read(self, doubting):
        assert (
            asked(doubting, {"Forwarded": "for=;;;", "X-Forwarded-Proto": "gopher"}).status == 200
        )
