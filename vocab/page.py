"""The pages that explain the vocabulary to people, in French and English side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from string import Template
from typing import Final

from vocab.glossary import LANGUAGES, Word, borrowed, broader, of_type
from vocab.names import DPV, RDF, RDFS, SD, SKOS
from vocab.offers import Catalogue
from vocab.prefixes import shortened
from vocab.shacl import Property, Shape

Known = Mapping[str, Word]

_PAGE: Final = Template("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid; padding: .2rem .5rem; }
pre { overflow-x: auto; }
section { margin-top: 2rem; }
</style>
</head>
<body>
<h1>$title</h1>
<p>Aussi en Turtle et en JSON-LD, à la même adresse. <span lang="en">Also in Turtle and JSON-LD,
at the same address.</span>
<a href="/ns/catalogue">Catalogue : qui rend quoi · <span lang="en">Catalogue: who gives what
back</span></a>.</p>
$body
</body>
</html>
""")
_STATEMENT: Final = re.compile(r"^[^@#\s].*? \.$", re.MULTILINE | re.DOTALL)


def ontology_page(
    known: Known, shapes: Iterable[Shape], examples: Iterable[str], listed: Catalogue
) -> str:
    """Every class with its definition, sensitivity, properties and example; every property.

    `examples` are Turtle texts.
    """
    by_class = {shape.target: shape for shape in shapes}
    shown = dict(_statements(examples))
    classes = of_type(known, RDFS.Class)
    contents = ", ".join(f'<a href="#{word.name}">{word.name}</a>' for word in classes)
    body = [
        f"<p>{contents}</p>",
        *(
            _class(known, word, by_class, _uses(listed, word) + _example(shown.get(word.name, "")))
            for word in classes
        ),
        f"<h2>{_both('Propriétés', 'Properties')}</h2>",
        *(_property(word) for word in of_type(known, RDF.Property)),
    ]
    return _page("Vocabulaire commun du Self Data · Self Data shared vocabulary", body)


def profile_page(name: str, known: Known, own: Known, shapes: Iterable[Shape], text: str) -> str:
    """The classes and properties of a profile, with its text; `known` has our words besides."""
    by_class = {shape.target: shape for shape in shapes}
    body = [
        *(_class(known, word, by_class, "") for word in of_type(own, RDFS.Class)),
        *(_property(word) for word in of_type(own, RDF.Property)),
        _example(text),
    ]
    return _page(f"Extension {name} · Extension {name}", body)


def codes_page(known: Known) -> str:
    """Every code, list by list."""
    codes = of_type(known, SKOS.Concept)
    body: list[str] = []
    for scheme in of_type(known, SKOS.ConceptScheme):
        rows = "".join(
            f'<tr id="{code.name}"><td><code>sdc:{code.name}</code></td>{_cells(code)}</tr>'
            for code in codes
            if code.one(SKOS.inScheme) == scheme.iri
        )
        head = f"<tr><th>Code</th>{_HEAD_OF_NAMES}</tr>"
        body.append(_section(scheme, f"<table>{head}{rows}</table>"))
    return _page("Listes de codes du Self Data · Self Data code lists", body)


def shapes_page(known: Known, shapes: Iterable[Shape]) -> str:
    """What each shape asks of its class."""
    body = [
        f'<section id="{shape.iri.rpartition("#")[2]}">'
        f"<h2><code>{escape(shortened(shape.target))}</code></h2>"
        f"{_table(known, shape.properties, own=SD.NS)}</section>"
        for shape in shapes
    ]
    return _page("Formes SHACL du Self Data · Self Data SHACL shapes", body)


def _page(title: str, body: Iterable[str]) -> str:
    return _PAGE.substitute(title=title, body="\n".join(body))


def _class(known: Known, word: Word, by_class: Mapping[str, Shape], more: str) -> str:
    above = broader(known, word.iri)
    named = (word.iri, *sorted(above & by_class.keys()))
    rules = {rule for iri in named for rule in by_class[iri].properties}
    facts = {
        _both("Sous-classe de", "Subclass of"): word.about.get(RDFS.subClassOf, ()),
        _both("Données personnelles", "Personal data"): word.about.get(DPV.hasPersonalData, ()),
    }
    coded = {
        _both("Sensibilité", "Sensitivity"): word.one(SD.sensitivity),
        _both("Type de données", "Kind of data"): word.one(SD.dataKind),
        _both("Origine", "Origin"): word.one(SD.dataOrigin),
    }
    lines = [
        *(f"{title}: {', '.join(map(_reference, iris))}" for title, iris in facts.items() if iris),
        *(f"{title}: {_label(known[code])}" for title, code in coded.items() if code),
    ]
    content = f"<p>{'<br>'.join(lines)}</p>{_table(known, rules, own='#')}{more}"
    return _section(word, _definition(word) + content)


