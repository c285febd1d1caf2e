"""Extension profiles: classes of a holder or an application, below ours, kept to our own rules.

A profile is one Turtle text: classes below sd:Record with their properties, shapes and examples,
and labels in French and English. It never says anything of a term of ours.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vocab import turtle
from vocab.faults import unclassified, unexplained
from vocab.glossary import Word, broader, glossary, of_type, words
from vocab.graph import BlankNode, Graph, NamedNode
from vocab.names import RDF, RDFS, SD, SDC, SKOS
from vocab.page import profile_page
from vocab.shacl import Shape, read_shapes
from vocab.shapes import Validator, shapes

LARGEST: Final = 256 * 1024  # octets of a profile
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_OURS: Final = (SD.NS, SDC.NS, "https://w3id.org/selfdata/")


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: its name, which is a path segment, its text, and what the text says."""

    name: str
    text: str
    graph: Graph
    words: Mapping[str, Word]
    shapes: tuple[Shape, ...]

    @property
    def classes(self) -> tuple[Word, ...]:
        return of_type(self.words, RDFS.Class)

    def document(self, media_type: str) -> bytes:
        """It as it is served; KeyError for a media type that is not one of MEDIA_TYPES."""
        return _MAKERS[media_type](self).encode()


def _html(profile: Profile) -> str:
    known, all_shapes = {**glossary(), **profile.words}, (*shapes(), *profile.shapes)
    return profile_page(profile.name, known, profile.words, all_shapes, profile.text)


_MAKERS: Final[Mapping[str, Callable[[Profile], str]]] = MappingProxyType(
    {
        "text/html": _html,
        "text/turtle": lambda profile: profile.text,
        "application/ld+json": lambda profile: turtle.json_ld(profile.graph).decode(),
    }
)
MEDIA_TYPES: Final = tuple(_MAKERS)


class Unfit(ValueError):
    """A text that is no profile; `reasons` are sentences, each says one thing that is wrong."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


def read_profile(name: str, text: str) -> Profile:
    """The profile that a text is. Raises Unfit with everything that is wrong."""
    if _NAME.fullmatch(name) is None:
        raise Unfit(["name it in at most 40 small letters, digits and hyphens"])
    if len(text.encode()) > LARGEST:
        raise Unfit([f"keep it under {LARGEST // 1024} KiB"])
    try:
        graph = turtle.graph_of(text)
    except SyntaxError as error:
        raise Unfit([f"it is not Turtle: {error.msg}"]) from error
    try:
        found = Profile(name, text, graph, words(graph), read_shapes(graph))
    except (ValueError, LookupError) as error:
        raise Unfit([f"its shapes cannot be read: {error}"]) from error
    if reasons := list(dict.fromkeys(_faults(found))):
        raise Unfit(reasons)
    return found


def _faults(profile: Profile) -> Iterator[str]:
    known = {**glossary(), **profile.words}
    targets = {shape.target for shape in profile.shapes}
    shown = frozenset[str]().union(*(word.types for word in profile.words.values()))
    yield from _of_ours(profile.graph)
    if not profile.classes:
        yield "define a class below sd:Record, or there is nothing to extend"
    for word in profile.classes:
        yield from unexplained(word)
        yield from unclassified(known, word)
        if not broader(known, word.iri) & {SD.Record}:
            yield f"make {word.name} a subclass of sd:Record, or of a class of ours below it"
        if word.iri not in targets:
            yield f"give {word.name} a shape"
        if word.iri not in shown:
            yield f"give {word.name} an example"
    for word in (*of_type(profile.words, RDF.Property), *of_type(profile.words, SKOS.Concept)):
        yield from _unnamed(word)
    yield from _wrong_examples(profile)


def _of_ours(graph: Graph) -> Iterator[str]:
    for triple in graph:
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(_OURS):
            yield f"say nothing of {triple.subject.value}: it is not in your namespace"


def _unnamed(word: Word) -> Iterator[str]:
    if not {"fr", "en"} <= word.label.keys():
        yield f"give {word.name} a label in fr and in en"


def _wrong_examples(profile: Profile) -> Iterator[str]:
    """Examples are flat records that keep to the shapes of the profile and to ours."""
    classes = {word.iri for word in profile.classes}
    examples = {
        triple.subject
        for triple in profile.graph
        if triple.predicate.value == RDF.type
        and isinstance(triple.object, NamedNode)
        and triple.object.value in classes
    }
    said = frozenset(triple for triple in profile.graph if triple.subject in examples)
    if any(
        isinstance(term, BlankNode) for triple in said for term in (triple.subject, triple.object)
    ):
        yield "give IRIs to the blank nodes of the examples: records have none"
    for violation in Validator((*shapes(), *profile.shapes)).validate(said):
        yield f"in the example {violation.focus}, {violation.path}: {violation.message}"
