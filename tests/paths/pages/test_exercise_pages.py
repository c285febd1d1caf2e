"""The exercise in deciding: her own data on the real screen, and nothing comes of it."""

import pytest
from access_pages import text

from pod.flows.consent.preview import previews

AT = "/.account/requests/exercise"
ANSWERS = {
    "accept": "nothing was given",
    "propose": "nothing was sent",
    "refuse": "would have nothing",
    "later": "would wait",
    "report": "would not see it",
}
pytestmark = pytest.mark.spec("Self Data PRI-24")


def answer(browser, how: str, **fill: str | None):
    which = next(n for n, one in enumerate(browser.forms) if "/exercise?" in one.action)
    return browser.send({"answer": how, **fill}, form=which)


def held(world, who):
    """All that there is of requests and agreements of somebody, and the last change there."""
    state = world.pod(who.name).store.snapshot()
    return tuple(state.agreements.requests.all()), tuple(state.agreements.grants.all()), state.seq


def test_it_is_the_real_screen_with_her_own_data(world, lived, browse):
    browser = browse(lived.owner)
    browser.open(AT)
    assert browser.title == "Exercise: Compass (a made-up app) asks for access"
    said = text(browser)
    assert "This is an exercise" in said
    found = world.run(previews(["data/energy/", "data/bank/"], world.pod(lived.owner.name)))
    for one in found.values():
        assert f"Records today: {one.count}" in said
        assert one.digest in said
    assert browser.page.text.count('name="answer"') == len(ANSWERS)


@pytest.mark.parametrize("how", ANSWERS)
def test_each_answer_is_told_and_gives_nothing(world, lived, browse, how):
    browser = browse(lived.owner)
    browser.open(AT)
    before = held(world, lived.owner)
    assert answer(browser, how).status == 200
    said = text(browser)
    assert ANSWERS[how] in said
    assert ("For how long" in said) is (how in {"accept", "propose"})
    assert f"/.account/journal/?space={lived.owner.name}" in browser.page.text
    assert held(world, lived.owner) == before


@pytest.mark.parametrize(("language", "said"), [("en", "tick what"), ("fr", "cochez ce que")])
def test_what_cannot_be_answered_is_said(lived, browse, language, said):
    browser = browse(lived.owner, language)
    browser.open(AT)
    assert answer(browser, "accept", item=None).status == 400
    assert said in text(browser)
    assert browser.title.startswith("Exerci")


@pytest.mark.parametrize("wrong", ["", "?answer=all&given=x&days=-1"])
def test_what_is_no_answer_leads_back(lived, browse, wrong):
    browser = browse(lived.owner)
    browser.open(f"{AT}/done{wrong}")
    assert browser.title.startswith("Exercise:")


def test_an_address_that_no_page_has_made_is_no_failure(lived, browse):
    browser, many = browse(lived.owner), "9" * 5000
    addresses = {
        f"{AT}/done?answer=accept&days={many}": 200,
        f"/.account/timeline/?page={many}": 200,
        f"/.account/data/?class=BankTransaction&in=bank&page={many}": 200,
        "/.account/home/?place=x&name=y&self=z": 200,
        "/.account/data.csv?place=x": 200,
        "/.account/add/own?record=%0A": 404,
        f"/.account/add/own?record={lived.owner.storage}data/bank/x%23%20": 404,
    }
    for address, status in addresses.items():
        assert browser.open(address).status == status, address


def test_the_first_steps_lead_there(lived, browse):
    browser = browse(lived.owner)
    browser.open("/.account/")
    assert "made-up request" in text(browser)
    browser.open("/.account/step?step=decide")
    assert browser.title.startswith("Exercise:")
