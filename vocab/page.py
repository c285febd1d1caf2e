"""The pages that explain the vocabulary to people, in French and English side by side."""

from collections.abc import Iterable, Mapping
from html import escape
from unicodedata import normalize

from vocab.class_section import Explained, class_section
from vocab.glossary import Word, of_type
from vocab.layout import (
    HEAD_OF_NAMES,
    both,
    cells,
    definition,
    named_reference,
    page,
    reference,
    section,
    values,
)
from vocab.names import RDF, RDFS, SD, SKOS
from vocab.offers import Catalogue
from vocab.prefixes import shortened
from vocab.shacl import Property, Shape

Known = Mapping[str, Word]

_SIDES = (
    '<p><a href="/ns/selfdata/codes">Listes de codes · <span lang="en">Code lists</span></a>, '
    '<a href="/ns/selfdata/shapes">Formes · <span lang="en">Shapes</span></a>, '
    '<a href="/ns/catalogue">Catalogue : qui rend quoi · '
    '<span lang="en">Catalogue: who gives what back</span></a></p>'
)


def ontology_page(
    known: Known, shapes: Iterable[Shape], examples: Iterable[str], listed: Catalogue
) -> str:
    """Every class with its definition, sensitivity, properties, uses and example; every property.

    `examples` are Turtle texts.
    """
    explained = Explained.of(known, shapes, examples, listed)
    classes = sorted(of_type(known, RDFS.Class), key=lambda word: _plain(word.label["fr"]))
    contents = "".join(
        f'<li><a href="#{word.name}">{both(word.label["fr"], word.label["en"])}</a></li>'
        for word in classes
    )
    body = [
        _SIDES,
        f'<ul class="contents">{contents}</ul>',
        *(class_section(explained, word) for word in classes),
        f"<h2>{both('Propriétés', 'Properties')}</h2>",
        *(_property(word) for word in of_type(known, RDF.Property)),
    ]
    return page("Vocabulaire commun du Self Data", "Self Data shared vocabulary", body)


def profile_page(name: str, known: Known, own: Known, shapes: Iterable[Shape], text: str) -> str:
    """The classes and properties of a profile, with its text; `known` has our words besides."""
    explained = Explained.of(known, shapes, [text], own="/ns/selfdata#")
    body = [
        *(class_section(explained, word) for word in of_type(own, RDFS.Class)),
        *(_property(word) for word in of_type(own, RDF.Property)),
        f"<pre>{escape(text)}</pre>",
    ]
    return page(f"Extension {name}", f"Extension {name}", body)


def codes_page(known: Known) -> str:
    """Every code, list by list."""
    codes = of_type(known, SKOS.Concept)
    head = f"<thead><tr><th>Code</th>{HEAD_OF_NAMES}</tr></thead>"
    body: list[str] = []
    for scheme in of_type(known, SKOS.ConceptScheme):
        rows = "".join(
            f'<tr id="{code.name}"><td><code>sdc:{code.name}</code></td>{cells(code)}</tr>'
            for code in codes
            if code.one(SKOS.inScheme) == scheme.iri
        )
        body.append(section(scheme, f"<table>{head}<tbody>{rows}</tbody></table>"))
    return page("Listes de codes du Self Data", "Self Data code lists", body)


def shapes_page(known: Known, shapes: Iterable[Shape]) -> str:
    """What each shape asks of its class."""
    body = [
        f'<section id="{shape.iri.rpartition("#")[2]}">'
        f"<h2><code>{escape(shortened(shape.target))}</code></h2>"
        f"{_rules(known, shape.properties)}</section>"
        for shape in shapes
    ]
    return page("Formes SHACL du Self Data", "Self Data SHACL shapes", body)


def _plain(text: str) -> str:
    """A text as it is put in order: without accents and capitals."""
    return "".join(letter for letter in normalize("NFD", text.casefold()) if letter.isascii())


def _rules(known: Known, rules: Iterable[Property]) -> str:
    rows = "".join(
        f"<tr><td>{named_reference(known, rule.path, own=SD.NS)}</td>{values(known, rule)}</tr>"
        for rule in rules
    )
    titles = [("Propriété", "Property"), ("Valeurs", "Values"), ("Nombre", "How many")]
    head = "".join(f"<th>{both(*title)}</th>" for title in titles)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _property(word: Word) -> str:
    ranges = ", ".join(map(reference, word.about.get(RDFS.range, ())))
    line = f"<p>{both('Valeurs', 'Values')} : {ranges or 'IRI'}</p>"
    return section(word, definition(word) + line)
