"""The pages on which a person decides what she is asked for, without scripts."""

import json
import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from access_pages import ADVICE, PASSWORD, enter, given, grow_old, press, text
from agents import Person, World
from browser import Browser
from client import Answer

from pod.agreements import AccessRequest, Item, RequestState

USE = {
    "purpose": ADVICE,
    "sentence": {"en": "We look for savings.", "fr": "Nous cherchons des économies."},
    "required": [{"category": "bank", "modes": ["read"]}],
    "retention": "P30D",
    "person_gains": {"en": "Lower bills.", "fr": "Des factures plus basses."},
    "app_gains": {"en": "A fee.", "fr": "Une commission."},
}
MANIFEST = json.dumps(
    {"controller": {"legal_name": "Shop SAS", "kind": "company", "country": "FR"}, "uses": [USE]}
)


@dataclass
class Asking:
    """A request that waits for the owner of a pod, and her browser at its page."""

    world: World
    owner: Person
    reader: Person
    browser: Browser
    id: str = "asked-1"

    def put(self, **more: object) -> None:
        now = self.world.server.second
        request = AccessRequest(
            id=self.id,
            agent=self.reader.webid,
            client=None,
            purpose=ADVICE,
            sentence="We look for savings.",
            required=(Item(path="data/bank/", category="bank"),),
            optional=(Item(path="data/energy/", category="energy"),),
            days=90,
            retention=None,
            terms=None,
            manifest=MANIFEST,
            inbox=None,
            state=RequestState.WAITING,
            created=now,
            lapses=now + timedelta(days=30),
        )
        request = replace(request, **more)
        pod = self.world.pod(self.owner.name)
        self.world.run(pod.store.write(lambda tx: tx.agreements.requests.put(request)))

    @property
    def kept(self) -> AccessRequest:
        found = (
            self.world.pod(self.owner.name).store.snapshot().agreements.requests.find(id=self.id)
        )
        assert found is not None
        return found

    def open(self) -> Answer:
        return self.browser.open(
            f"/.account/requests/one?space={self.owner.name}&request={self.id}"
        )


@pytest.fixture
def asking(world: World, eve: Person, reader: Person, browser: Browser) -> Asking:
    made = Asking(world, eve, reader, browser)
    made.put()
    enter(browser, eve)
    return made


