"""What is released of the vocabulary, and what a later build may not change of it.

A release is a file of vocab/releases/ that holds the terms, codes and shapes as they were. Whoever
wrote data by it may rely on it for ever: nothing of it goes, nothing means anything else, and no
shape refuses what it let through.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from vocab import turtle
from vocab.glossary import Word, words
from vocab.graph import Graph
from vocab.names import OWL, RDFS, SCHEMA, SD, SDC, SKOS
from vocab.narrower import narrowed
from vocab.prefixes import shortened
from vocab.selfdata import ONTOLOGY
from vocab.shacl import read_shapes
from vocab.turtle import sources

_FOLDERS: Final = ("terms", "shapes")
_FIXED: Final = (RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme)


def version(graph: Graph) -> str:
    """The version that the ontology says it is, as "1.0.0"; "" where it says none."""
    known = words(graph)
    return known[ONTOLOGY].one(OWL.versionInfo) if ONTOLOGY in known else ""


def as_released() -> str:
    """The vocabulary as it stands now, in the form of a release."""
    return turtle.joined(
        {f"{folder} {name}": text for folder in _FOLDERS for name, text in sources(folder).items()}
    )


def releases() -> Mapping[str, str]:
    """The releases of this package by their version, the newest last."""
    texts = sources("releases")
    return {name: texts[name] for name in sorted(texts, key=_numbers)}


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


def broken(text: str) -> Iterator[str]:
    """What the vocabulary as it stands now breaks of a release, one sentence each."""
    old, now = turtle.graph_of(text), turtle.read("terms") | turtle.read("shapes")
    yield from broken_promises(old, now)
    if version(old) == version(now) and text != as_released():
        yield f"raise owl:versionInfo: {version(old)} is released and stays as it is"


def broken_promises(old: Graph, new: Graph) -> Iterator[str]:
    """What a build takes back, changes or narrows of a release, one sentence each."""
    before, now = _ours(old), _ours(new)
    for iri, word in before.items():
        if iri in now:
            yield from _changed(word, now[iri])
        else:
            yield f"keep {word.name}: it is released; mark it owl:deprecated if it is replaced"
    for target, path in narrowed(read_shapes(old), read_shapes(new)):
        yield f"let {shortened(path)} of {shortened(target)} be as free as it is released"


def _ours(graph: Graph) -> Mapping[str, Word]:
    return {iri: word for iri, word in words(graph).items() if iri.startswith((SD.NS, SDC.NS))}


def _changed(old: Word, new: Word) -> Iterator[str]:
    if old.types != new.types:
        yield f"leave the types of {old.name} as released"
    for predicate in _FIXED:
        if old.about.get(predicate) != new.about.get(predicate):
            yield f"leave the {shortened(predicate)} of {old.name} as released"
    if not _said(old, SCHEMA.domainIncludes) <= _said(new, SCHEMA.domainIncludes):
        yield f"leave the schema:domainIncludes of {old.name} as wide as released"
    noted = _said(old, SKOS.changeNote) != _said(new, SKOS.changeNote)
    if (old.label, old.comment) != (new.label, new.comment) and not noted:
        yield f"leave the definition of {old.name}, or say in a skos:changeNote what is reworded"


def _said(word: Word, predicate: str) -> frozenset[str]:
    return frozenset(word.about.get(predicate, ()))
