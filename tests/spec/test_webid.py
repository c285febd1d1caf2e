"""WebIDs, profiles and type indexes: what is found in them, and what nobody changes."""

import pytest
from agents import Person, rule
from answers import LDP, PIM, RDF_TYPE, SOLID, links, said, values
from patches import SINGLE_MATCH, UPDATE, n3, patch

FOAF = "http://xmlns.com/foaf/0.1/"
ISSUER = SOLID + "oidcIssuer"
EVIL = "https://evil.example/"
TURTLE, JSON_LD = "text/turtle", "application/ld+json"


def card_of(who: Person) -> str:
    return who.webid.partition("#")[0]


def text_of(who: Person) -> str:
    return who.get(card_of(who), {"Accept": TURTLE}).text


@pytest.mark.spec("Practice WID-01")
@pytest.mark.spec("WebID Profile §3.1 #reader-application-webid-profile")
@pytest.mark.parametrize("accept", [TURTLE, JSON_LD])
def test_a_profile_is_had_by_anyone_in_both_formats(ana, nobody, accept):
    answer = nobody.get(card_of(ana), {"Accept": accept})
    assert (answer.status, answer.headers["Content-Type"]) == (200, accept)
    assert nobody.head(card_of(ana), {"Accept": accept}).status == 200


@pytest.mark.spec("Solid-OIDC §8.1 #id-token-validation")
def test_the_issuer_is_named_exactly_as_it_calls_itself(world, ana, nobody):
    found = values(said(nobody.get(card_of(ana)), card_of(ana)), ana.webid, ISSUER)
    told = nobody.get(world.base + ".well-known/openid-configuration").json()
    assert found == {told["issuer"]} == {world.base}


@pytest.mark.spec("Solid-OIDC §4.1 #oidc-issuer-discovery-link-headers")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_headers_name_the_same_issuer(world, ana, nobody, method):
    answer = nobody.call(method, card_of(ana))
    assert links(answer, ISSUER) == [world.base]
    assert any(value.endswith('; anchor="#me"') for value in answer.all("Link"))
    assert links(nobody.call(method, world.base + "ana/public/"), ISSUER) == []


@pytest.mark.spec("WebID Profile §3.1 #webid-profile-data-model")
@pytest.mark.spec("Practice WID-10")
def test_a_new_profile_names_what_apps_look_for(owner, nobody):
    card = card_of(owner)
    assert card == owner.storage + "profile/card"
    found = said(nobody.get(card), card)
    assert values(found, owner.webid, RDF_TYPE) == {FOAF + "Agent", FOAF + "Person"}
    assert values(found, card, RDF_TYPE) == {FOAF + "PersonalProfileDocument"}
    assert values(found, card, FOAF + "maker") == {owner.webid}
    assert values(found, card, FOAF + "primaryTopic") == {owner.webid}
    for predicate, path in (
        (PIM + "storage", ""),
        (PIM + "preferencesFile", "settings/prefs.ttl"),
        (LDP + "inbox", "inbox/"),
        (SOLID + "publicTypeIndex", "settings/publicTypeIndex.ttl"),
    ):
        assert values(found, owner.webid, predicate) == {owner.storage + path}
        assert owner.get(owner.storage + path).status == 200
    assert values(found, owner.webid, SOLID + "privateTypeIndex") == set()


@pytest.mark.spec("WebID Profile §3.1 #preferences-document")
@pytest.mark.spec("Type Indexes #private-type-index")
def test_the_preferences_are_the_owners_alone_and_name_both_indexes(owner, bob, nobody):
    url = owner.storage + "settings/prefs.ttl"
    found = said(owner.get(url), url)
    assert values(found, url, RDF_TYPE) == {PIM + "ConfigurationFile"}
    for name in ("publicTypeIndex", "privateTypeIndex"):
        index = f"{owner.storage}settings/{name}.ttl"
        assert values(found, owner.webid, SOLID + name) == {index}
    assert (nobody.get(url).status, bob.get(url).status) == (401, 403)


@pytest.mark.spec("Type Indexes #public-type-index")
@pytest.mark.spec("Type Indexes #private-type-index")
@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [("publicTypeIndex", "ListedDocument", 200), ("privateTypeIndex", "UnlistedDocument", 401)],
)
def test_one_type_index_is_for_all_and_one_for_the_owner(owner, nobody, name, kind, status):
    url = f"{owner.storage}settings/{name}.ttl"
    found = said(owner.get(url), url)
    assert values(found, url, RDF_TYPE) == {SOLID + "TypeIndex", SOLID + kind}
    assert nobody.get(url).status == status


