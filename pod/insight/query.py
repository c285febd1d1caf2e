"""The queries behind the pages: texts in files, with places for what a page is about."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from vocab.iri import ResourceIri

_PLACE: Final = re.compile(r"\$\{(\w+)\}")
_UNFIT: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


class Iri(str):
    """An address that a query is about."""

    __slots__ = ()


Filling = str | int | date | ResourceIri | tuple[Iri, ...]


def query(name: str, **values: Filling) -> str:
    """A query by its name, with each `${value}` in it filled in, as one term and never as syntax.

    An Iri and a ResourceIri become an address, a str a string, an int a number, a date an xsd:date,
    and several Iris what stands in a VALUES clause.
    Raises ValueError for an address that is none, and KeyError for a place that nothing fills.
    """
    terms: Mapping[str, str] = {key: _term(value) for key, value in values.items()}
    return _PLACE.sub(lambda place: terms[place[1]], _text(name))


@cache
def _text(name: str) -> str:
    return files("pod.insight").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")


def _term(value: Filling) -> str:
    match value:
        case tuple():
            return " ".join(map(_term, value))
        case Iri() | ResourceIri():
            return _address(str(value))
        case int():
            return str(value)
        case date():
            return f'"{value.isoformat()}"^^<http://www.w3.org/2001/XMLSchema#date>'
        case str():
            return _string(value)


def _address(iri: str) -> str:
    if not iri or _UNFIT.search(iri):
        raise ValueError("this is not the address of anything; go back and choose again")
    return f"<{iri}>"


def _string(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return f'"{text}"'
