"""A person whose pod is lived in: the files of a household, and a browser at her pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from access_pages import enter
from agents import Person, World
from browser import Browser

from pod.cli.people_kit import import_into
from pod.flows.match import match
from pod.people.home import Span, home
from pod.people.made import Made, made

SPAN = Span(first=date(2026, 1, 10), days=60)


@dataclass(frozen=True)
class Lived:
    """Nora, her pod, and what her household's answer sheet knows."""

    world: World
    owner: Person
    made: Made


@pytest.fixture(scope="session")
def lived(world: World) -> Lived:
    """Tests read here, and write in pods of their own."""
    owner = world.account("noralived")
    whole = made(home(2, 1, SPAN))
    done = world.run(import_into(whole, world.pod(owner.name)))
    assert (done["unread"], done["rejected"]) == (0, 0)
    return Lived(world, owner, whole)


@pytest.fixture(scope="session")
def matched(world: World) -> Lived:
    """Another household, whose records `pod match` has linked. Tests read here, too."""
    owner = world.account("odilematched")
    whole = made(home(5, 3, SPAN))
    pod = world.pod(owner.name)
    world.run(import_into(whole, pod))
    assert world.run(match(pod)).matches
    return Lived(world, owner, whole)


@pytest.fixture
def browse(world: World) -> Callable[..., Browser]:
    """A browser, at her pages where somebody is named."""

    def opened(who: Person | None = None, language: str = "en") -> Browser:
        headers = {"Accept": "text/html", "Accept-Language": language}
        browser = Browser(world.base, world.connection, headers=headers)
        if who is not None:
            enter(browser, who)
        return browser

    return opened
