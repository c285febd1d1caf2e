"""Files brought to a page by somebody whose browser runs no scripts."""

from collections.abc import Iterable

from access_pages import press
from agents import Person, World
from browser import Browser

from vocab.iri import ResourceIri

ADD = "/.account/add/"
BUSY = 'http-equiv="refresh"'
MOST_TIMES = 100_000
UNKNOWN = ("holiday.txt", b"a few words about the sea, and nothing else")
WEIGHTS = (
    b'[{"logId": 1, "weight": 70.5, "bmi": 22.1, "date": "01/02/26", "time": "07:30:00"},'
    b'{"logId": 2, "weight": 70.1, "bmi": 22.0, "date": "01/03/26", "time": "07:30:00"}]'
)


def brought(browser: Browser, files: Iterable[tuple[str, bytes]], **headers: str) -> Browser:
    """Choose files and send them, until it is told what they are."""
    browser.open(ADD)
    browser.send_files(files, **headers)
    return come_to(browser)


def kept(browser: Browser) -> Browser:
    """Decide to keep them, until that is done."""
    press(browser, "keep")
    return come_to(browser)


def said(browser: Browser, **answers: str) -> Browser:
    """Say what is asked for of them, until they were looked at again."""
    press(browser, "say", **answers)
    return come_to(browser)


def come_to(browser: Browser) -> Browser:
    """Load the page that comes again by itself for as long as it does."""
    assert browser.page is not None
    for _ in range(MOST_TIMES):
        if BUSY not in browser.page.text:
            return browser
        browser.open(browser.at)
    raise AssertionError("the work on an upload does not end")


def documents(world: World, who: Person, below: str = "data/") -> list[str]:
    pod = world.pod(who.name)

    async def found() -> list[str]:
        container = ResourceIri(pod.store.storage, below)
        return [str(one.iri) for one in pod.store.snapshot().documents(container)]

    return world.run(found())


def between(page: str, begins: str, ends: str) -> str:
    return page.partition(begins)[2].partition(ends)[0]