@pytest.mark.spec("Type Indexes #type-index-registration-entries")
def test_apps_register_what_they_keep(owner):
    url = owner.storage + "settings/privateTypeIndex.ttl"
    entry = (
        f"<#notes> a <{SOLID}TypeRegistration> ; <{SOLID}forClass> <https://schema.org/Note> ;"
        f" <{SOLID}instanceContainer> <../private/notes/> ."
    )
    assert patch(owner, url, f"INSERT DATA {{ {entry} }}", UPDATE).status == 204
    kept = values(said(owner.get(url), url), url + "#notes", SOLID + "instanceContainer")
    assert kept == {owner.storage + "private/notes/"}


@pytest.mark.spec("Practice TIX-04")
@pytest.mark.parametrize(
    ("path", "public"),
    [("", 401), ("public/", 200), ("private/", 401), ("settings/", 401), ("inbox/", 401)],
)
def test_a_new_pod_has_folders_for_what_is_public_and_what_is_not(owner, nobody, path, public):
    assert owner.get(owner.storage + path).status == 200
    assert nobody.get(owner.storage + path).status == public


def replacing(who: Person, text: str, kind: str = TURTLE) -> tuple[int, int]:
    """The statuses of a PUT on her card, and of the GET afterwards when nothing changed."""
    before = who.get(card_of(who))
    answer = who.put(card_of(who), text.encode(), kind)
    after = who.get(card_of(who))
    if answer.status >= 400:
        assert after.headers["ETag"] == before.headers["ETag"]
    return answer.status, after.status


class TestProtected:
    """Who signs an owner in is no app's to change."""

    @pytest.mark.spec("WebID Profile §3.2 #server-update-protected-triples")
    @pytest.mark.parametrize("change", ["remove", "replace", "add", "empty", "picture", "json"])
    def test_put_409(self, world, owner, change):
        text, kind = text_of(owner), TURTLE
        named = f"<{world.base}>"
        assert named in text
        if change == "remove":
            text = f"<#me> a <{FOAF}Agent> ."
        elif change == "replace":
            text = text.replace(f"solid:oidcIssuer {named}", f"solid:oidcIssuer <{EVIL}>")
        elif change == "add":
            text += f"<#me> <{ISSUER}> <{EVIL}> ."
        elif change == "json":
            text, kind = f'{{"@id": "#me", "@type": "{FOAF}Agent"}}', JSON_LD
        else:
            text, kind = "", TURTLE if change == "empty" else "image/png"
        assert replacing(owner, text, kind) == (409, 200)

    @pytest.mark.spec("WebID Profile §3.2 #server-update-protected-triples")
    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("text/n3", n3(inserts=f"<#me> <{ISSUER}> <{EVIL}>")),
            (
                "text/n3",
                n3(
                    where=f"?me <{ISSUER}> ?who",
                    deletes=f"?me <{ISSUER}> ?who",
                    inserts=f"?me <{ISSUER}> <{EVIL}>",
                ),
            ),
            (UPDATE, f"INSERT DATA {{ <#me> <{ISSUER}> <{EVIL}> }}"),
            (UPDATE, f"DELETE WHERE {{ <#me> <{ISSUER}> ?who }}"),
            (SINGLE_MATCH, f"DELETE {{ ?me <{ISSUER}> ?who }} WHERE {{ ?me <{ISSUER}> ?who }}"),
        ],
    )
    def test_patch_409(self, owner, kind, body):
        before = owner.get(card_of(owner))
        assert patch(owner, card_of(owner), body, kind).status == 409
        assert owner.get(card_of(owner)).headers["ETag"] == before.headers["ETag"]

    @pytest.mark.spec("Practice WID-07 deletion")
    def test_nor_by_deleting_it_and_writing_it_anew(self, owner):
        answer = owner.delete(card_of(owner))
        assert (answer.status, "account" in answer.json()["detail"]) == (409, True)
        assert owner.delete(owner.storage + "profile/").status == 409
        assert owner.get(card_of(owner)).status == 200

    @pytest.mark.spec("Practice WID-07 deletion")
    def test_nor_by_posting_one_of_its_name(self, owner):
        body = f"<card#me> <{ISSUER}> <{EVIL}> .".encode()
        answer = owner.post(owner.storage + "profile/", body, headers={"Slug": "card"})
        assert answer.status == 201
        assert answer.headers["Location"] != card_of(owner)
        link = {"Slug": "card", "Link": f'<{LDP}BasicContainer>; rel="type"'}
        made = owner.post(owner.storage + "profile/", headers=link)
        assert made.headers["Location"] != card_of(owner) + "/"

    @pytest.mark.spec("Practice WID-07 deletion")
    def test_nor_by_putting_a_container_in_its_place(self, owner):
        assert owner.put(card_of(owner) + "/").status == 409
        assert owner.put(card_of(owner) + "/x").status == 409

    @pytest.mark.spec("Practice WID-07 deletion")
    def test_an_app_that_may_write_it_cannot_either(self, owner, bob):
        card = card_of(owner)
        mine = rule(owner.webid, "Read Write Control", "accessTo")
        owner.grant(card, mine, rule(bob.webid, "Read Write", "accessTo"))
        update = f"INSERT DATA {{ <#me> <{ISSUER}> <{EVIL}> }}"
        assert patch(bob, card, update, UPDATE).status == 409
        assert bob.put(card, b"").status == 409
        assert patch(bob, card, "INSERT DATA { <#me> a <#Friend> }", UPDATE).status == 204

    @pytest.mark.spec("Practice WID-09")
    def test_what_other_documents_say_of_it_counts_for_nothing(self, world, owner, nobody):
        url = owner.storage + "public/more"
        assert owner.put(url, f"<{owner.webid}> <{ISSUER}> <{EVIL}> .".encode()).status == 201
        see = "http://www.w3.org/2000/01/rdf-schema#seeAlso"
        card = card_of(owner)
        inserted = f"INSERT DATA {{ <#me> <{see}> <{url}> }}"
        assert patch(owner, card, inserted, UPDATE).status == 204
        assert links(nobody.get(card), ISSUER) == [world.base]
        assert owner.put(url, b"").status == 204

    @pytest.mark.spec("Practice WID-07 deletion")
    @pytest.mark.parametrize("kind", [TURTLE, JSON_LD])
    def test_all_else_may_change_in_any_format(self, owner, kind):
        card = card_of(owner)
        body = owner.get(card, {"Accept": kind}).body
        assert owner.put(card, body, kind).status == 204
        name = f"INSERT DATA {{ <#me> <{FOAF}name> 'Ana' }}"
        assert patch(owner, card, name, UPDATE).status == 204
        assert values(said(owner.get(card), card), owner.webid, FOAF + "name") == {"Ana"}
        assert owner.put(card + ".acl", owner.get(card + ".acl").body).status == 204


