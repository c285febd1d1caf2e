"""CORS (Solid Protocol §8.1): an app in a web page of any origin asks, and reads every answer."""

import json

import pytest
from agents import EVERYONE, Person, exchange, rule
from answers import links, listed
from client import Answer

APP = "https://app.example"
FROM_APP = {"Origin": APP}
LARGE = bytes(range(256)) * 2048
OPENID = ".well-known/openid-configuration"
# What is of one connection; what lets the rest be read need not be read itself.
NOT_READ = {"Connection", "Transfer-Encoding", "Keep-Alive"}
kind_of_resource = pytest.mark.parametrize(
    "kind",
    ["container", "document", "picture", "acl", "description", "root", "storage description"],
)


def assert_shared(answer: Answer, origin: str = APP) -> None:
    """An answer that a browser gives to an app of the origin, all of it."""
    assert answer.all("Access-Control-Allow-Origin") == [origin]
    assert answer.all("Access-Control-Allow-Credentials") == ["true"]
    assert "Origin" in listed(answer, "Vary")
    assert len(answer.all("Vary")) == 1
    assert listed(answer, "Access-Control-Allow-Headers") > {"Authorization", "DPoP"}
    exposed = listed(answer, "Access-Control-Expose-Headers")
    assert "*" not in exposed
    sent = {name for name, _ in answer.repeated if not name.startswith("Access-Control-")}
    assert sent - exposed - NOT_READ == set()


def preflight(who: Person, url: str, method: str, names: str = "") -> Answer:
    asked = {**FROM_APP, "Access-Control-Request-Method": method}
    return who.options(url, {**asked, "Access-Control-Request-Headers": names} if names else asked)