class TestRequests:
    @pytest.mark.spec("Self Data CAP-04")
    @pytest.mark.usefixtures("asking")
    def test_what_waits_is_said_in_a_sentence(self, browser):
        browser.open("/.account/")
        assert "One request waits for your answer." in text(browser)
        browser.open("/.account/requests/")
        said = text(browser)
        assert "Shop SAS asks for: Bank (read), Energy (read). For: We look for savings." in said
        link = re.search(r'href="(/.account/requests/one[^"]+)"', browser.page.text).group(1)
        browser.open(link.replace("&amp;", "&"))
        assert browser.title == "Shop SAS asks for access"

    @pytest.mark.spec("Self Data PRI-04")
    @pytest.mark.spec("Self Data PRI-21")
    @pytest.mark.spec("Self Data B1")
    def test_all_that_consent_takes_is_on_the_screen(self, asking, browser):
        asking.open()
        said = text(browser)
        for part in ("Who is asking", "What for", "Which data", "Where they go", "How long"):
            assert part in said
        for sentence in (
            "a company, France",
            "“We look for savings.”",
            "What you gain: Lower bills.",
            "What Shop SAS gains: A fee.",
            "They keep it for 30 days.",
            "They ask for 90 days.",
            "You can stop it at any time",
        ):
            assert sentence in said
        assert "Records today: 1 For instance: a.ttl" in said

    @pytest.mark.spec("Self Data B11")
    @pytest.mark.spec("Self Data PRI-15")
    def test_more_than_is_usual_is_pointed_out_with_what_would_do(self, asking, browser):
        asking.put(days=400, optional=(Item(path="inbox/", category="inbox"),))
        asking.open()
        said = text(browser)
        assert "More than is usual for “Giving you advice”: Bank, Inbox" in said
        assert "Longer than is usual: 400 days, where 180 days would do." in said
        assert "Less would do: Bank, 180 days" in said

    @pytest.mark.spec("Self Data PRI-01")
    def test_yes_and_no_weigh_the_same_and_nothing_optional_is_ticked(self, asking, browser):
        asking.open()
        buttons = re.findall(
            r'<button type="submit" name="answer" value="(\w+)"(.*?)>', browser.page.text
        )
        assert [name for name, more in buttons if not more] == ["accept", "propose", "refuse"]
        assert [name for name, more in buttons if more] == ["later", "report"]
        ticked = re.findall(r'name="item" value="(\d)"( checked)?', browser.page.text)
        assert ticked == [("0", " checked"), ("1", "")]

    @pytest.mark.spec("Self Data CAP-04")
    def test_what_is_accepted_is_given_and_a_receipt_says_so(self, asking, browser, eve, reader):
        asking.open()
        browser.send({"answer": "accept", "item": "0", "days": "7"}, form=consent(browser))
        assert browser.title == "What you have given to Shop SAS"
        said = text(browser)
        assert "Bank (read)" in said
        assert "Energy" not in said
        assert "(in 7 days)" in said
        assert asking.kept.state is RequestState.GRANTED
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200
        record = re.search(r'href="(/.account/apps/record[^"]+)"', browser.page.text).group(1)
        assert browser.open(record.replace("&amp;", "&")).text.count(".") == 2
        asking.open()
        assert "You have accepted." in text(browser)

    @pytest.mark.spec("Self Data CON-38")
    def test_a_refusal_needs_no_reason(self, asking, browser, eve, reader):
        asking.open()
        browser.send({"answer": "refuse"}, form=consent(browser))
        assert browser.at.endswith("/.account/requests/")
        assert asking.kept.state is RequestState.REFUSED
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403

    @pytest.mark.spec("Self Data PRI-09")
    @pytest.mark.spec("Self Data B12")
    def test_something_else_is_proposed_and_can_be_taken_back(self, asking, browser, eve, reader):
        asking.open()
        browser.send({"answer": "propose", "item": "0", "days": "1"}, form=consent(browser))
        assert "You have proposed something else." in text(browser)
        assert asking.kept.proposed.days == 1
        assert [item.path for item in asking.kept.proposed.items] == ["data/bank/"]
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        press(browser, f"request={asking.id}")
        assert asking.kept.state is RequestState.REFUSED

    def test_later_changes_nothing(self, asking, browser):
        asking.open()
        browser.send({"answer": "later"}, form=consent(browser))
        assert browser.at.endswith("/.account/requests/")
        assert asking.kept.state is RequestState.WAITING

    @pytest.mark.spec("Self Data CON-38")
    def test_pressure_is_kept_with_the_request(self, asking, browser):
        asking.open()
        browser.send({"answer": "report"}, form=consent(browser))
        assert browser.title == "Report"
        press(browser, f"request={asking.id}", text="they said no job without it")
        assert "You have reported pressure." in text(browser)
        assert asking.kept.reported == "they said no job without it"
        assert asking.kept.state is RequestState.WAITING

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ({"answer": "accept", "item": None}, 400),
            ({"answer": "accept", "item": "7"}, 400),
            ({"answer": "accept", "days": "365"}, 400),
            ({"answer": "perhaps"}, 400),
            ({"answer": "accept", "screen": "x"}, 400),
            ({"answer": "accept", "asked": "0" * 64}, 400),
        ],
        ids=str,
    )
    def test_what_is_no_answer_is_said(self, asking, browser, sent, status):
        asking.open()
        page = browser.send(sent, form=consent(browser))
        assert page.status == status
        assert 'role="alert"' in page.text
        assert asking.kept.state is RequestState.WAITING

    def test_what_they_ask_for_otherwise_since_she_looked_is_not_agreed_to(self, asking, browser):
        asking.open()
        asking.put(required=(Item(path="private/", category="private"),), optional=())
        page = browser.send({"answer": "accept", "item": "0"}, form=consent(browser))
        assert (page.status, 'role="alert"' in page.text) == (400, True)
        assert asking.kept.state is RequestState.WAITING

    def test_what_is_over_cannot_be_answered(self, asking, browser):
        asking.open()
        asking.put(state=RequestState.WITHDRAWN)
        page = browser.send({"answer": "accept"}, form=consent(browser))
        assert page.status == 409
        assert "They ask for nothing any more." in text(browser)
        assert (
            browser.open(
                f"/.account/requests/receipt?space={asking.owner.name}&request={asking.id}"
            ).status
            == 404
        )

    @pytest.mark.spec("Self Data CON-39")
    def test_what_is_sensitive_takes_who_has_shown_lately_who_she_is(
        self, asking, browser, eve, reader, world
    ):
        asking.put(required=(Item(path="data/health/", category="health"),), optional=())
        grow_old(world)
        asking.open()
        browser.send({"answer": "accept", "item": "0"}, form=consent(browser))
        assert browser.title == "Is it still you?"
        browser.send({"email": f"{eve.name}@example.org", "password": PASSWORD}, form=1)
        assert browser.title == "Shop SAS asks for access"
        assert reader.get(eve.storage + "data/health/b").status == 403
        browser.send({"answer": "accept", "item": "0"}, form=consent(browser))
        assert reader.get(eve.storage + "data/health/b").status == 200

    def test_requests_of_others_are_nobody_elses(self, asking, browser, reader):
        other = Browser(asking.world.base, browser.connection)
        enter(other, reader)
        for page in ("one", "report", "receipt"):
            address = f"/.account/requests/{page}?space={asking.owner.name}&request={asking.id}"
            assert other.open(address).status == 404
        assert other.open(f"/.account/requests/one?request={asking.id}").status == 404
        other.open("/.account/requests/")
        assert "Nobody asks you for anything." in text(other)


def consent(browser: Browser) -> int:
    """The number of the form of the consent screen."""
    return next(n for n, form in enumerate(browser.forms) if ("answer", "accept") in form.buttons)


def test_in_french_each_page_is_in_french(world, browser, eve, reader, asking):
    given(world, eve, reader)
    browser.headers["Accept-Language"] = "fr"
    titles = {
        "": f"Bonjour {eve.name.capitalize()}",
        "apps/": "Mes applications",
        f"journal/?space={eve.name}": f"Journal de {eve.name.capitalize()}",
        "requests/": "À décider",
        "terms/": "Mes conditions",
    }
    for path, title in titles.items():
        browser.open(f"/.account/{path}")
        assert browser.title == title
    asking.open()
    assert browser.title == "Shop SAS demande un accès"
    assert "« Nous cherchons des économies. »" in text(browser)
