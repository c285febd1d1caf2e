"""Holds the vocabulary to its own rules and writes the context: `python -m vocab.build [--check]`.

With --check nothing is written, and a context that is out of date is a fault like any other.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vocab import turtle
from vocab.glossary import LANGUAGES, Word, is_record, of_type, words
from vocab.graph import BlankNode, Graph
from vocab.jsonld import context
from vocab.names import DPV, RDF, RDFS, SD, SKOS
from vocab.shacl import Shape, read_shapes
from vocab.shapes import validate

_CONTEXT = Path(__file__).with_name("contexts") / "selfdata.jsonld"


def faults(terms: Graph, shapes: Sequence[Shape], examples: Graph) -> Iterator[str]:
    """What the vocabulary lacks or gets wrong, one sentence each."""
    known = words(terms)
    targets = {shape.target for shape in shapes}
    shown = frozenset().union(*(word.types for word in words(examples).values()))
    for word in of_type(known, RDFS.Class):
        yield from _unexplained(word)
        if word.iri not in targets:
            yield f"give {word.name} a shape"
        if word.iri not in shown:
            yield f"give {word.name} an example"
        if is_record(known, word):
            yield from _unclassified(word)
    for word in of_type(known, RDF.Property):
        yield from _unexplained(word)
    yield from _wrong_codes(known)
    yield from _wrong_lists(known, shapes)
    yield from _wrong_examples(examples)


def _unexplained(word: Word) -> Iterator[str]:
    for language in LANGUAGES:
        if language not in word.label:
            yield f"give {word.name} a label in {language}"
        if language not in word.comment:
            yield f"give {word.name} a comment in {language}"


def _unclassified(word: Word) -> Iterator[str]:
    for predicate in (DPV.hasPersonalData, SD.sensitivity, SD.dataKind):
        if predicate not in word.about:
            yield f"say the {predicate.rpartition('#')[2]} of {word.name}"


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


def context_text(terms: Graph, shapes: Sequence[Shape]) -> str:
    """The context file, one term a line."""
    definitions = context(words(terms), shapes).items()
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(is_)}" for name, is_ in definitions)
    return f'{{\n  "@context": {{\n{lines}\n  }}\n}}\n'


def main(arguments: Sequence[str], target: Path = _CONTEXT) -> int:
    """0 where all is well, 1 where something is wrong, 2 on wrong use; `target` is the context."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("give no argument but --check\n")
        return 2
    terms, shapes = turtle.read("terms"), read_shapes(turtle.read("shapes"))
    found = sorted(faults(terms, shapes, turtle.read("examples")))
    made = context_text(terms, shapes)
    if not arguments:
        target.write_text(made, encoding="utf-8")
    elif target.read_text(encoding="utf-8") != made:
        found.append("write the context again: run python -m vocab.build")
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
