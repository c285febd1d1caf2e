"""Holds the vocabulary to its own rules and writes what is made of it: `python -m vocab.build`.

Made of the Turtle files are the JSON-LD context and the Python constants. With --check nothing is
written, and a file that is out of date is a fault like any other. With --release the version that
the ontology says it is is kept under vocab/releases/, where it holds every later build.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vocab import turtle
from vocab.constants import codes_module, terms_module
from vocab.faults import complete, faults
from vocab.glossary import Word, words
from vocab.graph import Graph
from vocab.jsonld import context
from vocab.offer_faults import offer_faults, uncatalogued
from vocab.offers import catalogue
from vocab.release import as_released, broken, releases, version
from vocab.shacl import Shape, read_shapes

_PACKAGE = Path(__file__).parent


def made(known: Mapping[str, Word], shapes: Sequence[Shape]) -> dict[str, str]:
    """The text of each file that is made, by its path in the package."""
    return {
        "codes.py": codes_module(known),
        "contexts/selfdata.jsonld": context_text(known, shapes),
        "selfdata.py": terms_module(known),
    }


def context_text(known: Mapping[str, Word], shapes: Sequence[Shape]) -> str:
    """The context file, one term a line."""
    definitions = context(known, shapes).items()
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(is_)}" for name, is_ in definitions)
    return f'{{\n  "@context": {{\n{lines}\n  }}\n}}\n'


def main(arguments: Sequence[str], package: Path = _PACKAGE) -> int:
    """0 where all is well, 1 where something is wrong, 2 on wrong use; writes under `package`."""
    if arguments not in ([], ["--check"], ["--release"]):
        sys.stderr.write("give no argument but --check or --release\n")
        return 2
    terms, shapes = turtle.read("terms"), read_shapes(turtle.read("shapes"))
    found = sorted(_found(terms, shapes))
    for name, text in made(words(terms), shapes).items():
        if arguments != ["--check"]:
            package.joinpath(name).write_text(text, encoding="utf-8")
        elif package.joinpath(name).read_text(encoding="utf-8") != text:
            found.append(f"write vocab/{name} again: run python -m vocab.build")
    if arguments == ["--release"] and not found:
        place = package.joinpath("releases", f"{version(terms)}.ttl")
        place.write_text(as_released(), encoding="utf-8")
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


def _found(terms: Graph, shapes: Sequence[Shape]) -> Iterator[str]:
    """What is wrong with the words and the catalogue, and what is broken of the last release."""
    examples = turtle.read("examples")
    yield from faults(terms, shapes, examples)
    yield from offer_faults(catalogue(), words(terms), complete(shapes, examples))
    yield from uncatalogued(catalogue(), words(terms))
    for text in list(releases().values())[-1:]:
        yield from broken(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
