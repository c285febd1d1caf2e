"""What both sides keep of access: signed records, the person's terms, and what is to be erased."""

import json
from dataclasses import replace

import pytest
from answers import said, values
from channels import receiver
from tried import code_of

from pod.agreements import AccessRequest, Item, RequestState
from pod.consent.record import TYPE, Shown, first_record
from pod.flows.app_access import stop_app
from pod.flows.consent.give import answering, give_in
from pod.flows.consent.pause import pause
from pod.flows.consent.resume import resume
from pod.flows.consent.stop import stop
from pod.flows.erase import erase, erasures_of
from pod.jws import Untrue, payload_of, verified
from pod.problems import NotFound

ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
JOSE = "application/jose"
DPV = "https://w3id.org/dpv#"


class TestRecords:
    """A consent record is the same bytes at both sides, and true or found out."""

    @pytest.mark.spec("Self Data CAP-14")
    def test_both_sides_get_the_same_bytes(self, papers):
        name = papers.give().id
        copies = [papers.record(who, name) for who in (papers.owner, papers.reader)]
        assert [copy.status for copy in copies] == [200, 200]
        assert [copy.headers["Content-Type"] for copy in copies] == [JOSE, JOSE]
        assert copies[0].body == copies[1].body
        kept = papers.pod.store.snapshot().agreements.grants.find(id=name)
        assert copies[0].text == kept.record

    def test_nobody_else_is_told_whether_it_is_there(self, papers, carol, nobody):
        name = papers.give().id
        there, elsewhere = papers.record(carol, name), papers.record(carol, "none")
        assert (there.status, there.body) == (elsewhere.status, elsewhere.body) == (404, there.body)
        assert papers.record(nobody, name).status == 401
        assert carol.get(papers.at("grants")).json() == {"grants": []}

    def test_another_app_of_the_asker_is_nobody_else_but_nobody(self, papers):
        name = papers.give(client="https://app.example/id").id
        assert papers.record(papers.reader, name).status == 404

    def test_each_side_is_told_its_grants(self, papers):
        grant = papers.give()
        for who in (papers.owner, papers.reader):
            (listed,) = who.get(papers.at("grants")).json()["grants"]
            assert (listed["id"], listed["state"]) == (grant.id, "active")
            assert listed["grant"] == papers.at(f"grants/{grant.id}")
            resource = f"{papers.owner.storage}data/bank/"
            assert listed["items"] == [
                {"resource": resource, "modes": ["read"], "category": "bank"}
            ]

    @pytest.mark.parametrize("media_type", ["application/ld+json", "text/turtle"])
    def test_it_is_read_as_rdf(self, papers, media_type):
        grant = papers.give()
        answer = papers.record(papers.owner, grant.id, media_type)
        name = papers.at(f"grants/{grant.id}")
        triples = said(answer, name)
        assert values(triples, name, DPV + "hasConsentStatus") == {DPV + "ConsentGiven"}
        assert values(triples, name, DPV + "hasDataSubject") == {papers.owner.webid}

    def test_no_other_form_is_offered(self, papers):
        assert papers.record(papers.owner, papers.give().id, "image/png").status == 406
        answer = papers.owner.get(papers.at("grants"), {"Accept": "image/png"})
        assert answer.status == 406

    def test_it_is_a_document_that_its_owner_can_query(self, papers):
        grant = papers.give()
        papers.run(stop(grant.id, papers.pod))
        path = f"{papers.owner.storage}consents/{grant.created:%Y}/{grant.id}.jsonld"
        found = papers.owner.get(path)
        assert found.json() == papers.record(papers.owner, grant.id, "application/json").json()
        assert papers.reader.get(path).status == 403

    def test_every_change_is_signed_behind_those_before(self, papers, keys):
        name = papers.give(days=None).id
        for change in (pause, resume, stop):
            papers.run(change(name, papers.pod))
        records = papers.pod.store.snapshot().agreements.grants.find(id=name).records
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

    def test_what_was_altered_is_found_out(self, papers, keys):
        jws = papers.give().record
        assert verified(jws, TYPE, keys)["dcterms:identifier"]
        step = max(1, len(jws) // 60)
        for at in range(0, len(jws), step):
            other = jws[:at] + ("A" if jws[at] != "A" else "B") + jws[at + 1 :]
            with pytest.raises(Untrue):
                verified(other, TYPE, keys)

    def test_a_document_in_its_place_keeps_nobody_from_stopping(self, papers):
        assert papers.owner.put(papers.owner.storage + "consents", b"", "text/plain").status == 201
        name = papers.give().id
        papers.run(stop(name, papers.pod))
        assert papers.record(papers.owner, name).status == 200


def request_of(papers, **more):
    """What somebody asks for."""
    now = papers.server.server.now().replace(microsecond=0)
    asked = AccessRequest(
        id="r1",
        agent=papers.reader.webid,
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


class TestDecisions:
    """A grant that answers a request is one with the decision on it."""

    def test_it_has_what_was_asked(self, papers):
        asked = request_of(papers)
        grant = papers.run(
            papers.pod.store.write(
                lambda tx: give_in(tx, answering(asked, asked.required, 7, "v1"), papers.pod)
            )
        )
        assert (grant.request, grant.retention) == ("r1", "P30D")
        storage = payload_of(grant.record)["dpv:hasProcess"]["dpv:hasStorageCondition"]
        assert storage["dpv:hasDuration"] == "P30D"

    def test_what_is_not_kept_at_all_is_said(self, papers):
        grant = papers.give(retention="none")
        said_of = first_record(grant, papers.owner.storage, papers.owner.webid, Shown())
        storage = said_of["dpv:hasProcess"]["dpv:hasStorageCondition"]
        assert storage["dpv:hasDuration"] == "P0D"


class TestErasure:
    """What has left is asked back, and followed until somebody answers."""

    @pytest.mark.spec("Self Data CAP-21")
    def test_it_tells_what_has_left_without_a_value(self, papers):
        secret = b'<#it> <https://example.org/says> "a secret" .'
        url = f"{papers.owner.storage}data/bank/one.ttl"
        papers.owner.put(url, secret)
        name = papers.give().id
        assert papers.reader.get(url).status == 200
        assert papers.reader.get(papers.owner.storage).status == 403
        papers.run(stop(name, papers.pod))
        request, letter = papers.run(erase(name, papers.pod))
        assert request.inbox is None
        left = json.loads(request.departed)
        assert (left["answers"], left["rows"], left["categories"]) == (1, 1, ["bank"])
        assert left["bytes"] == len(secret)
        assert left["first"] == left["last"] is not None
        for text in (letter.fr, letter.en, request.departed):
            assert "secret" not in text

    def test_asking_twice_is_asking_once(self, papers):
        name = papers.give().id
        first, _ = papers.run(erase(name, papers.pod))
        second, _ = papers.run(erase(name, papers.pod))
        assert first == second
        assert erasures_of(papers.pod) == (first,)
        with pytest.raises(NotFound):
            papers.run(erase("none", papers.pod))

    def test_it_is_answered_at_its_address_once(self, papers, nobody):
        request, _ = papers.run(erase(papers.give().id, papers.pod))
        where = papers.at(f"erasures/{request.id}")
        assert nobody.get(where).json()["state"] == "asked"
        body = json.dumps({"state": "confirmed", "answer": "done"}).encode()
        answer = nobody.post(where, body, "application/json")
        assert (answer.status, answer.json()["state"]) == (200, "confirmed")
        assert nobody.post(where, body, "application/json").status == 409
        assert erasures_of(papers.pod)[0].answer == "done"
        assert nobody.get(papers.at("erasures/none")).status == 404
        assert nobody.post(papers.at("erasures/none"), body, "application/json").status == 404

    @pytest.mark.parametrize("body", [b"{", b"[]", b'{"state": "asked"}', b'{"state": 1}'])
    def test_what_is_no_answer_changes_nothing(self, papers, nobody, body):
        request, _ = papers.run(erase(papers.give().id, papers.pod))
        where = papers.at(f"erasures/{request.id}")
        assert nobody.post(where, body, "application/json").status == 400
        assert erasures_of(papers.pod) == (request,)

    def test_it_is_sent_to_the_inbox_of_who_asked(self, papers):
        with receiver() as inbox:
            asked = request_of(papers, inbox=f"{inbox.base}inbox")

            def work(tx):
                tx.agreements.requests.put(asked)
                return give_in(tx, answering(asked, asked.required, 7, None), papers.pod)

            grant = papers.run(papers.pod.store.write(work))
            request, _ = papers.run(erase(grant.id, papers.pod))
            sent = inbox.next()
        assert request.inbox == f"{inbox.base}inbox"
        assert sent.json()["object"]["type"] == "Delete"
        assert sent.json()["id"] == papers.at(f"erasures/{request.id}")
        assert "Authorization" in sent.headers


def test_stopping_an_app_ends_its_sign_ins(papers, browser, app):
    """Its tokens, what it may renew them with, and that it is let in without asking."""
    owner = papers.owner
    made = app.redeem(code_of(browser, app, owner)).json()
    url = f"{owner.storage}profile/card"
    assert app.get(url, made["access_token"]).status == 200
    papers.run(stop_app(app.id, papers.pod))
    assert app.get(url, made["access_token"]).status == 401
    again = app.ask("refresh_token", refresh_token=made["refresh_token"])
    assert (again.status, again.json()["error"]) == (400, "invalid_grant")
    browser.open(app.request())
    assert "code" not in browser.answered