class TestSound:
    """A profile and the preferences stay what programs can use."""

    @pytest.mark.spec("WebID Profile §3.2 #server-unprocessable-content")
    @pytest.mark.parametrize(
        "update",
        [
            "DELETE WHERE { <#me> a ?kind }",
            f"INSERT DATA {{ <#me> <{PIM}preferencesFile> <other> }}",
            f"INSERT DATA {{ <#me> <{LDP}inbox> <other/> }}",
        ],
        ids=["no agent", "two preferences", "two inboxes"],
    )
    def test_a_profile_that_is_wrong_is_422(self, owner, update):
        assert patch(owner, card_of(owner), update, UPDATE).status == 422

    @pytest.mark.spec("WebID Profile §3.2 #server-unprocessable-content")
    def test_preferences_that_are_none_are_422(self, owner):
        url = owner.storage + "settings/prefs.ttl"
        for body, kind in ((b"", TURTLE), (b"<> a <#File> .", TURTLE), (b"x", "text/plain")):
            assert owner.put(url, body, kind).status == 422
        moved = owner.storage + "settings/mine"
        card = card_of(owner)
        update = (
            f"DELETE {{ ?me <{PIM}preferencesFile> ?old }}"
            f" INSERT {{ ?me <{PIM}preferencesFile> <{moved}> }}"
            f" WHERE {{ ?me <{PIM}preferencesFile> ?old }}"
        )
        assert patch(owner, card, update, UPDATE).status == 204
        assert owner.put(url, b"").status == 204
        assert owner.put(moved, b"").status == 422
        assert owner.put(moved, f"<> a <{PIM}ConfigurationFile> .".encode()).status == 201

    @pytest.mark.spec("WebID Profile §3.2 #server-unprocessable-content")
    @pytest.mark.parametrize(
        ("path", "status"),
        [("profile/card", 422), ("settings/prefs.ttl", 422), ("public/x", 400)],
    )
    def test_a_context_that_is_not_known_is_422_there(self, owner, path, status):
        body = b'{"@context": "https://unknown.example/c", "name": "Ana"}'
        answer = owner.put(owner.storage + path, body, JSON_LD)
        assert answer.status == status
        assert "context" in answer.json()["detail"]

    @pytest.mark.spec("WebID Profile §3.2 #server-unprocessable-content")
    def test_only_who_may_write_is_told(self, owner, bob, nobody):
        body = b'{"@context": "https://unknown.example/c", "name": "Ana"}'
        assert bob.put(card_of(owner), body, JSON_LD).status == 403
        assert nobody.put(card_of(owner), body, JSON_LD).status == 401
        assert bob.delete(card_of(owner)).status == 403
