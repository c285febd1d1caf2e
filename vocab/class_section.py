"""The section of a page that explains a class: what it is, whose, what for, and an example."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final, Self

from vocab import turtle
from vocab.formats import importable
from vocab.glossary import Word, broader, is_record
from vocab.layout import (
    both,
    definition,
    label,
    named_reference,
    reference,
    section,
    values,
)
from vocab.names import DPV, RDFS, SD
from vocab.offers import Catalogue
from vocab.prefixes import shortened
from vocab.samples import shown
from vocab.shacl import Property, Shape
from vocab.uses import uses

_STATEMENT: Final = re.compile(r"^[^@#\s].*? \.$", re.MULTILINE | re.DOTALL)
_NEXT: Final = re.compile(r" ;\s+(?=[a-z]+:[A-Za-z-]+ )")
_LONGEST: Final = 60  # characters of an example value


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What classes are explained with.

    `shapes` are by class. `statements` are Turtle, by class: the one example that says most.
    `samples` are values by class and property. `listed` is the catalogue, None where no holder
    and no service is told of. `own` is what stands before the names of our terms in links.
    """

    known: Mapping[str, Word]
    shapes: Mapping[str, Shape]
    statements: Mapping[str, str]
    samples: Mapping[tuple[str, str], str]
    listed: Catalogue | None
    own: str

    @classmethod
    def of(
        cls,
        known: Mapping[str, Word],
        shapes: Iterable[Shape],
        examples: Iterable[str],
        listed: Catalogue | None = None,
        own: str = "#",
    ) -> Self:
        """With examples that are Turtle texts."""
        texts = tuple(examples)
        return cls(
            known=known,
            shapes={shape.target: shape for shape in shapes},
            statements=dict(_statements(texts)),
            samples=shown(frozenset().union(*map(turtle.graph_of, texts))),
            listed=listed,
            own=own,
        )


def class_section(explained: Explained, word: Word) -> str:
    """The section of a class."""
    facts = "".join(
        f"<dt>{both(*title)}</dt><dd>{value}</dd>" for title, value in _facts(explained, word)
    )
    example = explained.statements.get(word.name, "")
    content = (
        f"{definition(word)}<dl>{facts}</dl>{_table(explained, word)}"
        f"<h3>{both('Exemple', 'Example')}</h3><pre>{escape(example)}</pre>"
    )
    return section(word, content if example else content.partition("<h3>")[0])


def _facts(explained: Explained, word: Word) -> Iterator[tuple[tuple[str, str], str]]:
    """Titles in both languages, and HTML."""
    known = explained.known
    for title, predicate in _OF_OTHERS.items():
        if iris := word.about.get(predicate, ()):
            yield title, ", ".join(reference(iri, own=explained.own) for iri in iris)
    for title, predicate in _CODED.items():
        if code := word.one(predicate):
            yield title, label(known[code])
    if explained.listed is not None:
        yield from _given(explained.listed, known, word)


def _given(
    listed: Catalogue, known: Mapping[str, Word], word: Word
) -> Iterator[tuple[tuple[str, str], str]]:
    found = uses(listed, importable().values(), word.iri)
    if found.holders:
        yield ("Rendue par", "Given by"), escape(", ".join(found.holders))
    if found.sectors:
        sectors = ", ".join(label(known[sector]) for sector in found.sectors)
        yield ("Attendue de tout détenteur", "Expected of any holder"), sectors
    if not is_record(known, word) and word.iri not in {SD.Record, SD.Holder}:
        yield ("Écrite par", "Written by"), both("le pod lui-même", "the pod itself")
    if found.formats:
        names = ", ".join(f"<code>{escape(name)}</code>" for name in found.formats)
        yield ("Importée depuis", "Imported from"), names
    services = "<br>".join(both(title["fr"], title["en"]) for title in found.services)
    if services:
        yield ("Sert à", "Used for"), services


_OF_OTHERS: Final = {
    ("Sous-classe de", "Subclass of"): RDFS.subClassOf,
    ("Données personnelles", "Personal data"): DPV.hasPersonalData,
}
_CODED: Final = {
    ("Sensibilité", "Sensitivity"): SD.sensitivity,
    ("Type de données", "Kind of data"): SD.dataKind,
    ("Origine", "Origin"): SD.dataOrigin,
}


def _table(explained: Explained, word: Word) -> str:
    """The properties of a class, those of the classes above it among them."""
    named = (word.iri, *sorted(broader(explained.known, word.iri) & explained.shapes.keys()))
    rules = {rule for iri in named for rule in explained.shapes[iri].properties}
    rows: dict[str, str] = {}
    for rule in sorted(rules, key=lambda rule: (rule.at_least == 0, rule.path, repr(rule))):
        rows.setdefault(rule.path, _row(explained, word, rule))
    titles = [
        ("Propriété", "Property"),
        ("Valeurs", "Values"),
        ("Nombre", "How many"),
        ("Exemple", "Example"),
    ]
    head = "".join(f"<th>{both(*title)}</th>" for title in titles)
    rows_ = "".join(rows.values())
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows_}</tbody></table>"


def _row(explained: Explained, word: Word, rule: Property) -> str:
    samples = explained.samples
    value = samples.get((word.iri, rule.path)) or samples.get(("", rule.path), "")
    short = shortened(value)
    if len(short) > _LONGEST:
        short = f"{short[:_LONGEST]}…"
    link = named_reference(explained.known, rule.path, own=explained.own)
    return f"<tr><td>{link}</td>{values(explained.known, rule)}<td>{escape(short)}</td></tr>"


def _statements(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The longest Turtle of each class, by its local name, a property a line."""
    found: dict[str, str] = {}
    for text in texts:
        for statement in _STATEMENT.findall(text):
            kind = re.search(r" a [a-z]+:(\w+)", statement)
            if kind and len(statement) > len(found.get(kind[1], "")):
                found[kind[1]] = statement
    for name, statement in found.items():
        yield name, _NEXT.sub(" ;\n    ", statement)
