"""What both sides keep of access: signed records, the person's terms, and what is to be erased."""

import json
from dataclasses import dataclass, replace

import pytest
from agents import Person, World
from answers import said, values
from channels import receiver

from acl import Agent
from pod.agreements import AccessRequest, Item, RequestState, TermsSetting
from pod.cli.grant_papers import keys_in
from pod.consent.manifest import read_manifest
from pod.consent.record import TYPE, Shown, Untrue, first_record, payload_of, verified
from pod.consent.terms import OPEN, STRICT, USUAL
from pod.consent.terms import TYPE as TERMS_TYPE
from pod.flows.consent.give import Gift, answering, give, give_in
from pod.flows.consent.myterms import check_terms, choose_terms
from pod.flows.consent.pause import pause
from pod.flows.consent.resume import resume
from pod.flows.consent.stop import stop
from pod.flows.erase import erase, erasures_of
from pod.problems import Forbidden, Malformed, NotFound, Unprocessable

ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
TRAINING = "https://w3id.org/dpv/ai#ModelTraining"
JOSE = "application/jose"
DPV = "https://w3id.org/dpv#"


@dataclass
class Given:
    """A pod, and somebody to whom access to `data/bank/` of it is given."""

    world: World
    owner: Person
    reader: Person

    @property
    def pod(self):
        return self.world.pod(self.owner.name)

    def run(self, coroutine):
        return self.world.run(coroutine)

    def gift(self, **more):
        gift = Gift(
            agent=self.reader.webid,
            client=None,
            purpose=ADVICE,
            sentence="advise you",
            items=(Item(path="data/bank/", category="bank"),),
        )
        return replace(gift, **more)

    def give(self, **more):
        return self.run(give(self.gift(**more), self.pod))

    def at(self, name):
        return f"{self.owner.storage}.well-known/{name}"

    def record(self, who, name, media_type=JOSE):
        return who.get(self.at(f"grants/{name}"), {"Accept": media_type})

    def accept(self, terms=USUAL, **more):
        body = {"agreement": terms.name, "sha256": terms.digest, **more}
        return self.reader.post(self.at("myterms"), json.dumps(body).encode(), "application/json")

    def agreements(self):
        return tuple(self.pod.store.snapshot().agreements.terms.all())


@pytest.fixture
def given(world: World, owner: Person, bob: Person) -> Given:
    return Given(world, owner, bob)


@pytest.fixture(scope="module")
def keys(world: World, nobody: Person):
    """The keys that the server publishes."""
    return keys_in(nobody.get(world.base + ".well-known/record-keys").text)


