"""Rules and what they give (Web Access Control)."""

import pytest
from agents import EVERYONE, SIGNED_IN, acl, rule
from answers import links, listed

CONDITION = "http://www.w3.org/ns/auth/acl#condition"
CONDITION_TYPES = {
    "http://www.w3.org/ns/auth/acl#ClientCondition",
    "http://www.w3.org/ns/auth/acl#IssuerCondition",
}
FULL = "Read Write Control"
VCARD = "http://www.w3.org/2006/vcard/ns#"


def modes(answer, who):
    """What WAC-Allow says that the user, or the public, may do."""
    groups = dict(part.split("=") for part in answer.headers["WAC-Allow"].split(","))
    return set(groups[who].strip('"').split())


@pytest.mark.spec("WAC §3.1 #server-link-acl")
@pytest.mark.spec("WAC §3.1 #server-resource-acl-max")
@pytest.mark.spec("Solid Protocol §4.3 #server-link-auxiliary-type")
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("kind", ["container", "document", "picture", "root"])
def test_the_rules_are_linked_once(kinds, ana, method, kind):
    assert links(ana.call(method, kinds[kind]), "acl") == [kinds[kind] + ".acl"]


@pytest.mark.spec("WAC §3.1 #server-link-acl")
@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("bob", 403), ("ana", 404)])
def test_they_are_linked_from_refusals(kinds, request, who, status):
    url = kinds["container"] + ("none" if who == "ana" else "note")
    answer = request.getfixturevalue(who).get(url)
    assert answer.status == status
    assert links(answer, "acl") == [url + ".acl"]


@pytest.mark.spec("WAC §5.3.1 #http-acl-resource")
@pytest.mark.parametrize("kind", ["acl", "root acl"])
def test_rules_have_no_rules_of_their_own(kinds, ana, kind):
    assert links(ana.get(kinds[kind]), "acl") == []


class TestRepresentation:
    """WAC §3.3."""

    @pytest.mark.spec("WAC §3.3 #server-get-acl-turtle")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("stored", ["text/turtle", "application/ld+json"])
    def test_rules_are_had_as_turtle(self, ana, place, method, stored):
        ana.put(place + "x")
        text = acl(place + "x", rule(ana.webid, FULL, "accessTo"))
        ana.put(place + "x.acl", text)
        if stored != "text/turtle":
            json_ld = ana.get(place + "x.acl", {"Accept": stored}).body
            assert ana.put(place + "x.acl", json_ld, stored).status == 204
        answer = ana.call(method, place + "x.acl", {"Accept": "text/turtle"})
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/turtle")

    @pytest.mark.spec("WAC §3.3 #server-acl-without-representation")
    @pytest.mark.spec("WAC §3.3 #server-get-acl-without-representation")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("path", ["x", "c/", ""])
    def test_what_inherits_has_none(self, ana, bob, place, method, path):
        ana.put(place + path)
        assert ana.call(method, place + path + ".acl").status == 404
        assert bob.call(method, place + path + ".acl").status == 403

    @pytest.mark.spec("WAC §3.3 #server-root-container-acl-authorization-control")
    @pytest.mark.parametrize(
        "given",
        [
            pytest.param((), id="no rules"),
            pytest.param(("Read Write",), id="nobody has Control"),
            pytest.param((FULL, "default"), id="only over what it holds"),
        ],
    )
    def test_the_root_keeps_somebody_in_control(self, ana, given):
        text = acl(ana.storage, *([rule(ana.webid, *given)] if given else []))
        before = ana.get(ana.storage + ".acl").body
        assert ana.put(ana.storage + ".acl", text).status == 422
        assert ana.get(ana.storage + ".acl").body == before


