"""A person at the pages on which she sees and ends what others may do in her spaces."""

import re
from dataclasses import replace
from datetime import timedelta

from agents import Person, World
from browser import Browser
from client import Answer

from pod.agreements import GrantState, Item
from pod.flows.consent.give import Gift, give
from pod.store.server import Tables

PASSWORD = "a good password"  # noqa: S105 - made up
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"


def enter(browser: Browser, who: Person) -> None:
    browser.open("/.account/sign-in/")
    browser.send({"email": f"{who.name}@example.org", "password": PASSWORD}, form=1)


def press(browser: Browser, action: str, which: int = 0, **fill: str) -> Answer:
    """Send one of the forms of a page that go to an address with this end."""
    found = [n for n, form in enumerate(browser.forms) if form.action.endswith(action)]
    return browser.send(fill, form=found[which])


def given(world: World, owner: Person, reader: Person, **more: object):
    """A grant that the owner has given a reader."""
    gift = Gift(
        agent=reader.webid,
        client=None,
        purpose=ADVICE,
        sentence="advise you on your spending",
        items=(Item(path="data/bank/", category="bank"),),
    )
    return world.run(give(replace(gift, **more), world.pod(owner.name)))


def state_of(world: World, owner: Person, grant) -> GrantState:
    found = world.pod(owner.name).store.snapshot().agreements.grants.find(id=grant.id)
    assert found is not None
    return found.state


def text(browser: Browser) -> str:
    """What a page says, without its marks."""
    assert browser.page is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.page.text))


def grow_old(world: World) -> None:
    """Let every session have begun an hour before it did."""

    def work(tables: Tables) -> None:
        for session in tables.sessions.all():
            tables.sessions.set("created", session.created - timedelta(hours=1), id=session.id)

    world.run(world.server.accounts.write(work))
