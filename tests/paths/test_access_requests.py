"""Access is asked for over HTTP: by whom, for what, and what is told of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from agents import Person
from asking import SENTENCE, Asking
from granting import ADVICE
from manifests import changed, example
from tried import from_document

from pod.agreements import REQUESTS, Item, RequestState
from pod.consent.asked import of_request
from pod.consent.odrl import CATEGORY
from pod.flows.ask import MOST_OF_ASKER, ask
from pod.model import Request
from pod.problems import Unprocessable
from vocab.iri import ResourceIri

BANK = Item(path="data/bank/", category="bank")
SERVICE = "https://w3id.org/dpv#ServicePersonalisation"
JSON = "application/json"
LD_JSON = "application/ld+json"
LWS_JSON = "application/lws+json"


@pytest.fixture(scope="module")
def eve(world) -> Person:
    """Somebody who is asked for what is hers."""
    return world.fresh()


@pytest.fixture
def asking(world, eve, bob) -> Iterator[Asking]:
    """Her pod, at which nothing was asked and no terms were accepted."""
    made = Asking(world, eve, bob)
    yield made
    made.forget()


@pytest.fixture
def refusing(asking) -> Asking:
    """The same, when terms were accepted."""
    asking.accept()
    return asking


@pytest.mark.spec("Self Data CAP-04")
def test_what_is_asked_for_waits_for_the_person(asking):
    kept = asking.asked()
    assert (kept.agent, kept.client, kept.purpose) == (asking.reader.webid, None, ADVICE)
    assert (kept.required, kept.optional) == ((BANK,), (Item(path="annotations/"),))
    told = asking.reader.get(asking.where(kept)).json()
    assert (told["state"], told["days"], told["retention"]) == ("waiting", 60, "P6M")
    assert (told["proposal"], told["grant"]) == (None, None)
    assert [one["required"] for one in told["items"]] == [True, False]
    assert told == asking.owner.get(asking.where(kept)).json()
    *_, line = [one for one in asking.server.journal(asking.owner.name) if one.action == "ASK"]
    assert (line.agent, line.target) == (asking.reader.webid, f"{REQUESTS}/{kept.id}")


@pytest.mark.spec("LWS §10.2 #access-data-model")
@pytest.mark.spec("LWS §10.4.1 #json-ld-serialization")
@pytest.mark.parametrize("kind", [LD_JSON, LWS_JSON])
def test_it_can_be_asked_as_linked_web_storage_has_it(asking, kind):
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(days=20, hours=1)
    limits = [
        {"leftOperand": "purpose", "operator": "eq", "rightOperand": ADVICE},
        {"leftOperand": "dateTime", "operator": "lteq", "rightOperand": ends.isoformat()},
    ]
    asking.accept()
    answer = asking.ask(asking.lws(constraint=limits), kind=kind)
    assert answer.status == 201
    (kept,) = asking.all()
    assert (kept.required, kept.days, kept.ends) == ((BANK,), 20, ends)
    told = asking.reader.get(asking.where(kept), {"Accept": kind})
    assert told.headers["Content-Type"] == kind
    assert told.json()["access"] == [
        {
            "type": ["AccessPolicy"],
            "action": ["read"],
            "target": {"type": CATEGORY, "value": ["bank"]},
            "assignee": asking.reader.webid,
            "constraint": limits,
        }
    ]
    assert told.json()["state"] == "waiting"
    assert asking.reader.get(asking.where(kept), {"Accept": "text/html"}).status == 406


@pytest.mark.spec("Self Data CAP-04")
@pytest.mark.spec("LWS §10.6.1 #access-notification-events")
def test_the_person_finds_a_notice_in_her_inbox(asking):
    kept = asking.asked()
    notice = asking.owner.get(f"{asking.owner.storage}inbox/access-request-{kept.id}.jsonld")
    said = notice.json()
    assert (said["type"], said["actor"]) == ("Offer", asking.reader.webid)
    assert said["object"] == asking.where(kept)


@pytest.mark.spec("Self Data CAP-14")
def test_who_has_accepted_no_terms_is_told_where_they_are(asking):
    answer = asking.ask()
    assert answer.status == 403
    assert asking.at("myterms") in answer.json()["detail"]
    assert asking.all() == []
    assert asking.asked().terms == asking.agreements()[0].id


@pytest.mark.spec("Self Data B13")
def test_what_the_accepted_terms_forbid_is_refused(refusing):
    said = refusing.body(purpose="ai:ModelTraining")
    answer = refusing.ask(said)
    assert (answer.status, "artificial intelligence" in answer.text) == (422, True)


@pytest.mark.spec("Self Data CON-09")
def test_an_organisation_without_an_app_can_say_who_it_is(asking):
    said = {name: example()[name] for name in ("controller", "uses")}
    kept = asking.asked(asking.body(purpose=SERVICE, manifest=said, sentence=None, retention=None))
    assert (kept.client, json.loads(kept.manifest)) == (None, said)
    assert of_request(kept).name == "Budget Malin SAS"
    assert (kept.sentence, kept.retention) == (said["uses"][0]["sentence"]["fr"], "P6M")


@pytest.mark.spec("Self Data CON-09")
@pytest.mark.parametrize("path", ["controller", "uses/0/app_gains"])
def test_who_says_who_it_is_says_all_of_it(refusing, path):
    answer = refusing.ask(refusing.body(purpose=SERVICE, manifest=changed(path)))
    assert (answer.status, "in `manifest`" in answer.text) == (422, True)


def test_a_stranger_cannot_ask(refusing, nobody):
    assert refusing.ask(who=nobody).status == 401
    assert nobody.get(refusing.owner.storage + REQUESTS).status == 401
    assert nobody.get(refusing.owner.storage + REQUESTS + "/none").status == 401


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"agent": "https://somebody.example/#me"}, 403, id="as somebody else"),
        pytest.param({"client": "https://other.example/id"}, 403, id="through another app"),
        pytest.param({"purpose": None}, 400, id="no purpose"),
        pytest.param({"purpose": "https://purpose.example/ours"}, 422, id="purpose of its own"),
        pytest.param({"sentence": None}, 422, id="no plain words"),
        pytest.param({"items": []}, 422, id="nothing"),
        pytest.param({"items": [{"category": "none"}]}, 422, id="no category"),
        pytest.param({"items": [{"resource": "https://else.example/a"}]}, 422, id="elsewhere"),
        pytest.param({"items": [{"category": "bank", "modes": ["control"]}]}, 422, id="control"),
        pytest.param({"retention": "none"}, 422, id="to keep nothing"),
        pytest.param({"days": 0}, 400, id="no days"),
        pytest.param({"more": 1}, 422, id="what means nothing"),
    ],
)
def test_what_cannot_be_asked_is_refused(refusing, changed, status):
    answer = refusing.ask(refusing.body(**changed))
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert refusing.all() == []


@pytest.mark.spec("Self Data CAP-21")
def test_who_would_keep_nothing_is_told_what_that_means(refusing):
    answer = refusing.ask(refusing.body(retention="none"))
    assert (answer.status, "only answers" in answer.json()["detail"]) == (422, True)


@pytest.mark.spec("Self Data CON-39")
@pytest.mark.parametrize(
    "names",
    [["health", "bank"], ["health", "mobility"], ["data"], ["everything", "bank"]],
    ids=" and ".join,
)
def test_what_is_sensitive_is_asked_for_alone(refusing, names):
    items = [{"category": name} for name in names]
    if len(items) > 1:
        assert refusing.ask(refusing.body(items=items)).status == 422
    alone = refusing.body(items=items[:1])
    assert refusing.ask(alone).status == 201


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{", JSON, 400, id="no JSON"),
        pytest.param(b"[]", JSON, 400, id="no object"),
        pytest.param(b"[" * 9000, JSON, 400, id="deep"),
        pytest.param(b"{}", "text/turtle", 415, id="RDF"),
        pytest.param(b" " * 20_000, JSON, 413, id="long"),
    ],
)
def test_what_cannot_be_read_is_refused(refusing, body, kind, status):
    answer = refusing.reader.post(refusing.owner.storage + REQUESTS, body, kind)
    assert answer.status == status


@pytest.mark.spec("Practice HTTP-18")
@pytest.mark.parametrize("path", ["there.ttl", "not-there.ttl", "below/", "none/"])
def test_who_asks_is_not_told_what_is_there(asking, path):
    for name in ("there.ttl", "below/x.ttl"):
        asking.owner.put(asking.owner.storage + "annotations/" + name, b"")
    item = {"resource": f"{asking.owner.storage}annotations/{path}"}
    asking.accept()
    answer = asking.ask(asking.body(items=[item]))
    told = answer.json()
    assert answer.status == 201
    assert {**told, "id": "", "created": "", "lapses": "", "terms": ""} == {
        "id": "",
        "state": "waiting",
        "reason": None,
        "agent": asking.reader.webid,
        "client": None,
        "purpose": ADVICE,
        "sentence": SENTENCE,
        "items": [{**item, "category": None, "modes": ["read"], "required": True}],
        "days": 60,
        "ends": None,
        "retention": "P6M",
        "terms": "",
        "inbox": None,
        "created": "",
        "lapses": "",
        "proposal": None,
        "grant": None,
    }


@pytest.mark.parametrize("path", [".well-known/journal", "data/bank/.acl", "x.meta", "a%2Fb"])
def test_what_nobody_can_be_given_cannot_be_asked_for(refusing, path):
    item = {"resource": refusing.owner.storage + path}
    assert refusing.ask(refusing.body(items=[item])).status == 400


@pytest.mark.spec("Practice LWS-AR-09")
def test_each_sees_what_is_hers(asking, carol):
    kept = asking.asked()
    for who, names in ((asking.owner, [kept.id]), (asking.reader, [kept.id]), (carol, [])):
        listed = who.get(asking.owner.storage + REQUESTS).json()["requests"]
        assert [one["id"].rpartition("/")[2] for one in listed] == names
    there, elsewhere = carol.get(asking.where(kept)), carol.get(asking.where(kept) + "x")
    assert (there.status, there.body) == (elsewhere.status, elsewhere.body) == (404, there.body)
    for answer in (asking.act(kept, "withdraw", carol), carol.delete(asking.where(kept))):
        assert answer.status == 404
    assert asking.owner.delete(asking.where(kept)).status == 403
    assert asking.kept(kept.id).state is RequestState.WAITING
    image = {"Accept": "image/png"}
    assert asking.owner.get(asking.owner.storage + REQUESTS, image).status == 406


def test_what_was_refused_is_asked_for_with_the_body_that_was_told(asking):
    url = f"{asking.owner.storage}annotations/note.ttl"
    told = asking.reader.get(url).json()["accessRequest"]
    asking.accept()
    whole = {**told["body"], "purpose": ADVICE, "sentence": SENTENCE}
    answer = asking.reader.post(told["endpoint"], json.dumps(whole).encode(), JSON)
    assert answer.status == 201
    (kept,) = asking.all()
    assert kept.required == (Item(path="annotations/note.ttl"),)
    assert kept.client == asking.reader.app.iri


class TestApps:
    """Apps that ask for data of who signs in to them."""

    def app(self, world, nobody, elsewhere, document):
        said = {name: document[name] for name in ("controller", "uses") if name in document}
        return from_document(world, nobody, elsewhere, **said)

    def ask(self, asking, app, browser, **said):
        """What the app is answered that asks as the owner, who has signed in to it."""
        made = app.redeem(signed_in(browser, app, asking.owner)).json()
        call = caller(app, made["access_token"])
        digest = call("GET", asking.at("myterms")).json()["agreements"][0]["sha256"]
        call("POST", asking.at("myterms"), {"agreement": "usual", "sha256": digest})
        body = asking.body(items=[{"category": "bank"}], retention=None, **said)
        return call("POST", asking.owner.storage + REQUESTS, body)

    @pytest.mark.spec("Self Data CON-09")
    def test_an_app_asks_to_act_as_the_person(self, asking, browser, nobody, elsewhere):
        app = self.app(asking.server, nobody, elsewhere, example())
        answer = self.ask(asking, app, browser, purpose=SERVICE, sentence=None)
        assert answer.status == 201, answer.text
        (kept,) = asking.all()
        assert (kept.agent, kept.client) == (asking.owner.webid, app.id)
        assert json.loads(kept.manifest)["controller"]["legal_name"] == "Budget Malin SAS"
        assert kept.sentence == example()["uses"][0]["sentence"]["fr"]
        assert kept.retention == "P6M"
        assert answer.json()["client"] == app.id

    @pytest.mark.parametrize(
        ("is_own", "status"), [(True, 409), (False, 201)], ids=["own", "other"]
    )
    def test_what_one_app_has_asked_keeps_no_other_from_asking(
        self, asking, browser, nobody, elsewhere, is_own, status
    ):
        app = self.app(asking.server, nobody, elsewhere, example())
        client = app.id if is_own else "https://other.example/id"
        kept = replace(asking.asked(), agent=asking.owner.webid, client=client)

        def work(tx):
            for number in range(MOST_OF_ASKER):
                tx.agreements.requests.put(replace(kept, id=f"n{number}"))

        asking.run(asking.pod.store.write(work))
        assert self.ask(asking, app, browser, purpose=SERVICE).status == status

    @pytest.mark.spec("Self Data CON-09")
    @pytest.mark.spec("Self Data PRI-21")
    @pytest.mark.parametrize("path", ["controller", "uses/0/person_gains"])
    def test_who_says_too_little_of_itself_cannot_ask(
        self, asking, browser, nobody, elsewhere, path
    ):
        app = self.app(asking.server, nobody, elsewhere, changed(path))
        answer = self.ask(asking, app, browser, purpose=SERVICE)
        assert (answer.status, "client id document" in answer.text) == (422, True)
        assert asking.all() == []

    def test_an_app_says_who_it_is_in_its_document_alone(self, asking, browser, nobody, elsewhere):
        app = self.app(asking.server, nobody, elsewhere, changed("controller"))
        answer = self.ask(asking, app, browser, purpose=SERVICE, manifest=example())
        assert (answer.status, "leave out `manifest`" in answer.text) == (422, True)

    def test_an_app_whose_document_cannot_be_had_cannot_ask(
        self, asking, browser, nobody, elsewhere
    ):
        app = self.app(asking.server, nobody, elsewhere, example())
        token = app.redeem(signed_in(browser, app, asking.owner)).json()["access_token"]
        target = ResourceIri(asking.owner.storage, REQUESTS)
        signed = {
            "Authorization": f"DPoP {token}",
            "DPoP": app.key.proof("POST", str(target)),
            "Content-Type": JSON,
        }
        request = Request(method="POST", target=target, headers=signed, url=str(target))

        async def gone(*_, **__):
            return None

        async def body():
            yield json.dumps(asking.body()).encode()

        pod = replace(asking.pod, server=replace(asking.server.server, fetch=gone))
        with pytest.raises(Unprocessable, match="cannot be had"):
            asking.run(ask(request, pod, body()))


def signed_in(browser, app, who: Person) -> str:
    """The code for an app that somebody signs in to, and gives nothing."""
    browser.open(app.request())
    browser.send({"email": f"{who.name}@example.org", "password": "a good password"})
    browser.send({"decision": "allow"})
    while "code" not in browser.answered:
        browser.send({"answer": "refuse"})
    return browser.answered["code"]


def caller(app, token: str):
    """What an app sends with its token, in JSON."""

    def call(method: str, url: str, said: object = None):
        signed = {
            "Authorization": f"DPoP {token}",
            "DPoP": app.key.proof(method, url),
            "Content-Type": JSON,
        }
        body = None if said is None else json.dumps(said).encode()
        return app.nobody.call(method, url, signed, body)

    return call
