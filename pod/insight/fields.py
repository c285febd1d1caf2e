"""Help on every field: what it is called, what it means, and an example (CAP-25)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from vocab.glossary import Word, borrowed, broader, glossary
from vocab.names import DCTERMS, PROV, RDF, SD
from vocab.prefixes import PREFIXES, expand
from vocab.samples import sample
from vocab.shapes import shapes

TECHNICAL: Final = frozenset(
    {
        RDF.type,
        SD.recordDigest,
        SD.sourceLocator,
        PROV.wasGeneratedBy,
        PROV.alternateOf,
        PROV.wasInvalidatedBy,
        PROV.invalidatedAtTime,
        DCTERMS.isReplacedBy,
    }
)
"""What the pod keeps of a record to find it again; a person meets it where it comes from."""

_TERM: Final = re.compile(rf"\b(?:{'|'.join(PREFIXES)}):[A-Za-z-]+")
_QUOTES: Final = {"fr": "«\u202f{}\u202f»", "en": "“{}”"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One field in one language. `example` is a value of made-up people, which may be an IRI; ""
    where there is none.
    """

    iri: str
    label: str
    meaning: str
    example: str


@cache
def fields_of(kind: str) -> tuple[str, ...]:
    """The properties that records of a class may have, as its shape and those above have them."""
    known = {shape.target: shape for shape in shapes()}
    named = (kind, *sorted(broader(glossary(), kind) & known.keys()))
    every = (rule.path for iri in named if iri in known for rule in known[iri].properties)
    return tuple(dict.fromkeys(every))


def help_on(field: str, kind: str, language: str) -> Help:
    """What is known of a property of a class."""
    words = _words()
    word = words.get(field)
    local = field.rpartition("#")[2].rpartition("/")[2]
    shown = sample(kind, field)
    return Help(
        iri=field,
        label=_begun(word.label.get(language, local) if word else local),
        meaning=meaning_of(word, language) if word else "",
        example=shown,
    )


def meaning_of(word: Word, language: str) -> str:
    """What a term means, in words: other terms of ours are told by what they are called."""
    said = word.comment.get(language, "")
    return _TERM.sub(lambda found: _quoted(found[0], language), said)


def _quoted(term: str, language: str) -> str:
    word = _words().get(expand(term))
    local = term.partition(":")[2]
    named = word.label.get(language, local) if word else local
    return _QUOTES[language].format(named)


def _begun(label: str) -> str:
    """A label with a capital at its beginning."""
    return label[:1].upper() + label[1:]


def called(iri: str, language: str) -> str:
    """What a thing is called that nothing is said of, but its IRI."""
    word = _words().get(iri)
    if word is not None:
        return word.label.get(language, word.name)
    scheme, _, rest = iri.partition(":")
    if scheme in {"tel", "mailto", "geo"}:
        return rest
    if iri.startswith("urn:"):
        return iri.rpartition(":")[2]
    return iri if scheme in {"http", "https"} and "#" not in iri else iri.rpartition("#")[2]


@cache
def _words() -> Mapping[str, Word]:
    """Ours, and what we borrow as we call it."""
    return {**borrowed(), **glossary()}
