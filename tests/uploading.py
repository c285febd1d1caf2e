"""Files brought to a page by somebody whose browser runs no scripts."""

from collections.abc import Iterable

from access_pages import press
from browser import Browser

ADD = "/.account/add/"
BUSY = 'http-equiv="refresh"'
MOST_TIMES = 100_000


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
