"""What the pages of the vocabulary are put together from: one look, and two languages in all."""

from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Final

from vocab.glossary import LANGUAGES, Word, borrowed
from vocab.names import RDFS, SD, SKOS
from vocab.prefixes import shortened
from vocab.shacl import Property

_PAGE: Final = Template("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$french · $english</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#c9c9c4, #55554f);
  --ground: light-dark(#fbfaf7, #1b1b19); --ink: light-dark(#1d1d1b, #ecebe6);
  --accent: light-dark(#1d5c4d, #7fd1b9); --box: light-dark(#f1efe8, #272723); }
* { box-sizing: border-box; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto;
  padding: 1rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.25rem; line-height: 1.3; }
h2 code { font-weight: 400; }
a { color: var(--accent); }
code, pre { font-size: 0.9em; }
[lang=en] { font-style: italic; }
section { margin-top: 2.5rem; padding-top: 0.5rem; border-top: 1px solid var(--line); }
section:target h2 { color: var(--accent); }
.contents { columns: 17rem; list-style: none; padding: 0; }
.contents li { break-inside: avoid; padding: 0.15rem 0; }
dl { display: grid; grid-template-columns: minmax(9rem, 30%) 1fr; gap: 0.25rem 1.25rem; }
dt { opacity: 0.8; }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  padding: 0.35rem 0.75rem 0.35rem 0; }
td:first-child { width: 34%; }
td small { display: block; font-size: 1em; }
pre { white-space: pre-wrap; padding: 0.75rem 1rem; border-radius: 0.4rem; background: var(--box); }
@media (max-width: 40rem) {
  dl, table, tbody, tr, td { display: block; }
  dd { margin-bottom: 0.5rem; }
  td:empty { display: none; }
  td:nth-child(2):not(:last-child), td:nth-child(3):not(:last-child) { display: inline; }
  td:nth-child(3):not(:last-child)::before { content: " · "; }
  thead { display: none; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  td, td:first-child { width: auto; padding: 0; border: 0; }
}
</style>
</head>
<body>
<h1>$french <span lang="en">$english</span></h1>
<p>Aussi en Turtle et en JSON-LD, à la même adresse. <span lang="en">Also in Turtle and JSON-LD,
at the same address.</span></p>
$body
</body>
</html>
""")

HEAD_OF_NAMES: Final = '<th>Français</th><th lang="en">English</th>'


def page(french: str, english: str, body: Iterable[str]) -> str:
    """A whole page with a title in both languages."""
    return _PAGE.substitute(french=french, english=english, body="\n".join(body))


def section(word: Word, content: str) -> str:
    """The section of a word, which its local name leads to."""
    heading = f"<h2>{label(word)} <code>{escape(shortened(word.iri))}</code></h2>"
    return f'<section id="{word.name}">{heading}{content}</section>'


def definition(word: Word) -> str:
    """The definition of a word in each language that it has one in, a paragraph each."""
    return "".join(
        f'<p lang="{language}">{escape(word.comment[language])}</p>'
        for language in LANGUAGES
        if language in word.comment
    )


def cells(word: Word | None) -> str:
    """The names of a word in both languages as cells, empty where it has none."""
    names = word.label if word else {}
    return f'<td>{escape(names.get("fr", ""))}</td><td lang="en">{escape(names.get("en", ""))}</td>'


def values(known: Mapping[str, Word], rule: Property) -> str:
    """What the values of a property are, and how many of them there may be, as two cells."""
    at_most = "*" if rule.at_most is None else str(rule.at_most)
    many = at_most if str(rule.at_least) == at_most else f"{rule.at_least}..{at_most}"
    return f"<td>{escape(_values(known, rule))}</td><td>{many}</td>"


def _values(known: Mapping[str, Word], rule: Property) -> str:
    if rule.values:
        scheme = known[known[rule.values[0]].one(SKOS.inScheme)]
        return f"{scheme.label['fr']} : {', '.join(map(shortened, rule.values))}"
    word = known.get(rule.path)
    classes = word.about.get(RDFS.range, ()) if word and rule.iri else ()
    return " / ".join(map(shortened, rule.datatypes or classes)) or "IRI"


def named_reference(known: Mapping[str, Word], iri: str, *, own: str = "#") -> str:
    """A link to a property, and below it its name in both languages where it has one."""
    word = known.get(iri) or borrowed().get(iri)
    name = f"<small>{label(word)}</small>" if word and word.label else ""
    return reference(iri, own=own) + name


def reference(iri: str, *, own: str = "#") -> str:
    """A link to a term; `own` is what stands before the names of ours."""
    address = own + iri.removeprefix(SD.NS) if iri.startswith(SD.NS) else iri
    return f'<a href="{escape(address)}"><code>{escape(shortened(iri))}</code></a>'


def label(word: Word) -> str:
    """The name of a word in both languages."""
    return both(word.label["fr"], word.label["en"])


def both(french: str, english: str) -> str:
    """A text in both languages."""
    return f'{escape(french)} · <span lang="en">{escape(english)}</span>'
