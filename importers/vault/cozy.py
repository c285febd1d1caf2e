"""Documents of a Cozy: JSON objects, one alone, in a list, or as its database gives them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from importers.clock import civil_date, instant, iso_date
from importers.contract import HolderHint, Item, Problem
from importers.document import Element, elements
from importers.rows import convert

COZY: Final = HolderHint(iri="https://cozy.io/", name="Cozy", sector="vault")
_ENVELOPES: Final = ("/rows/*", "/docs/*", "/io.cozy.bills/*", "/io.cozy.files/*")


def documents(text: str) -> Iterator[Element | Problem]:
    """The documents of a text, whatever stands around them.

    `GET /data/{doctype}/_all_docs` gives rows with a `doc` each, the tool ACH a list by the name of
    the doctype, others a bare list or one document a file.
    """
    if text.lstrip().startswith("["):
        yield from map(_inner, elements(text, "/*"))
        return
    for path in _ENVELOPES:
        first = next(elements(text, path), None)
        if isinstance(first, Element) and isinstance(first.value, dict):
            yield from map(_inner, elements(text, path))
            return
    yield from elements(text, "")


def _inner(found: Element | Problem) -> Element | Problem:
    doc = found.get("doc") if isinstance(found, Element) else None
    return Element(f"{found.locator}/doc", doc) if isinstance(doc, dict) else found


def read(text: str, reader: Callable[[Element], Iterable[Item]]) -> Iterator[Item]:
    """What a reader makes of each document. What the database keeps of itself is passed over."""

    def checked(element: Element) -> Iterable[Item]:
        if not isinstance(element.value, dict):
            raise ValueError("this is no document of a Cozy")  # noqa: TRY004 - the file is wrong
        return () if element.text("_id").startswith("_design/") else reader(element)

    return convert(documents(text), checked)


def day(text: str) -> date:
    """The civil day in France of a time, which is local midnight in UTC; or a day."""
    return civil_date(instant(text)) if "T" in text else iso_date(text)
