"""Rules that count for some clients, or some issuers, only (WAC §3.2, §4.4, §5.3.2)."""

import pytest
from agents import EVERYONE, acl, rule
from answers import links

CONDITION = "http://www.w3.org/ns/auth/acl#condition"
CONDITION_TYPES = {
    "http://www.w3.org/ns/auth/acl#ClientCondition",
    "http://www.w3.org/ns/auth/acl#IssuerCondition",
    "https://w3id.org/selfdata/ns#PurposeCondition",
    "https://w3id.org/selfdata/ns#PeriodCondition",
}
FULL = "Read Write Control"
VCARD = "http://www.w3.org/2006/vcard/ns#"


APP = "a acl:ClientCondition ; acl:client <{app}>"
THEN = " ] ; acl:condition [ "


@pytest.fixture(scope="module")
def other(world, bob):
    """Another app that acts for Bob."""
    return world.app(bob.name, "another")


class TestConditions:
    """WAC §4.4, §5.3.2: rules that count for some clients, or some issuers, only."""

    @pytest.mark.spec("WAC §3.2 #server-link-condition")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("kind", ["acl", "root acl"])
    def test_the_types_that_are_evaluated_are_linked(self, kinds, ana, method, kind):
        assert set(links(ana.call(method, kinds[kind]), CONDITION)) == CONDITION_TYPES

    @pytest.mark.spec("WAC §3.2 #server-link-condition")
    def test_and_from_nothing_else(self, kinds, ana):
        others = [url for url in kinds.values() if not url.endswith(".acl")]
        assert all(links(ana.get(url), CONDITION) == [] for url in others)

    @pytest.mark.spec("WAC §5.3.2 #server-condition-evaluation")
    @pytest.mark.spec("WAC §4.4.1 #acl-client")
    @pytest.mark.parametrize(
        ("when", "statuses"),
        [
            ("a acl:ClientCondition ; acl:client <{app}>", [200, 403]),
            ('a acl:ClientCondition ; acl:client "{app}"', [200, 403]),
            ("a acl:ClientCondition ; acl:client <{app}x>", [403, 403]),
            ("a acl:ClientCondition ; acl:client <{app}>, <https://app.example/id>", [200, 403]),
            ("a acl:ClientCondition ; acl:clientClass foaf:Agent", [200, 200]),
            ("a acl:ClientCondition ; acl:clientGroup <{groups}#apps>", [200, 403]),
            ("a acl:ClientCondition ; acl:clientGroup <{groups}#none>", [403, 403]),
            ("a acl:ClientCondition", [403, 403]),
            ("a acl:ClientCondition, acl:Condition ; acl:client <{app}>", [200, 403]),
        ],
    )
    def test_clients(self, ana, bob, other, nobody, place, when, statuses):
        self.prepare(ana, bob, place, when)
        assert [who.get(place + "x").status for who in (bob, other)] == statuses
        assert nobody.get(place + "x").status == 401

    @pytest.mark.spec("WAC §4.4.2 #acl-issuer")
    @pytest.mark.parametrize(
        ("when", "status"),
        [
            ("a acl:IssuerCondition ; acl:issuer <{issuer}>", 200),
            ("a acl:IssuerCondition ; acl:issuer <{issuer}other/>", 403),
            ("a acl:IssuerCondition ; acl:issuerClass foaf:Agent", 200),
            ("a acl:IssuerCondition ; acl:issuerGroup <{groups}#issuers>", 200),
            ("a acl:IssuerCondition ; acl:issuerGroup <{groups}#apps>", 403),
            ("a acl:IssuerCondition", 403),
        ],
    )
    def test_issuers(self, ana, bob, place, when, status):
        self.prepare(ana, bob, place, when)
        assert bob.get(place + "x").status == status

    @pytest.mark.spec("WAC §5.3.2 #server-condition-evaluation-conjunctive")
    @pytest.mark.parametrize(
        ("when", "statuses"),
        [
            (APP + THEN + "a acl:IssuerCondition ; acl:issuer <{issuer}>", [200, 403]),
            (APP + THEN + "a acl:IssuerCondition ; acl:issuer <https://idp.example/>", [403, 403]),
            (APP + "; a acl:IssuerCondition ; acl:issuer <{issuer}>", [200, 403]),
            (APP + "; a acl:IssuerCondition ; acl:issuer <https://idp.example/>", [403, 403]),
        ],
    )
    def test_all_of_them_have_to_hold(self, ana, bob, other, place, when, statuses):
        self.prepare(ana, bob, place, when)
        assert [who.get(place + "x").status for who in (bob, other)] == statuses

    @pytest.mark.spec("WAC §5.3.2 #server-condition-evaluation")
    @pytest.mark.parametrize(
        ("when", "status"),
        [
            ("a acl:ClientCondition ; acl:client <https://app.example/id>", 401),
            ("a acl:ClientCondition ; acl:clientClass foaf:Agent", 200),
            ("a acl:IssuerCondition ; acl:issuerClass foaf:Agent", 200),
        ],
    )
    def test_who_has_no_client_fits_no_list(self, ana, nobody, place, when, status):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, FULL), rule(EVERYONE, "Read", when=when))
        assert nobody.get(place + "x").status == status

    @pytest.mark.spec("WAC §7.3 #extension-acl-condition")
    @pytest.mark.spec("WAC §8.1 #consider-condition-legacy")
    @pytest.mark.parametrize(
        "when",
        [
            "a acl:TimeCondition",
            "a <https://conditions.example/Moon>",
            "acl:client <https://app.example/id>",
            "a acl:Condition",
            "a acl:ClientCondition, acl:TimeCondition ; acl:client <https://app.example/id>",
        ],
    )
    def test_a_condition_that_cannot_be_evaluated_is_not_stored(self, ana, bob, place, when):
        ana.put(place + "x")
        text = acl(place, rule(ana.webid, FULL), rule(bob.webid, "Read", when=when))
        assert ana.put(place + ".acl", text).status == 422
        assert bob.get(place + "x").status == 403

    def prepare(self, ana, bob, place, when):
        """A document that Bob may read when something holds."""
        ana.put(place + "x")
        groups = (
            f"<#apps> <{VCARD}hasMember> <{bob.app.iri}> ."
            f"<#issuers> <{VCARD}hasMember> <{self.issuer(bob)}> ."
        )
        ana.put(place + "groups", groups.encode())
        known = {"{app}": bob.app.iri, "{issuer}": self.issuer(bob), "{groups}": place + "groups"}
        for name, value in known.items():
            when = when.replace(name, value)
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read", when=when))

    def issuer(self, bob):
        return bob.storage.removesuffix("bob/")


@pytest.mark.spec("WAC §8.1 #consider-client-agnostic-control")
def test_control_of_the_root_must_not_hang_on_another_agents_app(ana, bob):
    only = rule(bob.webid, FULL, when="a acl:ClientCondition ; acl:client <https://app.example/>")
    answer = ana.put(ana.storage + ".acl", acl(ana.storage, only))
    assert answer.status == 422
    assert "Control" in answer.json()["detail"]
