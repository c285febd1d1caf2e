"""What the vocabulary lacks or gets wrong, held to its own rules."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vocab.glossary import LANGUAGES, Word, borrowed, is_record, of_type, words
from vocab.graph import BlankNode, Graph
from vocab.names import DCTERMS, DPV, OWL, RDF, RDFS, SD, SDC, SKOS
from vocab.prefixes import shortened
from vocab.samples import shown
from vocab.shacl import Shape
from vocab.shapes import validate

_CLASSIFIED: Final = {
    SD.sensitivity: SDC.NS + "sensitivityList",
    SD.dataKind: SDC.NS + "dataKindList",
    SD.dataOrigin: SDC.NS + "dataOriginList",
}


def complete(shapes: Sequence[Shape], examples: Graph) -> frozenset[str]:
    """The classes that have both a shape and an example."""
    shown = frozenset().union(*(word.types for word in words(examples).values()))
    return shown & {shape.target for shape in shapes}


def faults(terms: Graph, shapes: Sequence[Shape], examples: Graph) -> Iterator[str]:
    """What the vocabulary lacks or gets wrong, one sentence each."""
    known = words(terms)
    targets = {shape.target for shape in shapes}
    shown = frozenset().union(*(word.types for word in words(examples).values()))
    for word in of_type(known, RDFS.Class):
        yield from unexplained(word)
        if word.iri not in targets:
            yield f"give {word.name} a shape"
        if word.iri not in shown:
            yield f"give {word.name} an example"
        if is_record(known, word):
            yield from unclassified(known, word)
    for word in of_type(known, RDF.Property):
        yield from unexplained(word)
    for word in known.values():
        if word.one(OWL.deprecated) == "true" and DCTERMS.isReplacedBy not in word.about:
            yield f"say with dcterms:isReplacedBy what to use instead of {word.name}"
    yield from _unnamed(known, shapes)
    yield from _unshown(shapes, examples)
    yield from _wrong_codes(known)
    yield from _wrong_lists(known, shapes)
    yield from _wrong_examples(examples)


def unexplained(word: Word) -> Iterator[str]:
    for language in LANGUAGES:
        if language not in word.label:
            yield f"give {word.name} a label in {language}"
        if language not in word.comment:
            yield f"give {word.name} a comment in {language}"


def _unnamed(known: Mapping[str, Word], shapes: Sequence[Shape]) -> Iterator[str]:
    """Whoever sees a table needs a name for each of its columns, also for those of others."""
    paths = {rule.path for shape in shapes for rule in shape.properties}
    for path in sorted(path for path in paths if not path.startswith(SD.NS)):
        word = known.get(path) or borrowed().get(path)
        if word is None or not set(LANGUAGES) <= word.label.keys():
            yield f"say in vocab/borrowed/properties.ttl what {path} is called in both languages"


def _unshown(shapes: Sequence[Shape], examples: Graph) -> Iterator[str]:
    """Whoever reads of a class sees what each of its properties looks like."""
    values = shown(examples)
    common = {
        rule.path for shape in shapes if shape.target == SD.Record for rule in shape.properties
    }
    for shape in (one for one in shapes if one.target):
        for path in dict.fromkeys(rule.path for rule in shape.properties):
            if not values.get(("" if path in common else shape.target, path)):
                yield f"give {shortened(path)} of {shortened(shape.target)} an example"


def unclassified(known: Mapping[str, Word], word: Word) -> Iterator[str]:
    """A class of records has a category of personal data, and one code of each list."""
    if DPV.hasPersonalData not in word.about:
        yield f"say the hasPersonalData of {word.name}"
    for predicate, of in _CLASSIFIED.items():
        codes = word.about.get(predicate, ())
        lists = [known[code].one(SKOS.inScheme) for code in codes if code in known]
        if len(codes) != 1 or lists != [of]:
            yield f"say the {predicate.removeprefix(SD.NS)} of {word.name}, by one code of its list"


def _wrong_codes(known: Mapping[str, Word]) -> Iterator[str]:
    for word in (*of_type(known, SKOS.Concept), *of_type(known, SKOS.ConceptScheme)):
        for language in LANGUAGES:
            if language not in word.label:
                yield f"give the code {word.name} a label in {language}"
    for word in of_type(known, SKOS.Concept):
        lists = word.about.get(SKOS.inScheme, ())
        if len(lists) != 1 or lists[0] not in known:
            yield f"put the code {word.name} in exactly one list"


def _wrong_lists(known: Mapping[str, Word], shapes: Sequence[Shape]) -> Iterator[str]:
    """A shape that closes a list must close it around all codes of the list and no others."""
    lists: dict[str, set[str]] = {}
    for word in of_type(known, SKOS.Concept):
        lists.setdefault(word.one(SKOS.inScheme), set()).add(word.iri)
    for shape in shapes:
        for rule in shape.properties:
            if rule.values and set(rule.values) not in lists.values():
                name, of = rule.path.removeprefix(SD.NS), shape.iri.rpartition("#")[2]
                yield f"list all codes of one list, and no others, for {name} in sds:{of}"


def _wrong_examples(examples: Graph) -> Iterator[str]:
    for triple in examples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            yield f"give an IRI to the blank node of {triple.predicate.value} in the examples"
    for violation in validate(examples):
        yield f"in the example {violation.focus}, {violation.path}: {violation.message}"