class TestRecords:
    """A consent record is the same bytes at both sides, and true or found out."""

    @pytest.mark.spec("Self Data CAP-14")
    def test_both_sides_get_the_same_bytes(self, given):
        name = given.give().id
        copies = [given.record(who, name) for who in (given.owner, given.reader)]
        assert [copy.status for copy in copies] == [200, 200]
        assert [copy.headers["Content-Type"] for copy in copies] == [JOSE, JOSE]
        assert copies[0].body == copies[1].body
        kept = given.pod.store.snapshot().agreements.grants.find(name)
        assert copies[0].text == kept.record

    def test_nobody_else_is_told_whether_it_is_there(self, given, carol, nobody):
        name = given.give().id
        there, elsewhere = given.record(carol, name), given.record(carol, "none")
        assert (there.status, there.body) == (elsewhere.status, elsewhere.body) == (404, there.body)
        assert given.record(nobody, name).status == 401
        assert carol.get(given.at("grants")).json() == {"grants": []}

    def test_another_app_of_the_asker_is_nobody_else_but_nobody(self, given):
        name = given.give(client="https://app.example/id").id
        assert given.record(given.reader, name).status == 404

    def test_each_side_is_told_its_grants(self, given):
        grant = given.give()
        for who in (given.owner, given.reader):
            (listed,) = who.get(given.at("grants")).json()["grants"]
            assert (listed["id"], listed["state"]) == (grant.id, "active")
            assert listed["grant"] == given.at(f"grants/{grant.id}")
            resource = f"{given.owner.storage}data/bank/"
            assert listed["items"] == [
                {"resource": resource, "modes": ["read"], "category": "bank"}
            ]

    @pytest.mark.parametrize("media_type", ["application/ld+json", "text/turtle"])
    def test_it_is_read_as_rdf(self, given, media_type):
        grant = given.give()
        answer = given.record(given.owner, grant.id, media_type)
        name = given.at(f"grants/{grant.id}")
        triples = said(answer, name)
        assert values(triples, name, DPV + "hasConsentStatus") == {DPV + "ConsentGiven"}
        assert values(triples, name, DPV + "hasDataSubject") == {given.owner.webid}

    def test_no_other_form_is_offered(self, given):
        assert given.record(given.owner, given.give().id, "image/png").status == 406
        answer = given.owner.get(given.at("grants"), {"Accept": "image/png"})
        assert answer.status == 406

    def test_it_is_a_document_that_its_owner_can_query(self, given):
        grant = given.give()
        given.run(stop(grant.id, given.pod))
        path = f"{given.owner.storage}consents/{grant.created:%Y}/{grant.id}.jsonld"
        found = given.owner.get(path)
        assert found.json() == given.record(given.owner, grant.id, "application/json").json()
        assert given.reader.get(path).status == 403

    def test_every_change_is_signed_behind_those_before(self, given, keys):
        name = given.give(days=None).id
        for change in (pause, resume, stop):
            given.run(change(name, given.pod))
        records = given.pod.store.snapshot().agreements.grants.find(name).records
        statuses = [
            [event["@type"] for event in verified(one, TYPE, keys)["dcterms:hasPart"]]
            for one in records
        ]
        assert [len(found) for found in statuses] == [1, 2, 3, 4]
        assert statuses[-1] == [
            "dpv:ConsentGiven",
            "dpv:ConsentStatusInvalidForProcessing",
            "dpv:RenewedConsentGiven",
            "dpv:ConsentWithdrawn",
        ]
        assert "sd:validUntil" not in payload_of(records[-1])

    def test_what_was_altered_is_found_out(self, given, keys):
        jws = given.give().record
        assert verified(jws, TYPE, keys)["dcterms:identifier"]
        step = max(1, len(jws) // 60)
        for at in range(0, len(jws), step):
            other = jws[:at] + ("A" if jws[at] != "A" else "B") + jws[at + 1 :]
            with pytest.raises(Untrue):
                verified(other, TYPE, keys)

    def test_a_document_in_its_place_keeps_nobody_from_stopping(self, given):
        assert given.owner.put(given.owner.storage + "consents", b"", "text/plain").status == 201
        name = given.give().id
        given.run(stop(name, given.pod))
        assert given.record(given.owner, name).status == 200


def request_of(given, **more):
    """What somebody asks for."""
    now = given.world.server.now().replace(microsecond=0)
    asked = AccessRequest(
        id="r1",
        agent=given.reader.webid,
        client=None,
        purpose=ADVICE,
        sentence="advise you",
        required=(Item(path="data/bank/", category="bank"),),
        optional=(),
        days=30,
        retention="P30D",
        terms=None,
        manifest=None,
        inbox=None,
        state=RequestState.WAITING,
        created=now,
        lapses=now,
    )
    return replace(asked, **more)


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


def agreed(given, terms=USUAL):
    """The id of the agreement that the reader has made."""
    answer = given.accept(terms)
    assert answer.status == 201, answer.text
    return answer.headers["Location"].rpartition("/")[2]


class TestTerms:
    """The person's terms come first, and what was accepted binds."""

    def test_anybody_may_read_what_she_offers(self, given, nobody):
        offer = nobody.get(given.at("myterms")).json()
        assert [one["name"] for one in offer["agreements"]] == ["usual", "strict"]
        assert [one["sha256"] for one in offer["agreements"]] == [USUAL.digest, STRICT.digest]
        assert offer["contexts"]["access_request"]["required"]
        assert not offer["contexts"]["app"]["required"]

    @pytest.mark.spec("Self Data CAP-14")
    @pytest.mark.spec("Self Data SYS-01")
    def test_both_sides_keep_the_same_copy_of_what_was_accepted(self, given, keys):
        answer = given.accept()
        assert (answer.status, answer.headers["Content-Type"]) == (201, JOSE)
        copies = [who.get(answer.headers["Location"]) for who in (given.owner, given.reader)]
        assert [copy.body for copy in copies] == [answer.body, answer.body]
        document = verified(answer.text, TERMS_TYPE, keys)
        assert document["agreement"]["sha256"] == USUAL.digest
        assert (document["first_party"], document["second_party"]) == (
            given.owner.webid,
            given.reader.webid,
        )
        with pytest.raises(Untrue):
            verified(answer.text, TYPE, keys)

    def test_accepting_twice_is_accepting_once(self, given):
        assert agreed(given) == agreed(given)
        assert len(given.agreements()) == 1

    def test_nobody_else_is_told_of_an_agreement(self, given, carol, nobody):
        where = given.accept().headers["Location"]
        assert carol.get(where).status == 404
        assert carol.get(given.at("myterms/none")).status == 404
        assert nobody.get(where).status == 401

    @pytest.mark.parametrize(
        ("terms", "more", "status"),
        [
            pytest.param(OPEN, {}, 409, id="not offered"),
            pytest.param(USUAL, {"sha256": STRICT.digest}, 409, id="other words"),
            pytest.param(USUAL, {"agreement": 1}, 400, id="no name"),
        ],
    )
    def test_what_is_not_offered_cannot_be_accepted(self, given, terms, more, status):
        assert given.accept(terms, **more).status == status
        assert given.agreements() == ()

    @pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'"a"'])
    def test_what_says_nothing_accepts_nothing(self, given, body):
        answer = given.reader.post(given.at("myterms"), body, "application/json")
        assert answer.status == 400

    def test_a_stranger_accepts_nothing(self, given, nobody):
        body = json.dumps({"agreement": "usual", "sha256": USUAL.digest}).encode()
        assert nobody.post(given.at("myterms"), body, "application/json").status == 401

    @pytest.mark.spec("Self Data CAP-14")
    def test_who_has_accepted_nothing_is_told_where_her_terms_are(self, given):
        asker = Agent(given.reader.webid, given.reader.app.iri)
        with pytest.raises(Forbidden, match=given.at("myterms")):
            check_terms(asker, read_manifest(None), given.pod, by_request=True)
        assert check_terms(asker, read_manifest(None), given.pod, by_request=False) is None
        name = agreed(given)
        found = check_terms(asker, read_manifest(None), given.pod, by_request=True)
        assert found is not None
        assert found.id == name

    @pytest.mark.spec("Self Data PRI-02")
    def test_other_terms_have_to_be_accepted_anew(self, given):
        agreed(given)
        asker = Agent(given.reader.webid, given.reader.app.iri)
        given.run(choose_terms(TermsSetting("strict", of_all=True), given.pod))
        with pytest.raises(Forbidden):
            check_terms(asker, read_manifest(None), given.pod, by_request=False)
        agreed(given, STRICT)
        assert check_terms(asker, read_manifest(None), given.pod, by_request=False)
        with pytest.raises(Malformed):
            given.run(choose_terms(TermsSetting("none"), given.pod))

    @pytest.mark.spec("Self Data B13")
    def test_who_asks_for_what_its_agreement_forbids_is_refused(self, given):
        client = given.reader.app.iri
        terms = agreed(given)
        manifest = json.dumps(MANIFEST)
        with pytest.raises(Unprocessable, match="artificial intelligence"):
            given.give(client=client, terms=terms, manifest=manifest)
        assert given.give(client=client, terms=terms).terms == terms
        with pytest.raises(Unprocessable, match="has not made"):
            given.give(terms=terms)

    def test_the_record_names_what_was_accepted(self, given):
        given.run(choose_terms(TermsSetting("open"), given.pod))
        terms = agreed(given, OPEN)
        more = {"client": given.reader.app.iri, "terms": terms, "manifest": json.dumps(MANIFEST)}
        document = payload_of(given.give(**more, screen="v1").record)
        assert document["odrl:hasPolicy"]["schema:sha256"] == OPEN.digest
        assert document["dpv:hasNotice"]["dcterms:hasVersion"] == "v1"
        assert document["dpv:hasDataController"]["dpv:hasName"] == "Example SARL"
        recipients = document["dpv:hasProcess"]["dpv:hasRecipient"]
        assert recipients[1]["dpv:hasName"] == "Other"