class TestEffectiveRules:
    """WAC §5.1: the nearest document of rules, alone."""

    @pytest.mark.spec("WAC §4.1 #acl-accessto")
    @pytest.mark.spec("WAC §4.1 #acl-default")
    @pytest.mark.spec("WAC §5.3 #authorization-evaluation-context")
    @pytest.mark.parametrize(
        ("where", "statuses"),
        [
            ("accessTo", [200, 403, 403, 403]),
            ("default", [403, 200, 200, 200]),
            ("accessTo default", [200, 200, 200, 200]),
        ],
    )
    def test_own_rules_are_for_itself_and_inherited_ones_for_the_rest(
        self, ana, bob, place, where, statuses
    ):
        ana.put(place + "c/d/x")
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read", where))
        paths = ("", "c/", "c/d/", "c/d/x")
        assert [bob.get(place + path).status for path in paths] == statuses

    @pytest.mark.spec("WAC §5.1 #effective-acl-resource-with-representation")
    def test_the_nearest_document_replaces_those_above(self, ana, bob, place):
        ana.put(place + "c/d/x")
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read"))
        ana.grant(place + "c/", rule(ana.webid, FULL), rule(bob.webid, "Append"))
        assert [bob.get(place + path).status for path in ("", "c/", "c/d/x")] == [200, 403, 403]
        assert bob.post(place + "c/d/").status == 201

    @pytest.mark.spec("WAC §5.1 #effective-acl-resource-with-representation")
    @pytest.mark.parametrize("body", [b"", b"<> a <#Nothing> ."])
    def test_a_document_without_rules_lets_nobody_in(self, ana, bob, place, body):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, FULL), rule(EVERYONE, FULL))
        assert ana.put(place + "x.acl", body).status == 201
        assert [who.get(place + "x").status for who in (ana, bob)] == [403, 403]
        assert bob.get(place + "x.acl").status == 403

    @pytest.mark.spec("WAC §5.1 #effective-acl-resource-without-representation")
    @pytest.mark.spec("WAC §5.1 #effective-acl-resource-container-hierarchy")
    def test_without_its_own_a_resource_inherits_again(self, ana, bob, place):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read"))
        ana.grant(place + "x", rule(ana.webid, FULL, "accessTo"))
        assert bob.get(place + "x").status == 403
        assert ana.delete(place + "x.acl").status == 205
        assert bob.get(place + "x").status == 200


