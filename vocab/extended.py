"""The vocabulary with the extension profiles of a server: their words and shapes beside ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from vocab.glossary import Word, borrowed, glossary
from vocab.kinds import KINDS
from vocab.profile import Profile
from vocab.shacl import Property, Shape
from vocab.shapes import Validator, shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What is known of classes and properties, by IRI, whoever defined them.

    `classes` are the IRIs of the classes that records may have, by the name that people use: the
    local name, or the IRI itself where another class has that name already.
    """

    words: Mapping[str, Word]
    shapes: Mapping[str, Shape]
    classes: Mapping[str, str]
    validator: Validator

    @classmethod
    def of(cls, profiles: Iterable[Profile] = ()) -> Self:
        """Ours, with some profiles. What a profile says of a word of ours counts for nothing."""
        added = tuple(profiles)
        words: dict[str, Word] = {}
        classes = {name: kind.iri for name, kind in KINDS.items()}
        for profile in added:
            words.update(profile.words)
            for word in profile.classes:
                classes.setdefault(
                    word.iri if local(word.iri) in classes else local(word.iri), word.iri
                )
        known = {shape.target: shape for one in added for shape in one.shapes}
        known.update({shape.target: shape for shape in shapes()})
        return cls(
            words={**words, **borrowed(), **glossary()},
            shapes=known,
            classes=classes,
            validator=Validator(known.values()),
        )

    def class_of(self, name: str) -> str:
        """The IRI of a class of records by its name or its IRI; "" where there is none."""
        return name if name in self.classes.values() else self.classes.get(name, "")

    def name_of(self, iri: str) -> str:
        """The name of a class that `class_of` knows it by, its IRI where it has no other."""
        return local(iri) if self.classes.get(local(iri)) == iri else iri

    def named(self, iri: str, language: str) -> str:
        """What a term is called in a language; its local name where nothing is known of it."""
        word = self.words.get(iri)
        return word.label.get(language, local(iri)) if word else local(iri)

    def rules(self, kind: str) -> Mapping[str, Property]:
        """What is asked of each property of a class, by their IRIs; {} for an unknown class."""
        shape = self.shapes.get(kind)
        return {rule.path: rule for rule in shape.properties} if shape else {}


def local(iri: str) -> str:
    """The local name of an IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]