class TestDecisions:
    """A grant that answers a request is one with the decision on it."""

    def test_it_has_what_was_asked(self, given):
        asked = request_of(given)
        grant = given.run(
            given.pod.store.write(
                lambda tx: give_in(tx, answering(asked, asked.required, 7, "v1"), given.pod)
            )
        )
        assert (grant.request, grant.retention) == ("r1", "P30D")
        storage = payload_of(grant.record)["dpv:hasProcess"]["dpv:hasStorageCondition"]
        assert storage["dpv:hasDuration"] == "P30D"

    def test_what_is_not_kept_at_all_is_said(self, given):
        grant = given.give(retention="none")
        said_of = first_record(grant, given.owner.storage, given.owner.webid, Shown())
        storage = said_of["dpv:hasProcess"]["dpv:hasStorageCondition"]
        assert storage["dpv:hasDuration"] == "P0D"


class TestErasure:
    """What has left is asked back, and followed until somebody answers."""

    @pytest.mark.spec("Self Data CAP-21")
    def test_it_tells_what_has_left_without_a_value(self, given):
        secret = b'<#it> <https://example.org/says> "a secret" .'
        url = f"{given.owner.storage}data/bank/one.ttl"
        given.owner.put(url, secret)
        name = given.give().id
        assert given.reader.get(url).status == 200
        assert given.reader.get(given.owner.storage).status == 403
        given.run(stop(name, given.pod))
        request, letter = given.run(erase(name, given.pod))
        assert request.inbox is None
        left = json.loads(request.departed)
        assert (left["answers"], left["rows"], left["categories"]) == (1, 1, ["bank"])
        assert left["bytes"] == len(secret)
        assert left["first"] == left["last"] is not None
        for text in (letter.fr, letter.en, request.departed):
            assert "secret" not in text

    def test_asking_twice_is_asking_once(self, given):
        name = given.give().id
        first, _ = given.run(erase(name, given.pod))
        second, _ = given.run(erase(name, given.pod))
        assert first == second
        assert erasures_of(given.pod) == (first,)
        with pytest.raises(NotFound):
            given.run(erase("none", given.pod))

    def test_it_is_answered_at_its_address_once(self, given, nobody):
        request, _ = given.run(erase(given.give().id, given.pod))
        where = given.at(f"erasures/{request.id}")
        assert nobody.get(where).json()["state"] == "asked"
        body = json.dumps({"state": "confirmed", "answer": "done"}).encode()
        answer = nobody.post(where, body, "application/json")
        assert (answer.status, answer.json()["state"]) == (200, "confirmed")
        assert nobody.post(where, body, "application/json").status == 409
        assert erasures_of(given.pod)[0].answer == "done"
        assert nobody.get(given.at("erasures/none")).status == 404
        assert nobody.post(given.at("erasures/none"), body, "application/json").status == 404

    @pytest.mark.parametrize("body", [b"{", b"[]", b'{"state": "asked"}', b'{"state": 1}'])
    def test_what_is_no_answer_changes_nothing(self, given, nobody, body):
        request, _ = given.run(erase(given.give().id, given.pod))
        where = given.at(f"erasures/{request.id}")
        assert nobody.post(where, body, "application/json").status == 400
        assert erasures_of(given.pod) == (request,)

    def test_it_is_sent_to_the_inbox_of_who_asked(self, given):
        with receiver() as inbox:
            asked = request_of(given, inbox=f"{inbox.base}inbox")

            def work(tx):
                tx.agreements.requests.put(asked)
                return give_in(tx, answering(asked, asked.required, 7, None), given.pod)

            grant = given.run(given.pod.store.write(work))
            request, _ = given.run(erase(grant.id, given.pod))
            sent = inbox.next()
        assert request.inbox == f"{inbox.base}inbox"
        assert sent.json()["object"]["type"] == "Delete"
        assert sent.json()["id"] == given.at(f"erasures/{request.id}")
        assert "Authorization" in sent.headers
