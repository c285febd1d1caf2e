"""A web browser that opens an address is sent to a page outside every pod (NEG-10)."""

from urllib.parse import quote

import pytest
from agents import EVERYONE, Person, rule
from agents import world as serving
from answers import listed

from pod.web.browser_install import is_installed

pytestmark = pytest.mark.skipif(
    not is_installed(), reason="the data browser is not installed; run make test with a network"
)

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TURTLE = "text/turtle"


@pytest.fixture
def shared(ana: Person, place: str) -> str:
    """A container that everybody may read, but for one document in it."""
    ana.put(place + "note.ttl", b"<> a <#Note> .")
    ana.put(place + "page.html", b"<p>hello</p>", "text/html")
    ana.put(place + "note.txt", b"hello", "text/plain")
    ana.put(place + "hidden.html", b"<p>hidden</p>", "text/html")
    ana.grant(place, rule(ana.webid, "Read Write Control"), rule(EVERYONE, "Read"))
    ana.grant(place + "hidden.html", rule(ana.webid, "Read Write Control", "accessTo"))
    return place


def page(world, url: str) -> str:
    return f"{world.base}.browse/?uri={quote(url, safe='')}"


@pytest.mark.spec("Practice NEG-10")
class TestNavigation:
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("path", ["", "note.ttl"])
    def test_what_is_rdf_is_shown_on_a_page(self, world, nobody, shared, method, path):
        answer = nobody.call(method, shared + path, HTML)
        assert (answer.status, answer.body) == (303, b"")
        assert answer.headers["Location"] == page(world, shared + path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert {"Accept", "Authorization"} <= listed(answer, "Vary")

    @pytest.mark.parametrize(
        ("path", "body"), [("page.html", b"<p>hello</p>"), ("note.txt", b"hello")]
    )
    def test_what_a_browser_shows_itself_is_sent_as_it_is(self, nobody, shared, path, body):
        answer = nobody.get(shared + path, HTML)
        assert (answer.status, answer.body) == (200, body)

    def test_it_does_not_tell_what_is_there(self, nobody, ana, shared):
        secret = f"{ana.storage}secret{quote(shared.rsplit('/', 2)[1])}"
        ana.put(secret, b"<p>secret</p>", "text/html")
        told = {}
        for url in (shared + "hidden.html", shared + "none", secret, secret + "none"):
            answer = nobody.get(url, HTML)
            where = answer.headers["Location"].replace(quote(url, safe=""), "URL")
            others = {n: v.replace(url, "URL") for n, v in answer.repeated if n != "Location"}
            told[url] = (answer.status, where, sorted(others.items() - {("Date", others["Date"])}))
        first, *rest = told.values()
        assert first[0] == 303
        assert all(each == first for each in rest)

    def test_a_copy_of_the_rdf_is_not_confirmed_to_a_navigation(self, nobody, shared):
        tag = nobody.get(shared, {"Accept": TURTLE}).headers["ETag"]
        assert nobody.get(shared, {**HTML, "If-None-Match": tag}).status == 303

    @pytest.mark.parametrize("accept", ["*/*", TURTLE, "text/html, text/turtle", "text/*;q=0.5"])
    def test_who_takes_rdf_gets_it(self, nobody, shared, accept):
        answer = nobody.get(shared, {"Accept": accept})
        assert (answer.status, answer.headers["Content-Type"]) == (200, TURTLE)

    def test_who_signed_in_is_an_app_and_gets_data(self, ana, shared):
        assert ana.get(shared, HTML).headers["Content-Type"] == TURTLE
        assert ana.get(shared, {"Accept": "text/html"}).status == 406

    def test_it_can_be_switched_off(self, tmp_path):
        with serving(tmp_path / "data", browser=False) as off:
            person = off.account("ana")
            nobody = Person("nobody", off.connection)
            assert nobody.get(person.storage, HTML).status == 401
            assert nobody.get(off.base + ".browse/").status == 404


class TestPages:
    def test_the_page_loads_its_own_scripts_and_no_others(self, world, nobody):
        answer = nobody.get(world.base + ".browse/?uri=x")
        rules = dict(
            rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; ")
        )
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
        assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
        assert rules["script-src"] == world.base + ".browse/"
        assert rules["connect-src"] == "'self' data:"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "<script>" not in answer.text

    def test_the_word_that_lets_styles_in_is_new_each_time(self, world, nobody):
        said = [nobody.get(world.base + ".browse/") for _ in range(2)]
        words = [one.text.partition('csp-nonce" content="')[2].partition('"')[0] for one in said]
        assert len(set(words)) == 2
        for word, one in zip(words, said, strict=True):
            assert f"'nonce-{word}'" in one.headers["Content-Security-Policy"]

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("open.js", "text/javascript; charset=utf-8"),
            ("elements.esm.js", "text/javascript; charset=utf-8"),
            ("elements.css", "text/css; charset=utf-8"),
            ("shoelace/assets/icons/folder.svg", "image/svg+xml"),
            ("LICENSE-PodOS.txt", "text/plain; charset=utf-8"),
        ],
    )
    def test_its_parts_are_asked_for_again_by_their_tags(self, world, nobody, name, kind):
        answer = nobody.get(world.base + ".browse/" + name)
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-cache"
        again = {"If-None-Match": answer.headers["ETag"]}
        assert nobody.get(world.base + ".browse/" + name, again).status == 304

    def test_a_part_that_is_named_by_its_content_is_kept(self, world, nobody):
        first = nobody.get(world.base + ".browse/elements.esm.js").text
        name = first.partition('"./')[2].partition('"')[0]
        answer = nobody.get(world.base + ".browse/" + name)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    @pytest.mark.parametrize(
        ("method", "name", "status"),
        [
            ("GET", "none.js", 404),
            ("GET", "../web/site.py", 404),
            ("GET", "version.txt%00", 404),
            ("POST", "", 405),
            ("OPTIONS", "", 204),
        ],
    )
    def test_there_is_nothing_else(self, world, nobody, method, name, status):
        assert nobody.call(method, world.base + ".browse/" + name).status == status
