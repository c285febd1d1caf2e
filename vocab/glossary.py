"""What the terms and codes say of themselves: their names and definitions in French and English."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from vocab import turtle
from vocab.graph import Graph, Literal, Term, nodes_of
from vocab.names import RDF, RDFS, SD, SKOS

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One class, property, code or list of codes.

    `types` are IRIs; `label` and `comment` are by language; `about` is everything else that is
    said of it: IRIs or texts, by the IRI of the property.
    """

    iri: str
    types: frozenset[str]
    label: Mapping[str, str]
    comment: Mapping[str, str]
    about: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """The local name."""
        return self.iri.rpartition("#")[2]

    def one(self, predicate: str) -> str:
        """The first thing said of it with a property; "" where there is none."""
        return next(iter(self.about.get(predicate, ())), "")


def words(graph: Graph) -> Mapping[str, Word]:
    """Everything a graph describes, by IRI, in alphabetical order."""
    found = (_word(subject, node) for subject, node in nodes_of(graph).items())
    return {word.iri: word for word in sorted(found, key=lambda word: word.iri)}


@cache
def glossary() -> Mapping[str, Word]:
    """The words of this package."""
    return words(turtle.read("terms"))


@cache
def borrowed() -> Mapping[str, Word]:
    """Properties of other vocabularies that shapes use, as they are called in ours."""
    return words(turtle.read("borrowed"))


def named(iri: str, language: str) -> str:
    """What a term is called in a language; its local name where nothing is known of it."""
    word = glossary().get(iri) or borrowed().get(iri)
    return word.label[language] if word else iri.rpartition("#")[2].rpartition("/")[2]


def of_type(known: Mapping[str, Word], kind: str) -> tuple[Word, ...]:
    """The words that are of a type: RDFS.Class, RDF.Property, SKOS.Concept, SKOS.ConceptScheme."""
    return tuple(word for word in known.values() if kind in word.types)


def broader(known: Mapping[str, Word], iri: str) -> frozenset[str]:
    """Every class above a class of ours, whoever's, itself left out."""
    above: set[str] = set()
    waiting = [iri]
    while waiting:
        word = known.get(waiting.pop())
        fresh = set(word.about.get(RDFS.subClassOf, ())) - above if word else set()
        above |= fresh
        waiting += fresh
    return frozenset(above)


def is_record(known: Mapping[str, Word], word: Word) -> bool:
    """Whether a class is one of returned data."""
    return SD.Record in broader(known, word.iri)


def _word(iri: str, node: Mapping[str, Iterable[Term]]) -> Word:
    return Word(
        iri=iri,
        types=frozenset(term.value for term in node.get(RDF.type, ())),
        label=_by_language([*node.get(RDFS.label, ()), *node.get(SKOS.prefLabel, ())]),
        comment=_by_language(node.get(RDFS.comment, ())),
        about={
            predicate: tuple(sorted(term.value for term in terms))
            for predicate, terms in node.items()
        },
    )


def _by_language(terms: Iterable[Term]) -> dict[str, str]:
    return {
        term.language: term.value
        for term in terms
        if isinstance(term, Literal) and term.language is not None
    }
