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
:root { color-scheme: light dark;
  --paper: light-dark(#faf7f1, #171a18); --card: light-dark(#ffffff, #1f2421);
  --ink: light-dark(#1c2320, #ebe8e0); --soft: light-dark(#55605a, #aab3ad);
  --line: light-dark(#d9d2c3, #3a423d); --accent: light-dark(#14513f, #86d6b8);
  --sunk: light-dark(#f1ece1, #111412); --amber: light-dark(#8a4b00, #ffc069);
  --amber-tint: light-dark(#fbeed6, #3a2c14);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", Georgia, serif; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.25; font-weight: 600; }
h1 { font-size: clamp(1.6rem, 1.3rem + 1.8vw, 2.2rem); }
h2 { font-size: 1.3rem; }
h2 code { font-weight: 400; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role=note] { margin: 0; padding: 0.5rem 1.25rem; background: var(--amber-tint);
  color: var(--amber); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: center;
  padding: 0.75rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); }
nav a { display: inline-flex; align-items: center; min-height: 2.75rem; }
nav a:first-child { font: 600 1.2rem var(--serif); text-decoration: none; }
code, pre { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
[lang=en] { font-style: italic; }
section { margin-top: 2.5rem; padding-top: 0.5rem; border-top: 1px solid var(--line); }
section:target h2 { color: var(--accent); }
.contents { columns: 17rem; list-style: none; padding: 0; }
.contents li { break-inside: avoid; padding: 0.15rem 0; }
dl { display: grid; grid-template-columns: minmax(9rem, 30%) 1fr; gap: 0.25rem 1.25rem; }
dt { color: var(--soft); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  padding: 0.35rem 0.75rem 0.35rem 0; }
td:first-child { width: 34%; }
td small { display: block; font-size: 1em; }
pre { white-space: pre-wrap; padding: 0.75rem 1rem; border-radius: 0.75rem;
  background: var(--sunk); }
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
<nav aria-label="Self Data">
<a href="/">Self Data</a>
<a href="/ns/catalogue">Catalogue</a>
<a href="/about">Ce qu&rsquo;est ce serveur · <span lang="en">What this server is</span></a>
</nav>
<main>
<h1>$french <span lang="en">$english</span></h1>
<p>Aussi en Turtle et en JSON-LD, à la même adresse. <span lang="en">Also in Turtle and JSON-LD,
at the same address.</span></p>
$body
</main>
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
