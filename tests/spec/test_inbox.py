"""Inboxes: the receiver of Linked Data Notifications (Solid Protocol §6)."""

import json

import pytest
from agents import EVERYONE, Person, World, rule
from answers import LDP, links, listed, members, said, values
from patches import UPDATE, n3, patch

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
RDF = {
    *(JSON_LD, TURTLE, "application/n-triples", "application/n-quads"),
    *("application/trig", "application/rdf+xml"),
}
AS = "https://www.w3.org/ns/activitystreams"
NOTE = json.dumps({"@id": "", "@type": f"{AS}#Announce", f"{AS}#summary": "hello"}).encode()
IN_ITS_WORDS = json.dumps(
    {"@context": AS, "id": "", "type": "Announce", "summary": "hello"}
).encode()
CONSTRAINED_BY = LDP + "constrainedBy"


@pytest.fixture(scope="module")
def eve(world: World) -> Person:
    """The owner of the inboxes of these tests."""
    return world.fresh()


@pytest.fixture(scope="module")
def inbox(eve: Person) -> str:
    return eve.storage + "inbox/"


@pytest.mark.spec("Solid Protocol §6 #server-ldn")
@pytest.mark.spec("LDN §3.1 #discovery")
@pytest.mark.parametrize("accept", [TURTLE, JSON_LD])
def test_it_is_found_from_the_profile(eve, nobody, inbox, accept):
    card = eve.webid.partition("#")[0]
    answer = nobody.get(card, {"Accept": accept})
    assert links(answer, LDP + "inbox") == links(nobody.head(card), LDP + "inbox") == [inbox]
    assert values(said(answer, card), eve.webid, LDP + "inbox") == {inbox}


@pytest.mark.spec("Solid Protocol §6 #server-ldn")
@pytest.mark.spec("LDN §3.3.1 #receiving-notifications")
@pytest.mark.parametrize(
    "kind",
    [
        JSON_LD,
        f'{JSON_LD}; profile="{AS}"',
        f'{JSON_LD};profile="https://a.example/p"; charset=utf-8',
    ],
)
def test_anybody_posts_json_ld_and_its_owner_reads_it(eve, nobody, inbox, kind):
    answer = nobody.post(inbox, NOTE, kind)
    assert answer.status == 201
    location = answer.headers["Location"]
    assert location.startswith(inbox)
    assert location in members(eve.get(inbox, {"Accept": TURTLE}), inbox)
    for accept in (JSON_LD, TURTLE):
        found = eve.get(location, {"Accept": accept})
        assert found.headers["Content-Type"].partition(";")[0] == accept
        assert values(said(found, location), location, AS + "#summary") == {"hello"}
    assert eve.get(location).body == NOTE


@pytest.mark.spec("LDN §3.3.1 #receiving-notifications")
def test_the_words_of_activities_are_known(eve, nobody, inbox):
    location = nobody.post(inbox, IN_ITS_WORDS, JSON_LD).headers["Location"]
    found = said(eve.get(location, {"Accept": TURTLE}), location)
    assert values(found, location, AS + "#summary") == {"hello"}


@pytest.mark.spec("LDN §3.3.1 #receiving-notifications")
def test_turtle_is_taken_too_and_all_that_is_taken_is_told(eve, nobody, inbox):
    posted = nobody.post(inbox, b"<> a <#Note> .")
    assert posted.status == 201
    for answer in (nobody.options(inbox), eve.get(inbox), eve.head(inbox), posted):
        assert listed(answer, "Accept-Post") == RDF
    assert eve.get(posted.headers["Location"], {"Accept": JSON_LD}).status == 200


@pytest.mark.spec("LDN §3.3.2 #receiving-inbox-contents")
@pytest.mark.parametrize("accept", [TURTLE, JSON_LD])
def test_its_owner_is_told_what_it_holds(eve, nobody, inbox, accept):
    location = nobody.post(inbox, NOTE, JSON_LD).headers["Location"]
    answer = eve.get(inbox, {"Accept": accept})
    assert (answer.status, answer.headers["Content-Type"]) == (200, accept)
    assert location in members(answer, inbox)
    assert LDP + "Container" in links(answer, "type")