def _example(text: str) -> str:
    return f"<pre>{escape(text)}</pre>" if text else ""


def _uses(listed: Catalogue, word: Word) -> str:
    """Who gives data of a class, and which services use it; "" where nobody is known."""
    publishers = {offer.publisher for offer in listed.offers if word.iri in offer.classes}
    holders = sorted(listed.holders[iri].name for iri in publishers if iri)
    services = [one.title for one in listed.services if word.iri in one.classes]
    lines = [
        *([f"{_both('Rendues par', 'Given by')}: {escape(', '.join(holders))}"] if holders else []),
        *(
            f"{_both('Sert à', 'Used for')}: {_both(title['fr'], title['en'])}"
            for title in services
        ),
    ]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _property(word: Word) -> str:
    ranges = ", ".join(map(_reference, word.about.get(RDFS.range, ())))
    line = f"<p>{_both('Valeurs', 'Values')}: {ranges or 'IRI'}</p>"
    return _section(word, _definition(word) + line)


def _section(word: Word, content: str) -> str:
    heading = f"<h2>{_label(word)} <code>{escape(shortened(word.iri))}</code></h2>"
    return f'<section id="{word.name}">{heading}{content}</section>'


def _definition(word: Word) -> str:
    return "".join(
        f'<p lang="{language}">{escape(word.comment[language])}</p>'
        for language in LANGUAGES
        if language in word.comment
    )


_HEAD_OF_NAMES: Final = '<th>Français</th><th lang="en">English</th>'


def _table(known: Known, rules: Iterable[Property], *, own: str) -> str:
    """The properties of a shape; `own` is what stands before the names of ours in links."""
    rows: dict[str, str] = {}
    for rule in sorted(rules, key=lambda rule: (rule.at_least == 0, rule.path, repr(rule))):
        word = known.get(rule.path) or borrowed().get(rule.path)
        rows.setdefault(
            rule.path,
            f"<tr><td>{_reference(rule.path, own=own)}</td>{_cells(word)}"
            f"<td>{escape(_values(known, rule))}</td><td>{_count(rule)}</td></tr>",
        )
    head = (
        f"<tr><th>{_both('Propriété', 'Property')}</th>{_HEAD_OF_NAMES}"
        f"<th>{_both('Valeurs', 'Values')}</th><th>{_both('Nombre', 'How many')}</th></tr>"
    )
    return f"<table>{head}{''.join(rows.values())}</table>"


def _cells(word: Word | None) -> str:
    """The names of a word in both languages, empty where it has none."""
    label = word.label if word else {}
    return f'<td>{escape(label.get("fr", ""))}</td><td lang="en">{escape(label.get("en", ""))}</td>'


def _values(known: Known, rule: Property) -> str:
    if rule.values:
        scheme = known[known[rule.values[0]].one(SKOS.inScheme)]
        return f"{scheme.label['fr']}: {', '.join(map(shortened, rule.values))}"
    word = known.get(rule.path)
    classes = word.about.get(RDFS.range, ()) if word and rule.iri else ()
    return " / ".join(map(shortened, rule.datatypes or classes)) or "IRI"


def _count(rule: Property) -> str:
    at_most = "*" if rule.at_most is None else str(rule.at_most)
    return at_most if str(rule.at_least) == at_most else f"{rule.at_least}..{at_most}"


def _reference(iri: str, *, own: str = "#") -> str:
    address = own + iri.removeprefix(SD.NS) if iri.startswith(SD.NS) else iri
    return f'<a href="{escape(address)}"><code>{escape(shortened(iri))}</code></a>'


def _label(word: Word) -> str:
    return _both(word.label["fr"], word.label["en"])


def _both(french: str, english: str) -> str:
    return f'{escape(french)} · <span lang="en">{escape(english)}</span>'


def _statements(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The Turtle of each subject, by the local name of its own class; of several, the first."""
    found: dict[str, str] = {}
    for text in texts:
        for statement in _STATEMENT.findall(text):
            kind = re.search(r" a sd:(\w+)", statement)
            if kind:
                found.setdefault(kind[1], statement)
    yield from found.items()
