"""Groups in rules: documents of this server and of others, and those that cannot be had."""

import pytest
from agents import Person, rule

FULL = "Read Write Control"
MEMBER = "<http://www.w3.org/2006/vcard/ns#hasMember>"
TITLES = "SELECT ?t { ?x <http://purl.org/dc/terms/title> ?t }"


@pytest.fixture
def shared(ana: Person, place: str):
    """A document of Ana's that a group may read."""

    def share(group: str) -> str:
        ana.put(place + "x", f'<> <http://purl.org/dc/terms/title> "{place}" .'.encode())
        ana.grant(place, rule(ana.webid, FULL), rule(f"acl:agentGroup <{group}>", "Read"))
        return place + "x"

    return share


def document(*members: str) -> str:
    return "".join(f"<#g> {MEMBER} <{webid}> ." for webid in members)


@pytest.mark.spec("WAC §4.3 #acl-agentgroup")
class TestHere:
    """Documents of pods on this server: read without the network, and without being shown."""

    def test_a_group_that_only_its_owner_may_read_works(
        self, ana, bob, carol, nobody, shared, place
    ):
        ana.put(place + "private/group", document(bob.webid).encode())
        ana.grant(place + "private/", rule(ana.webid, FULL))
        url = shared(place + "private/group#g")
        assert [who.get(url).status for who in (bob, carol, nobody)] == [200, 403, 401]
        assert bob.get(place + "private/group").status == 403

    def test_a_group_in_somebody_elses_pod_works(self, bob, carol, shared, world):
        group = f"{carol.storage}group{next(world.numbers)}"
        carol.put(group, document(bob.webid).encode())
        url = shared(group + "#g")
        assert [who.get(url).status for who in (bob, carol)] == [200, 403]

    def test_who_leaves_it_is_out_at_once(self, ana, bob, shared, place):
        ana.put(place + "group", document(bob.webid).encode())
        url = shared(place + "group#g")
        assert bob.get(url).status == 200
        ana.put(place + "group", document(ana.webid).encode())
        assert bob.get(url).status == 403

    @pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json"])
    def test_it_may_be_in_any_format(self, ana, bob, shared, place, kind):
        text = {
            "text/turtle": document(bob.webid),
            "application/ld+json": f'{{"@id": "#g", "{MEMBER[1:-1]}": {{"@id": "{bob.webid}"}}}}',
        }[kind]
        ana.put(place + "group", text.encode(), kind)
        assert bob.get(shared(place + "group#g")).status == 200

    def test_a_query_sees_what_its_members_see(self, ana, bob, carol, shared, place):
        ana.put(place + "group", document(bob.webid).encode())
        shared(place + "group#g")
        assert [place in titles(who, ana) for who in (bob, carol)] == [True, False]

    @pytest.mark.parametrize("path", ["none#g", "#g", "x.acl#g", "picture#g", "%2F#g"])
    def test_what_is_no_group_has_no_members(self, ana, bob, shared, place, path):
        ana.put(place + "picture", document(bob.webid).encode(), "image/png")
        assert bob.get(shared(place + path)).status == 403

    def test_where_no_pod_is_there_are_no_members(self, world, bob, shared):
        assert bob.get(shared(world.base + "nopod/group#g")).status == 403
        assert bob.get(shared(world.base + "none#g")).status == 403


@pytest.mark.spec("Practice WAC-12")
class TestElsewhere:
    """Documents of other servers: fetched as anyone could, and none where that fails."""

    def test_its_members_get_in(self, bob, carol, nobody, shared, elsewhere, world):
        url = shared(elsewhere.serve(f"g{next(world.numbers)}", document(bob.webid)) + "#g")
        assert [who.get(url).status for who in (bob, carol, nobody)] == [200, 403, 401]

    def test_it_is_not_asked_for_again_and_again(self, bob, carol, shared, elsewhere, world):
        path = f"g{next(world.numbers)}"
        url = shared(elsewhere.serve(path, document(bob.webid)) + "#g")
        assert [who.get(url).status for who in (bob, carol, bob, carol)] == [200, 403, 200, 403]
        assert elsewhere.asked.count(path) == 1

    def test_nobody_is_asked_for_who_has_no_name(self, nobody, shared, elsewhere, world):
        path = f"g{next(world.numbers)}"
        url = shared(elsewhere.serve(path, document("https://x.example/#me")) + "#g")
        assert nobody.get(url).status == 401
        assert path not in elsewhere.asked

    @pytest.mark.parametrize(
        ("status", "kind", "body"),
        [
            pytest.param(404, "text/turtle", "{group}", id="gone"),
            pytest.param(500, "text/turtle", "{group}", id="broken server"),
            pytest.param(200, "text/html", "{group}", id="a page"),
            pytest.param(200, "text/turtle", "{group} <", id="broken Turtle"),
            pytest.param(200, "text/turtle", "{group}" + "#" * 300_000, id="too large"),
            pytest.param(302, "http://169.254.169.254/", "", id="leads inwards"),
            pytest.param(302, "file:///etc/passwd", "", id="leads to a file"),
            pytest.param(200, "application/ld+json", '{"@context": "{base}c"}', id="context"),
        ],
    )
    def test_what_cannot_be_had_lets_nobody_in(
        self, bob, shared, elsewhere, world, status, kind, body
    ):
        text = body.replace("{group}", document(bob.webid)).replace("{base}", elsewhere.base)
        url = shared(elsewhere.serve(f"g{next(world.numbers)}", text, kind, status) + "#g")
        assert bob.get(url).status == 403
        assert "c" not in elsewhere.asked

    @pytest.mark.parametrize(
        "group",
        [
            "http://localhost:1/group#g",
            "https://localhost:1/group#g",
            "http://10.255.255.1/group#g",
            "http://[::ffff:10.0.0.1]/group#g",
            "http://nowhere.invalid/group#g",
            "ftp://localhost/group#g",
            "urn:uuid:5a3c3b6e-0f2e-4f1a-8a8e-000000000001",
            "mailto:bob@example.org",
            "http://user:secret@localhost:1/group#g",
        ],
    )
    def test_where_nobody_answers_nobody_gets_in(self, ana, bob, shared, place, group):
        url = shared(group)
        assert bob.get(url).status == 403
        assert bob.put(url).status == 403
        assert place not in titles(bob, ana)
        assert ana.get(url).status == 200


def titles(who: Person, owner: Person) -> str:
    answer = who.post(
        owner.storage + ".well-known/sparql", TITLES.encode(), "application/sparql-query"
    )
    assert answer.status == 200
    return answer.text
