"""The pages on which a person sees and ends what others may do in her spaces, without scripts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from access_pages import PASSWORD, enter, given, grow_old, press, state_of, text
from tried import register

from pod.agreements import ErasureState, GrantState, Item
from pod.flows.erase import answer as answer_erasure
from pod.flows.erase import erasures_of
from pod.flows.trust import trust, trusted_in
from pod.oidc.tokens import client_iri
from pod.web.ui.told import short


class TestApps:
    @pytest.mark.spec("Self Data CAP-05")
    @pytest.mark.spec("Self Data CAP-34")
    def test_it_says_what_each_may_do_and_what_has_left(self, world, browser, eve, reader):
        given(world, eve, reader)
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200
        enter(browser, eve)
        browser.open("/.account/apps/")
        said = text(browser)
        assert reader.webid in said
        assert "advise you on your spending" in said
        assert "Bank (read)" in said
        assert "Reason Giving you advice" in said
        assert "Has left already 2 records" in said
        assert "(in 30 days)" in said

    @pytest.mark.spec("Self Data CAP-10")
    def test_access_is_paused_and_resumed(self, world, browser, eve, reader):
        given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/pause")
        assert "Paused: nothing can be read." in text(browser)
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        press(browser, "/resume")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200

    def test_access_is_stopped_and_what_has_left_is_said(self, world, browser, eve, reader):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        said = text(browser)
        assert browser.title == f"{short(reader.webid)}: access stopped"
        assert "Has left already 2 records" in said
        assert "What does not work any more" in said
        browser.open("/.account/apps/")
        assert "Access that has ended" in text(browser)

    def test_erasure_is_asked_for_and_followed(self, world, browser, eve, reader):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        press(browser, "/erasure")
        assert browser.title == "Request to erase"
        assert "Send them this letter yourself." in text(browser)
        pod = world.pod(eve.name)
        (asked,) = erasures_of(pod)
        world.run(answer_erasure(asked.id, ErasureState.CONFIRMED, "it is gone", pod))
        browser.open(browser.at)
        assert "Erasure was confirmed" in text(browser)
        assert "it is gone" in text(browser)

    def test_who_has_read_nothing_is_not_asked_to_erase(self, world, browser, eve, reader):
        given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        assert "Nothing has left yet." in text(browser)
        assert not any(form.action.endswith("/erasure") for form in browser.forms)

    def test_the_record_is_the_one_that_was_signed(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        enter(browser, eve)
        page = browser.open(f"/.account/apps/record?space={eve.name}&grant={grant.id}")
        assert page.headers["Content-Type"] == "application/jose"
        assert page.text == grant.record

    def test_everything_is_paused_at_once(self, world, browser, eve, reader):
        grants = [
            given(world, eve, reader),
            given(world, eve, reader, items=(Item(path="data/energy/"),)),
        ]
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/pause-all")
        assert [state_of(world, eve, one) for one in grants] == [GrantState.PAUSED] * 2
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403

    def test_everything_is_stopped_by_who_has_ticked_the_box(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        assert press(browser, "/stop-all").status == 400
        assert state_of(world, eve, grant) is GrantState.ACTIVE
        press(browser, "/stop-all", sure="yes")
        assert state_of(world, eve, grant) is GrantState.STOPPED

    def test_what_cannot_be_resumed_is_said(self, world, browser, eve, reader):
        given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/pause")
        shown = browser.page
        press(browser, "/stop")
        browser.page = shown
        page = press(browser, "/resume")
        assert page.status == 409
        assert 'role="alert"' in page.text

    def test_spaces_and_grants_of_others_are_nobody_elses(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        enter(browser, reader)
        for page in ("apps/record", "apps/erasure", "journal/"):
            browser.open(f"/.account/{page}?space={eve.name}&grant={grant.id}")
            assert browser.page.status == 404, page
        browser.open("/.account/apps/")
        for action in ("pause", "stop", "trust", "distrust"):
            form = browser.forms[0]
            form_page = browser.page.text.replace(form.action, f"/.account/apps/{action}", 1)
            browser.page = replace(browser.page, body=form_page.encode())
            fill = {"space": eve.name, "grant": grant.id, "client": "https://x/", "sure": "yes"}
            assert browser.send(fill).status == 404, action
            browser.open("/.account/apps/")
        assert state_of(world, eve, grant) is GrantState.ACTIVE


class TestAppsThatActAsHer:
    @pytest.fixture
    def client(self, world, nobody) -> str:
        said = register(world, nobody, client_name="Old App").json()
        return client_iri(world.base, said["client_id"])

    def test_an_app_is_stopped_as_a_whole(self, world, browser, eve, client):
        first = given(world, eve, eve, client=client)
        second = given(world, eve, eve, client=client, items=(Item(path="data/energy/"),))
        enter(browser, eve)
        browser.open("/.account/apps/")
        forms = [form for form in browser.forms if form.action.endswith("/stop-app")]
        which = next(n for n, form in enumerate(forms) if ("client", client) in form.fields)
        press(browser, "/stop-app", which)
        assert {state_of(world, eve, one) for one in (first, second)} == {GrantState.STOPPED}

    def test_trust_is_given_by_who_has_shown_lately_who_she_is(self, world, browser, eve, client):
        given(world, eve, eve, client=client)
        pod = world.pod(eve.name)
        enter(browser, eve)
        grow_old(world)
        browser.open("/.account/apps/")
        press(browser, "/trust", sure="yes")
        assert browser.title == "Is it still you?"
        browser.send({"email": f"{eve.name}@example.org", "password": PASSWORD}, form=1)
        assert client not in trusted_in(pod)
        assert press(browser, "/trust").status == 400
        press(browser, "/trust", sure="yes")
        assert client in trusted_in(pod)
        assert "You let it do all that you can do." in text(browser)

    def test_trust_is_taken_back(self, world, browser, eve, client):
        pod = world.pod(eve.name)
        world.run(trust(client, pod))
        enter(browser, eve)
        browser.open("/.account/apps/")
        forms = [form for form in browser.forms if form.action.endswith("/distrust")]
        which = next(n for n, form in enumerate(forms) if ("client", client) in form.fields)
        press(browser, "/distrust", which)
        assert client not in trusted_in(pod)

    def test_nobody_is_trusted_who_has_asked_for_nothing(self, world, browser, eve, client):
        given(world, eve, eve, client=client)
        enter(browser, eve)
        browser.open("/.account/apps/")
        page = press(browser, "/trust", client="https://evil.example/id", sure="yes")
        assert page.status == 404
        assert "https://evil.example/id" not in trusted_in(world.pod(eve.name))

    def test_what_it_was_called_stands_in_what_she_agreed_to(self, world, browser, eve, client):
        given(world, eve, eve, client=client, name="Old App")
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        assert browser.title == "Old App: access stopped"
        browser.open("/.account/apps/")
        assert "Old App" in text(browser)

    def test_all_of_an_app_is_paused(self, world, browser, eve, client):
        grant = given(world, eve, eve, client=client)
        enter(browser, eve)
        browser.open("/.account/apps/")
        forms = [form for form in browser.forms if form.action.endswith("/pause-app")]
        which = next(n for n, form in enumerate(forms) if ("client", client) in form.fields)
        press(browser, "/pause-app", which)
        assert state_of(world, eve, grant) is GrantState.PAUSED


class TestTerms:
    @pytest.mark.spec("Self Data PRI-02")
    def test_she_chooses_what_she_offers(self, browser, eve, nobody):
        enter(browser, eve)
        browser.open("/.account/terms/")
        press(browser, "/terms/", preset="strict", of_all="yes")
        offered = nobody.get(eve.storage + ".well-known/myterms").json()
        assert offered["contexts"]["app"] == {"agreement": "strict", "required": True}
        assert [one["name"] for one in offered["agreements"]] == ["strict"]

    def test_what_is_none_of_them_is_said(self, browser, eve):
        enter(browser, eve)
        browser.open("/.account/terms/")
        assert press(browser, "/terms/", preset="none").status == 400


@pytest.mark.parametrize(
    "path", ["apps/", "journal/", "requests/", "terms/", "apps/stopped", "apps/reduce"]
)
def test_who_is_not_signed_in_signs_in_first(browser, path):
    browser.open(f"/.account/{path}")
    assert browser.title == "Sign in"


@pytest.mark.parametrize(
    ("page", "action"),
    [("apps/", "/pause-all"), ("apps/", "/stop"), ("terms/", "/terms/"), ("journal/", "/verify")],
)
def test_no_other_page_can_act_for_her(world, browser, eve, reader, page, action):
    grant = given(world, eve, reader)
    enter(browser, eve)
    browser.open(f"/.account/{page}")
    found = next(n for n, form in enumerate(browser.forms) if form.action.endswith(action))
    assert browser.send(form=found, Origin="https://evil.example").status == 403
    assert state_of(world, eve, grant) is GrantState.ACTIVE


@pytest.mark.spec("Self Data B11")
def test_what_is_not_used_is_proposed_to_be_taken_back(world, browser, eve, reader):
    grant = given(world, eve, reader, days=90)
    older = replace(grant, since=grant.since - timedelta(days=40))
    world.run(world.pod(eve.name).store.write(lambda tx: tx.agreements.grants.put(older)))
    enter(browser, eve)
    browser.open("/.account/apps/")
    assert "Bank: not read once in 40 days. Stop it?" in text(browser)
    reader.get(eve.storage + "data/bank/a.ttl")
    browser.open("/.account/apps/")
    assert "not read once" not in text(browser)
