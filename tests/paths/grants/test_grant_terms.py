"""The person's terms come first: offered, accepted, kept by both sides, and binding."""

import json

import pytest

from acl import Agent
from pod.agreements import TermsSetting
from pod.consent.record import TYPE
from pod.consent.terms import OPEN, STRICT, USUAL
from pod.consent.terms import TYPE as TERMS_TYPE
from pod.flows.consent.myterms import check_terms, choose_terms
from pod.jws import Untrue, payload_of, verified
from pod.problems import Forbidden, Malformed, Unprocessable

JOSE = "application/jose"


MANIFEST = {
    "client_id": "https://app.example/id",
    "controller": {
        "legal_name": "Example SARL",
        "country": "FR",
        "contact": "mailto:a@app.example",
        "privacy_notice": "https://app.example/privacy",
    },
    "uses": [
        {
            "purpose": "dpv:ProvidePersonalisedRecommendations",
            "recipients": [{"name": "Other", "country": "IE"}],
            "ai_training": True,
        }
    ],
}


def agreed(papers, terms=USUAL):
    """The id of the agreement that the reader has made."""
    answer = papers.accept(terms)
    assert answer.status == 201, answer.text
    return answer.headers["Location"].rpartition("/")[2]


class TestTerms:
    """The person's terms come first, and what was accepted binds."""

    def test_anybody_may_read_what_she_offers(self, papers, nobody):
        offer = nobody.get(papers.at("myterms")).json()
        assert [one["name"] for one in offer["agreements"]] == ["usual", "strict"]
        assert [one["sha256"] for one in offer["agreements"]] == [USUAL.digest, STRICT.digest]
        assert offer["contexts"]["access_request"]["required"]
        assert not offer["contexts"]["app"]["required"]

    @pytest.mark.spec("Self Data CAP-14")
    @pytest.mark.spec("Self Data SYS-01")
    def test_both_sides_keep_the_same_copy_of_what_was_accepted(self, papers, keys):
        answer = papers.accept()
        assert (answer.status, answer.headers["Content-Type"]) == (201, JOSE)
        copies = [who.get(answer.headers["Location"]) for who in (papers.owner, papers.reader)]
        assert [copy.body for copy in copies] == [answer.body, answer.body]
        document = verified(answer.text, TERMS_TYPE, keys)
        assert document["agreement"]["sha256"] == USUAL.digest
        assert (document["first_party"], document["second_party"]) == (
            papers.owner.webid,
            papers.reader.webid,
        )
        with pytest.raises(Untrue):
            verified(answer.text, TYPE, keys)

    def test_accepting_twice_is_accepting_once(self, papers):
        assert agreed(papers) == agreed(papers)
        assert len(papers.agreements()) == 1

    def test_nobody_else_is_told_of_an_agreement(self, papers, carol, nobody):
        where = papers.accept().headers["Location"]
        assert carol.get(where).status == 404
        assert carol.get(papers.at("myterms/none")).status == 404
        assert nobody.get(where).status == 401

    @pytest.mark.parametrize(
        ("terms", "more", "status"),
        [
            pytest.param(OPEN, {}, 409, id="not offered"),
            pytest.param(USUAL, {"sha256": STRICT.digest}, 409, id="other words"),
            pytest.param(USUAL, {"agreement": 1}, 400, id="no name"),
        ],
    )
    def test_what_is_not_offered_cannot_be_accepted(self, papers, terms, more, status):
        assert papers.accept(terms, **more).status == status
        assert papers.agreements() == ()

    @pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'"a"'])
    def test_what_says_nothing_accepts_nothing(self, papers, body):
        answer = papers.reader.post(papers.at("myterms"), body, "application/json")
        assert answer.status == 400

    def test_a_stranger_accepts_nothing(self, papers, nobody):
        body = json.dumps({"agreement": "usual", "sha256": USUAL.digest}).encode()
        assert nobody.post(papers.at("myterms"), body, "application/json").status == 401

    @pytest.mark.spec("Self Data CAP-14")
    def test_who_has_accepted_nothing_is_told_where_her_terms_are(self, papers):
        asker = Agent(papers.reader.webid, papers.reader.app.iri)
        with pytest.raises(Forbidden, match=papers.at("myterms")):
            check_terms(asker, papers.pod, by_request=True)
        assert check_terms(asker, papers.pod, by_request=False) is None
        name = agreed(papers)
        found = check_terms(asker, papers.pod, by_request=True)
        assert found is not None
        assert found.id == name

    @pytest.mark.spec("Self Data PRI-02")
    def test_other_terms_have_to_be_accepted_anew(self, papers):
        agreed(papers)
        asker = Agent(papers.reader.webid, papers.reader.app.iri)
        papers.run(choose_terms(TermsSetting("strict", of_all=True), papers.pod))
        with pytest.raises(Forbidden):
            check_terms(asker, papers.pod, by_request=False)
        agreed(papers, STRICT)
        assert check_terms(asker, papers.pod, by_request=False)
        with pytest.raises(Malformed):
            papers.run(choose_terms(TermsSetting("none"), papers.pod))

    @pytest.mark.spec("Self Data B13")
    def test_who_asks_for_what_its_agreement_forbids_is_refused(self, papers):
        client = papers.reader.app.iri
        terms = agreed(papers)
        manifest = json.dumps(MANIFEST)
        with pytest.raises(Unprocessable, match="artificial intelligence"):
            papers.give(client=client, terms=terms, manifest=manifest)
        assert papers.give(client=client, terms=terms).terms == terms
        # To an organisation it may be given through any client, to another app it may not.
        assert papers.give(terms=terms).terms == terms
        with pytest.raises(Unprocessable, match="has not made"):
            papers.give(client="https://other.example/id", terms=terms)

    def test_the_record_names_what_was_accepted(self, papers):
        papers.run(choose_terms(TermsSetting("open"), papers.pod))
        terms = agreed(papers, OPEN)
        more = {"client": papers.reader.app.iri, "terms": terms, "manifest": json.dumps(MANIFEST)}
        document = payload_of(papers.give(**more, screen="v1").record)
        assert document["odrl:hasPolicy"]["schema:sha256"] == OPEN.digest
        assert document["dpv:hasNotice"]["dcterms:hasVersion"] == "v1"
        assert document["dpv:hasDataController"]["dpv:hasName"] == "Example SARL"
        recipients = document["dpv:hasProcess"]["dpv:hasRecipient"]
        assert recipients[1]["dpv:hasName"] == "Other"
