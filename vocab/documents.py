"""The documents of the vocabulary, as a pod serves them to whoever asks, each made once."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from vocab import turtle
from vocab.glossary import glossary
from vocab.offers import catalogue
from vocab.page import codes_page, ontology_page, shapes_page
from vocab.shapes import shapes

_CODES: Final = "codes"


def _terms() -> Mapping[str, str]:
    return {name: text for name, text in turtle.sources("terms").items() if name != _CODES}


def _ontology_turtle() -> str:
    return turtle.joined(_terms())


def _codes_turtle() -> str:
    return turtle.sources("terms")[_CODES]


def _shapes_turtle() -> str:
    return turtle.joined(turtle.sources("shapes"))


def _ontology_html() -> str:
    return ontology_page(glossary(), shapes(), turtle.sources("examples").values(), catalogue())


def _codes_html() -> str:
    return codes_page(glossary())


def _shapes_html() -> str:
    return shapes_page(glossary(), shapes())


def _context(name: str) -> Callable[[], str]:
    path = files("vocab").joinpath("contexts", f"{name}.jsonld")
    return lambda: path.read_text(encoding="utf-8")


def _as_json_ld(text: Callable[[], str]) -> Callable[[], str]:
    return lambda: turtle.json_ld(turtle.graph_of(text())).decode()


_MAKERS: Final[Mapping[str, Mapping[str, Callable[[], str]]]] = MappingProxyType(
    {
        "": {
            "text/html": _ontology_html,
            "text/turtle": _ontology_turtle,
            "application/ld+json": _as_json_ld(_ontology_turtle),
        },
        "codes": {
            "text/html": _codes_html,
            "text/turtle": _codes_turtle,
            "application/ld+json": _as_json_ld(_codes_turtle),
        },
        "shapes": {
            "text/html": _shapes_html,
            "text/turtle": _shapes_turtle,
            "application/ld+json": _as_json_ld(_shapes_turtle),
        },
        "context.jsonld": {"application/ld+json": _context("selfdata")},
        "app.jsonld": {"application/ld+json": _context("app")},
    }
)


def media_types(name: str) -> tuple[str, ...]:
    """The media types a document is had in, the preferred one first; KeyError for another name.

    The names are "" for the ontology, "codes", "shapes", "context.jsonld" and "app.jsonld".
    """
    return tuple(_MAKERS[name])


@cache
def document(name: str, media_type: str) -> bytes:
    """One document in UTF-8, always the same bytes; KeyError where there is no such one."""
    return _MAKERS[name][media_type]().encode()
