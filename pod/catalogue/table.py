"""The catalogue as a table: a line for each property of each class of each offer."""

import csv
import io
from collections.abc import Iterator
from functools import cache

from pod.catalogue.lines import Line, lines
from vocab.glossary import glossary, named
from vocab.names import SD
from vocab.prefixes import shortened
from vocab.samples import sample
from vocab.shacl import Property
from vocab.shapes import shape_of

HEAD = (
    *("holder", "sector", "offer_fr", "offer_en", "status", "kind", "origin", "sensitivity"),
    *("update_every", "history_depth", "class", "class_fr", "class_en"),
    *("property", "property_fr", "property_en", "at_least", "at_most", "example"),
    *("importable", "imported_by"),
)


@cache
def table() -> bytes:
    """CSV (RFC 4180) in UTF-8, its first line the names of the columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for line in lines():
        writer.writerows(_rows(line))
    return text.getvalue().encode()


def _rows(line: Line) -> Iterator[tuple[object, ...]]:
    offer = line.offer
    for name in offer.classes:
        word = glossary()[name]
        origin = offer.origin or word.one(SD.dataOrigin)
        start = (
            line.holder.name if line.holder else "",
            offer.sector.rpartition("#")[2],
            *(offer.title["fr"], offer.title["en"]),
            *(code.rpartition("#")[2] for code in (offer.status, offer.kind, origin)),
            offer.sensitivity.rpartition("#")[2],
            *(offer.every or offer.rhythm, offer.depth),
            *(shortened(name), word.label["fr"], word.label["en"]),
        )
        end = ("no" if name in line.missing else "yes", " ".join(line.importers_of(name)))
        for rule in fields_of(name):
            yield (*start, *_field(name, rule), *end)


def _field(name: str, rule: Property) -> tuple[object, ...]:
    return (
        shortened(rule.path),
        *(named(rule.path, "fr"), named(rule.path, "en")),
        *(rule.at_least, "*" if rule.at_most is None else rule.at_most),
        sample(name, rule.path),
    )


def fields_of(name: str) -> tuple[Property, ...]:
    """The properties of a class by its shape, each once."""
    rules = {rule.path: rule for rule in reversed(shape_of(name).properties)}
    return tuple(reversed(rules.values()))