class TestAuthorizations:
    """WAC §4, §5.2, §5.3: which rules count, for whom, and what they give."""

    @pytest.mark.spec("WAC §5.2 #authorization-conformance")
    @pytest.mark.parametrize(
        ("lacks", "text"),
        [
            ("type", "acl:accessTo <{x}> ; acl:agent <{bob}> ; acl:mode acl:Read"),
            ("object", "a acl:Authorization ; acl:agent <{bob}> ; acl:mode acl:Read"),
            ("mode", "a acl:Authorization ; acl:accessTo <{x}> ; acl:agent <{bob}>"),
            ("subject", "a acl:Authorization ; acl:accessTo <{x}> ; acl:mode acl:Read"),
            (
                "IRI of a subject",
                'a acl:Authorization ; acl:accessTo <{x}> ; acl:agent "{bob}" ; acl:mode acl:Read',
            ),
        ],
    )
    def test_a_rule_without_one_of_its_parts_gives_nothing(self, ana, bob, place, lacks, text):
        ana.put(place + "x")
        part = text.replace("{x}", place + "x").replace("{bob}", bob.webid)
        assert ana.put(place + "x.acl", acl(place + "x", f"[] {part} .")).status == 201
        assert bob.get(place + "x").status == 403, f"a rule that lacks its {lacks} counts"

    @pytest.mark.spec("WAC §5.2 #authorization-conformance")
    @pytest.mark.parametrize("predicate", ["accessTo", "default"])
    def test_rules_that_would_never_count_are_not_stored(self, ana, bob, place, predicate):
        ana.put(place)
        for other in (place[:-1], place + "x", ana.storage):
            text = rule(bob.webid, "Read", predicate).replace("{here}", other)
            answer = ana.put(place + ".acl", acl(place, rule(ana.webid, FULL), text))
            assert answer.status == 422
            assert "acl:" in answer.json()["detail"]
        assert ana.get(place + ".acl").status == 404

    @pytest.mark.spec("WAC §4.2 #access-mode-classes")
    @pytest.mark.spec("WAC §5.3 #authorization-evaluation-acl-mode-entailment")
    @pytest.mark.parametrize(
        ("given", "statuses"),
        [
            ("Read", {"read": 200, "add": 403, "replace": 403, "rules": 403}),
            ("Append", {"read": 403, "add": 201, "replace": 403, "rules": 403}),
            ("Write", {"read": 403, "add": 201, "replace": 204, "rules": 403}),
            ("Control", {"read": 403, "add": 403, "replace": 403, "rules": 404}),
            ("Read Append", {"read": 200, "add": 201, "replace": 403, "rules": 403}),
        ],
    )
    def test_what_each_mode_gives(self, ana, bob, place, given, statuses):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, given))
        assert {
            "read": bob.get(place + "x").status,
            "add": bob.post(place).status,
            "replace": bob.put(place + "x").status,
            "rules": bob.get(place + "x.acl").status,
        } == statuses

    @pytest.mark.spec("WAC §7.2 #extension-acl-mode")
    def test_unknown_modes_are_passed_over(self, ana, bob, place):
        ana.put(place + "x")
        text = (
            rule(bob.webid, "Read", "accessTo")
            .replace("acl:mode", "acl:mode <https://modes.example/Fly>, acl:Access, acl:mode")
            .replace("acl:Access, acl:mode", "acl:Access,")
        )
        assert ana.put(place + "x.acl", acl(place + "x", text)).status == 201
        assert bob.get(place + "x").status == 200
        assert modes(bob.get(place + "x"), "user") == {"read"}

    @pytest.mark.spec("WAC §4.3 #acl-agent")
    @pytest.mark.spec("WAC §4.3 #acl-agentclass")
    @pytest.mark.parametrize(
        ("who", "statuses"),
        [
            ("{bob}", [200, 403, 401]),
            ("{bob}/", [403, 403, 401]),
            (SIGNED_IN, [200, 200, 401]),
            (EVERYONE, [200, 200, 200]),
            ("acl:agentClass acl:Nobody", [403, 403, 401]),
        ],
    )
    def test_whom_a_rule_is_for(self, ana, bob, carol, nobody, place, who, statuses):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, FULL), rule(who.replace("{bob}", bob.webid), "Read"))
        assert [one.get(place + "x").status for one in (bob, carol, nobody)] == statuses

    @pytest.mark.spec("WAC §4.3 #acl-agentgroup")
    def test_the_members_of_a_group(self, ana, bob, carol, nobody, place):
        ana.put(place + "x")
        group = f"<#friends> <{VCARD}hasMember> <{bob.webid}> . <#others> a <#Group> ."
        ana.put(place + "groups", group.encode())
        ana.grant(
            place, rule(ana.webid, FULL), rule(f"acl:agentGroup <{place}groups#friends>", "Read")
        )
        assert [who.get(place + "x").status for who in (bob, carol, nobody)] == [200, 403, 401]
        ana.put(place + "groups", group.replace("#friends", "#enemies").encode())
        assert bob.get(place + "x").status == 403

    @pytest.mark.spec("WAC §4.3 #acl-agentgroup")
    def test_groups_count_on_every_resource_that_a_write_touches(self, ana, bob, carol, place):
        group = f"<#in> <{VCARD}hasMember> <{bob.webid}> ."
        ana.put(place + "groups", group.encode())
        ana.put(place + "c/old")
        ana.grant(
            place + "c/",
            rule(ana.webid, FULL),
            rule(f"acl:agentGroup <{place}groups#in>", "Read Write", "accessTo"),
            rule(SIGNED_IN, "Write", "default"),
        )
        assert [who.put(place + "c/new").status for who in (carol, bob)] == [403, 201]
        assert [who.delete(place + "c/old").status for who in (carol, bob)] == [403, 205]

    @pytest.mark.spec("WAC §5.3.3 #server-origin-authorization")
    def test_an_origin_alone_gives_nothing_and_all_are_trusted(self, ana, bob, nobody, place):
        origin = "https://app.example"
        ana.put(place + "x")
        ana.grant(
            place,
            rule(ana.webid, FULL),
            rule(f"acl:origin <{origin}>", "Read Write"),
            rule(bob.webid, "Read"),
        )
        assert nobody.get(place + "x", {"Origin": origin}).status == 401
        assert bob.put(place + "x", headers={"Origin": origin}).status == 403
        assert bob.get(place + "x", {"Origin": "https://other.example"}).status == 200


@pytest.mark.spec("WAC §5.3.1 #http-acl-resource")
@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"acl", 415),
        ("text/turtle", b"<> <", 400),
        ("application/json", b"{}", 415),
    ],
)
def test_rules_that_cannot_be_read_are_not_stored(ana, place, kind, body, status):
    ana.put(place + "x")
    assert ana.put(place + "x.acl", body, kind).status == status
    assert ana.get(place + "x.acl").status == 404
    assert ana.get(place + "x").status == 200


@pytest.mark.spec("WAC §8.2 #consider-append-read-diff")
def test_who_may_only_add_sees_nothing_of_what_is_there(ana, bob, place):
    ana.put(place + "x", b"secret", "text/plain")
    ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Append"))
    added = bob.post(place, b"mine", "text/plain")
    assert added.status == 201
    refused = [
        bob.get(place),
        bob.get(place + "x"),
        bob.get(added.headers["Location"]),
        bob.put(added.headers["Location"], b"again", "text/plain"),
        bob.put(place + "x", b"x", "text/plain"),
        bob.delete(place + "x"),
    ]
    assert {answer.status for answer in refused} == {403}
    assert "DELETE" not in listed(added, "Allow")