TOO_LARGE = b" " * (10 * 1024 * 1024 + 1)
RDF = "text/turtle"
TEXT = "text/plain"


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.spec("Solid Protocol §8.1 #server-cors-access-control-headers")
@pytest.mark.spec("Solid Protocol §8.1 #server-cors-aceh")
@pytest.mark.spec("Solid Protocol §8.1 #server-cors-enumerate")
@pytest.mark.parametrize(
    ("status", "method", "path", "headers", "body"),
    [
        (200, "GET", "", {}, None),
        (200, "GET", "note", {}, None),
        (200, "HEAD", "note", {}, None),
        (200, "GET", "note.acl", {}, None),
        (200, "GET", "film", {}, None),
        (200, "HEAD", "film", {}, None),
        (200, "GET", "page", {}, None),
        (200, "GET", "listing", {"Accept": "application/n-triples"}, None),
        (201, "PUT", "new", {"Content-Type": TEXT}, b"a"),
        (201, "POST", "", {"Content-Type": TEXT}, b"a"),
        (204, "PUT", "note", {"Content-Type": RDF}, b""),
        (205, "DELETE", "note", {}, None),
        (204, "OPTIONS", "note", {}, None),
        (206, "GET", "film", {"Range": "bytes=1-2"}, None),
        (304, "GET", "note", {"If-None-Match": "*"}, None),
        (400, "PUT", "new", {}, b"a"),
        (400, "GET", "%2F", {}, None),
        (400, "GET", "note", {"Host": "other.example"}, None),
        (401, "GET", "note", {"Authorization": "DPoP a.b.c"}, None),
        (403, "POST", "", {"Content-Type": TEXT, "Slug": "x.acl"}, b"a"),
        (404, "GET", "none", {}, None),
        (405, "POST", "note", {"Content-Type": TEXT}, b"a"),
        (405, "PROPFIND", "note", {}, None),
        (406, "GET", "note", {"Accept": "image/png"}, None),
        (409, "DELETE", "", {}, None),
        (412, "PUT", "note", {"Content-Type": RDF, "If-None-Match": "*"}, b""),
        (413, "PUT", "new", {"Content-Type": RDF}, TOO_LARGE),
        (415, "PUT", "note.acl", {"Content-Type": TEXT}, b"a"),
        (416, "GET", "film", {"Range": "bytes=999999999-"}, None),
    ],
)
def test_every_answer_is_shared_with_the_origin_that_asks(
    ana, place, status, method, path, headers, body
):
    ana.put(place + "note", b"<> a <#Note> .")
    ana.grant(place + "note", rule(ana.webid, "Read Write Control", "accessTo"))
    ana.put(place + "film", LARGE, "video/mp4")
    ana.put(place + "page", b"<p>", "text/html")
    ana.put(place + "listing", "".join(f"<#{n}> a <#Much> ." for n in range(5000)).encode())
    answer = ana.call(method, place + path, {**headers, **FROM_APP}, body)
    assert answer.status == status
    assert_shared(answer)


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
def test_the_servers_own_fault_is_shared_too(world):
    owner = world.fresh()
    owner.put(owner.storage + "film", LARGE, "video/mp4")
    blobs = world.server.config.data / "pods" / owner.name / "blobs"
    for file in [file for file in blobs.rglob("*") if file.is_file()]:
        file.unlink()
    answer = owner.get(owner.storage + "film", FROM_APP)
    assert answer.status == 500
    assert_shared(answer)
    assert len(world.failures) == 1
    world.failures.clear()


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.parametrize("path", ["", "none", "ana", "ns/", OPENID, ".oidc/jwks", ".oidc/token"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_so_is_every_answer_outside_of_pods(world, nobody, path, method):
    assert_shared(nobody.call(method, world.base + path, FROM_APP))


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.parametrize(
    "line", ["GET  HTTP/1.1", f"GET /?query={'x' * 9000} HTTP/1.1"], ids=["no target", "too long"]
)
def test_what_cannot_be_read_as_http_is_shared_with_all(world, line):
    # Nor can its Origin be read. Without credentials, which is how browsers ask by themselves.
    answer = exchange(world, line, f"Origin: {APP}")
    assert answer.split(b" ", 2)[1] == b"400"
    assert b"\r\nAccess-Control-Allow-Origin: *\r\n" in answer
    assert b"Access-Control-Allow-Credentials" not in answer


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.parametrize("origin", ["null", "http://localhost:5173", "app://obsidian.md"])
def test_any_origin_is_answered_with_itself(ana, kinds, origin):
    assert_shared(ana.get(kinds["document"], {"Origin": origin}), origin)


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
def test_each_origin_is_answered_with_its_own(ana, kinds):
    origins = [APP, "https://other.example", None, APP]
    answers = [
        ana.get(kinds["document"], {} if origin is None else {"Origin": origin})
        for origin in origins
    ]
    assert [a.headers["Access-Control-Allow-Origin"] for a in answers] == origins
    assert len({a.body for a in answers}) == 1
    assert all("Origin" in listed(answer, "Vary") for answer in answers)


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-acao-vary")
@pytest.mark.parametrize(
    "sent", [{}, {"Origin": "no origin"}, {"Origin": "*"}, {"Origin": APP + "/"}]
)
def test_without_a_valid_origin_there_is_nothing_but_vary(ana, kinds, sent):
    for url in (kinds["document"], kinds["container"] + "none"):
        answer = ana.get(url, sent)
        assert "Origin" in listed(answer, "Vary")
        assert not any(name.startswith("Access-Control-") for name, _ in answer.repeated)


@pytest.mark.spec("WAC §5.3.5 #server-cors-aceh-wac-allow")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@kind_of_resource
def test_an_app_may_read_what_it_is_allowed(ana, kinds, method, kind):
    answer = ana.call(method, kinds[kind], FROM_APP)
    assert "WAC-Allow" in answer.headers
    assert "WAC-Allow" in listed(answer, "Access-Control-Expose-Headers")


@pytest.mark.spec("WAC §5.3.3 #server-cors-acao-acah")
@kind_of_resource
def test_whoever_is_let_in_is_told_what_to_send(ana, kinds, kind):
    answer = ana.get(kinds[kind], FROM_APP)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    assert {"Authorization", "DPoP"} <= listed(answer, "Access-Control-Allow-Headers")


@pytest.mark.spec("Solid Protocol §8.1 #cors-server")
@pytest.mark.spec("Solid Protocol §8.1 #cors-protocol-blocking")
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
def test_who_is_not_let_in_is_told_by_the_status(kinds, bob, nobody, method):
    for who, status in ((nobody, 401), (bob, 403)):
        answer = who.call(method, kinds["document"], {"Content-Type": RDF, **FROM_APP})
        assert answer.status == status
        assert_shared(answer)
        assert_shared(who.call(method, kinds["container"] + "none", FROM_APP))


class TestPreflight:
    """What a browser asks before it sends what an app wants to be sent (Fetch §3.3.2)."""

    @pytest.mark.spec("Solid Protocol §8.1 #server-cors-options")
    @pytest.mark.parametrize(
        "method", ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "PROPFIND"]
    )
    @kind_of_resource
    def test_anybody_is_answered_without_a_body(self, kinds, nobody, kind, method):
        answer = preflight(nobody, kinds[kind], method, "authorization, dpop, x-custom")
        assert (answer.status, answer.body) == (204, b"")
        assert answer.headers["Access-Control-Allow-Origin"] == APP
        assert answer.headers["Access-Control-Allow-Headers"] == "authorization, dpop, x-custom"
        assert method in listed(answer, "Access-Control-Allow-Methods")
        assert "ETag" in listed(answer, "Access-Control-Expose-Headers")
        assert "Origin" in listed(answer, "Vary")
        assert not {"Content-Type", "WWW-Authenticate"} & {name for name, _ in answer.repeated}

    @pytest.mark.spec("Solid Protocol §8.1 #server-cors-options")
    @pytest.mark.parametrize(
        "path",
        [
            "",
            "none",
            "none/none",
            "ana/none/at/all/",
            "ana/none.acl",
            "ana/x.meta",
            "ana/%2F",
            "ana/.well-known/sparql",
            "ana/.well-known/deposit",
            "ana/.well-known/none",
            OPENID,
            ".oidc/jwks",
            ".oidc/token",
            "ns/selfdata",
        ],
    )
    def test_at_every_address_of_the_server(self, world, ana, nobody, path):
        assert ana.storage == world.base + "ana/"
        answer = preflight(nobody, world.base + path, "POST", "dpop")
        assert (answer.status, answer.body) == (204, b"")
        assert answer.headers["Access-Control-Allow-Headers"] == "dpop"
        assert "POST" in listed(answer, "Access-Control-Allow-Methods")
        exposed = listed(answer, "Access-Control-Expose-Headers")
        assert {"WAC-Allow", "WWW-Authenticate"} <= exposed

    @pytest.mark.spec("Solid Protocol §8.1 #server-cors-options")
    @pytest.mark.parametrize(
        "sent",
        [
            pytest.param({"Authorization": "DPoP a.b.c", "DPoP": "no"}, id="a bad token"),
            pytest.param({"Content-Type": "no type"}, id="a bad type"),
            pytest.param({"If-Match": '"no"'}, id="a condition"),
            pytest.param({"Accept": "image/png"}, id="a wish"),
        ],
    )
    def test_before_anything_else_is_looked_at(self, kinds, nobody, sent):
        asked = {**FROM_APP, "Access-Control-Request-Method": "PUT", **sent}
        assert nobody.options(kinds["document"], asked).status == 204

    @pytest.mark.spec("Solid Protocol §8.1 #server-cors-options")
    def test_without_waiting_for_a_body(self, world, ana):
        answer = exchange(
            world,
            "OPTIONS /ana/x HTTP/1.1",
            f"Origin: {APP}",
            "Access-Control-Request-Method: PUT",
            "Content-Length: 1000000",
            until=b"\r\n",
        )
        assert ana.storage.endswith("/ana/")
        assert answer.startswith(b"HTTP/1.1 204 ")

    @pytest.mark.spec("Solid Protocol §8.1 #server-cors-accept-acah")
    @pytest.mark.parametrize(
        ("names", "found"), [("accept, dpop", True), ("X-Custom, Content-Type", False), ("", False)]
    )
    def test_accept_is_listed_when_it_is_asked_for(self, kinds, nobody, names, found):
        answer = preflight(nobody, kinds["document"], "GET", names)
        allowed = {name.lower() for name in listed(answer, "Access-Control-Allow-Headers")}
        assert ("accept" in allowed) is found

    @pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-description")
    @pytest.mark.parametrize(
        "kind", ["container", "document", "acl", "description", "storage description"]
    )
    def test_what_any_options_says_is_said_too(self, kinds, ana, nobody, kind):
        plain, asked = nobody.options(kinds[kind]), preflight(nobody, kinds[kind], "PUT")
        assert listed(asked, "Allow") == listed(plain, "Allow")
        assert asked.all("Link") == plain.all("Link")
        relation = "http://www.w3.org/ns/solid/terms#storageDescription"
        assert links(asked, relation) == [ana.storage + ".well-known/solid"]

    @pytest.mark.spec("Practice COR-11")
    def test_it_need_not_be_asked_again_for_a_while(self, kinds, nobody):
        answer = preflight(nobody, kinds["document"], "PUT")
        assert int(answer.headers["Access-Control-Max-Age"]) > 3600

    def test_nothing_is_written_into_the_journal(self, world, ana, nobody, place):
        before = world.journal(ana.name)
        preflight(nobody, place + "x", "PUT")
        assert world.journal(ana.name) == before


@pytest.mark.spec("Solid Protocol §5.2 #server-safe-methods")
@pytest.mark.spec("Solid Protocol §4.1 #server-storage-description")
@pytest.mark.spec("Solid Protocol §5.2 #server-accept-headers")
@pytest.mark.parametrize("sent", [{}, FROM_APP], ids=["of no origin", "of an origin"])
def test_options_that_is_no_preflight_says_what_can_be_done(ana, nobody, kinds, sent):
    answer = nobody.options(kinds["container"], sent)
    assert (answer.status, answer.body) == (204, b"")
    assert {"Allow", "Accept-Post", "Accept-Put", "Accept-Patch"} <= {n for n, _ in answer.repeated}
    assert links(answer, "acl") == [kinds["container"] + ".acl"]
    relation = "http://www.w3.org/ns/solid/terms#storageDescription"
    assert links(answer, relation) == [ana.storage + ".well-known/solid"]
    assert "Access-Control-Allow-Methods" not in answer.headers


class TestCredentials:
    """They may come along, as libraries have it; and cookies are none."""

    @pytest.mark.spec("Practice COR-06")
    @pytest.mark.parametrize("path", [OPENID, "ana/", "none"])
    def test_no_wildcard_goes_with_them(self, world, nobody, path):
        answer = nobody.get(world.base + path, FROM_APP)
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        crossing = [v for name, v in answer.repeated if name.startswith("Access-Control-")]
        assert not any("*" in value for value in crossing)

    @pytest.mark.spec("Practice COR-06")
    @pytest.mark.spec("Solid Protocol §13.1 #cors-untrusted-origins-ignore-cookies")
    @pytest.mark.parametrize("name", ["Authorization", "session", "token", "access_token"])
    @pytest.mark.parametrize("sent", [{}, FROM_APP], ids=["of no origin", "of an origin"])
    def test_a_cookie_signs_nobody_in(self, ana, nobody, kinds, name, sent):
        signed = ana.app.headers("GET", kinds["document"])
        token = signed["Authorization"].removeprefix("DPoP ")
        cookies = {"Cookie": f'{name}={token}; DPoP="{signed["DPoP"]}"', "DPoP": signed["DPoP"]}
        assert nobody.get(kinds["document"], {**cookies, **sent}).status == 401

    @pytest.mark.spec("Solid Protocol §13.1 #cors-untrusted-origins-ignore-cookies")
    def test_no_cookie_is_ever_set(self, world, ana, nobody, kinds):
        urls = [*kinds.values(), world.base, world.base + OPENID]
        asked = [who.get(url, FROM_APP) for who in (ana, nobody) for url in urls]
        assert not any(answer.all("Set-Cookie") for answer in asked)


class TestPublicDocuments:
    """COR-09: what an app reads before anybody has signed in."""

    @pytest.mark.spec("Practice COR-09")
    @pytest.mark.parametrize("path", [OPENID, ".oidc/jwks", "ns/selfdata", "ns/selfdata/shapes"])
    def test_without_an_origin_they_are_for_all(self, world, nobody, path):
        answer = nobody.get(world.base + path)
        assert answer.all("Access-Control-Allow-Origin") == ["*"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in listed(answer, "Vary")

    @pytest.mark.spec("Practice COR-09")
    @pytest.mark.parametrize("path", [OPENID, ".oidc/jwks", "ns/selfdata", "ns/selfdata/shapes"])
    def test_with_one_they_are_for_it(self, world, nobody, path):
        answer = nobody.get(world.base + path, FROM_APP)
        assert answer.status == 200
        assert_shared(answer)
        known = {"If-None-Match": answer.headers.get("ETag", ""), **FROM_APP}
        assert_shared(nobody.get(world.base + path, known))

    @pytest.mark.spec("Practice COR-09")
    def test_an_app_can_fetch_a_token_and_read_why_not(self, world, nobody):
        form = {"Content-Type": "application/x-www-form-urlencoded", **FROM_APP}
        told = nobody.call(
            "POST", world.base + ".oidc/token", form, b"grant_type=client_credentials"
        )
        assert told.status in {400, 401}
        assert "error" in json.loads(told.body)
        assert_shared(told)

    @pytest.mark.spec("Practice COR-09")
    def test_the_storage_description_is_one(self, nobody, kinds):
        answer = nobody.get(kinds["storage description"], FROM_APP)
        assert answer.status == 200
        assert_shared(answer)


@pytest.mark.spec("Solid Protocol §8.1 #server-cors-aceh")
def test_what_a_query_and_a_large_public_file_say_can_be_read(owner, nobody):
    url = owner.storage + "film"
    owner.put(url, LARGE, "video/mp4")
    owner.grant(url, rule(EVERYONE, "Read", "accessTo"))
    film = nobody.get(url, FROM_APP)
    assert film.body == LARGE
    assert_shared(film)
    asked = {"Content-Type": "application/sparql-query", **FROM_APP}
    found = owner.call("POST", owner.storage + ".well-known/sparql", asked, b"ASK {}")
    assert found.status == 200
    assert_shared(found)