class TestRefused:
    """What is no notification, with a link to what is one."""

    @pytest.mark.spec("LDN §3.3.2 #receiving-inbox-contents")
    @pytest.mark.spec("Solid Protocol §5.6 #server-resource-constraints-advertisement")
    @pytest.mark.parametrize("kind", ["text/html", "image/png", "application/json", "text/plain"])
    def test_what_is_no_rdf_415(self, world, nobody, inbox, kind):
        answer = nobody.post(inbox, b"<p>buy</p>", kind)
        assert (answer.status, "RDF" in answer.json()["detail"]) == (415, True)
        assert links(answer, CONSTRAINED_BY) == [world.base + "ns/constraints"]

    @pytest.mark.spec("LDN §3.3.4 #preventing-abuse")
    @pytest.mark.parametrize("chunked", [False, True], ids=["length known", "in chunks"])
    def test_what_is_long_413(self, world, eve, nobody, inbox, chunked):
        before = members(eve.get(inbox), inbox)
        long = b"<> <#p> '" + b"x" * 300_000 + b"' ."
        body = (long[at : at + 50_000] for at in range(0, len(long), 50_000)) if chunked else long
        answer = nobody.post(inbox, body)
        assert answer.status == 413
        assert links(answer, CONSTRAINED_BY) == [world.base + "ns/constraints"]
        assert members(eve.get(inbox), inbox) == before

    @pytest.mark.spec("LDN §3.3.1 #receiving-notifications")
    @pytest.mark.parametrize("body", [b'{"@id": ', b"[1, 2]]", b"\xff"])
    def test_what_is_broken_400(self, nobody, inbox, body):
        assert nobody.post(inbox, body, JSON_LD).status == 400

    @pytest.mark.spec("LDN §3.3.4 #preventing-abuse")
    def test_by_put_and_patch_too(self, eve, inbox):
        assert eve.put(inbox + "page", b"<p>", "text/html").status == 415
        assert eve.put(inbox + "one", b"<> a <#Note> .").status == 201
        assert eve.put(inbox + "one", b"<p>", "text/html").status == 415
        long = f"INSERT DATA {{ <> <#p> '{'x' * 300_000}' }}"
        assert patch(eve, inbox + "one", long, UPDATE).status == 413
        assert patch(eve, inbox + "two", n3(inserts="<> a <#Note>")).status == 201


@pytest.mark.spec("Practice LDN-09")
class TestWhoMayOnlyAdd:
    """Whoever may add sees nothing of what others have added."""

    def test_reads_and_lists_nothing(self, nobody, bob, inbox):
        location = nobody.post(inbox, NOTE, JSON_LD).headers["Location"]
        for url in (inbox, location, inbox + "none"):
            assert (nobody.get(url).status, bob.get(url).status) == (401, 403)
            assert (nobody.head(url).status, bob.head(url).status) == (401, 403)

    def test_changes_and_deletes_nothing(self, nobody, bob, inbox):
        location = nobody.post(inbox, NOTE, JSON_LD).headers["Location"]
        for who, status in ((nobody, 401), (bob, 403)):
            assert who.put(location, b"").status == status
            assert who.delete(location).status == status
            assert patch(who, location, n3(inserts="<> a <#Spam>")).status == status
            assert who.put(inbox + "mine", b"").status == status

    def test_can_neither_choose_nor_guess_a_name(self, nobody, inbox):
        found = [
            nobody.post(inbox, NOTE, JSON_LD, {"Slug": "hello"}).headers["Location"]
            for _ in range(3)
        ]
        names = {location.removeprefix(inbox) for location in found}
        assert len(names) == 3
        assert all(len(name) == 20 and "hello" not in name for name in names)

    def test_learns_nothing_from_the_name_of_another(self, nobody, eve, inbox):
        assert eve.put(inbox + "taken", b"").status == 201
        for slug in ("taken", "free", "taken.acl"):
            answer = nobody.post(inbox, NOTE, JSON_LD, {"Slug": slug})
            assert answer.status == 201
            assert len(answer.headers["Location"].removeprefix(inbox)) == 20


class TestNamedByTheProfile:
    """The container that a profile names as the inbox is one, wherever it lies."""

    @pytest.fixture
    def letters(self, owner):
        owner.put(owner.storage + "letters/")
        return owner.storage + "letters/"

    def name(self, owner, inbox):
        card = owner.webid.partition("#")[0]
        update = (
            f"DELETE {{ ?me <{LDP}inbox> ?old }} INSERT {{ ?me <{LDP}inbox> <{inbox}> }}"
            f" WHERE {{ ?me <{LDP}inbox> ?old }}"
        )
        assert patch(owner, card, update, UPDATE).status == 204

    def test_as_soon_as_it_does(self, owner, letters):
        assert listed(owner.get(letters), "Accept-Post") == {"*/*"}
        assert owner.post(letters, b"<p>", "text/html").status == 201
        self.name(owner, letters)
        assert listed(owner.get(letters), "Accept-Post") == RDF
        assert listed(owner.options(letters), "Accept-Post") == RDF
        assert owner.post(letters, b"<p>", "text/html").status == 415
        self.name(owner, owner.storage + "inbox/")
        assert listed(owner.get(letters), "Accept-Post") == {"*/*"}

    def test_an_inbox_elsewhere_is_nothing_to_us(self, owner, nobody):
        self.name(owner, "https://in.example/ana")
        card = owner.webid.partition("#")[0]
        assert links(nobody.get(card), LDP + "inbox") == ["https://in.example/ana"]
        assert owner.post(owner.storage + "inbox/", b"<p>", "text/html").status == 415


@pytest.mark.spec("Solid Protocol §7.1 #server-notifications-protocol-notification-receiver")
@pytest.mark.spec("LDN §3.3.2 #receiving-inbox-contents")
def test_an_inbox_that_all_may_read_serves_all(owner, nobody):
    inbox = owner.storage + "inbox/"
    mine = rule(owner.webid, "Read Write Control")
    owner.grant(inbox, mine, rule(EVERYONE, "Read Append"))
    location = nobody.post(inbox, NOTE, JSON_LD).headers["Location"]
    assert members(nobody.get(inbox, {"Accept": JSON_LD}), inbox) == {location}
    assert nobody.get(location, {"Accept": JSON_LD}).status == 200
    assert nobody.get(location, {"Accept": "*/*"}).headers["Content-Type"] == JSON_LD
    assert nobody.delete(location).status == 401
