"""JSON-LD in compacted form, its context a few prefixes: for graphs without words of their own."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pod.rdf.json_ld import Node
from vocab.names import XSD

# JSON-LD 1.1 API §8.6: the literals that JSON has numbers and booleans for.
NATIVE = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]{0,14}"),
    XSD.boolean: re.compile(r"true|false"),
}
# What may follow a prefix and mean nothing else: "//" may not.
_LOCAL = re.compile(r"\w[\w.~-]*")


def compacted(nodes: Sequence[Node], prefixes: Mapping[str, str]) -> Node:
    """The document (JSON-LD 1.1 §9.1) of expanded nodes.

    Each namespace ends in a slash or a hash: else JSON-LD takes its prefix for none.
    """
    # Where `geo` is a prefix, geo:48.2,16.3 is another IRI than it was.
    schemes = {iri.partition(":")[0] for iri in _iris(nodes)}
    words = _Words({iri: p for p, iri in prefixes.items() if p not in schemes})
    written = [words.node(node) for node in nodes]
    document: Node = {"@context": dict(sorted(words.used.items()))} if words.used else {}
    if len(written) == 1:
        return {**document, **written[0]}
    return {**document, "@graph": written} if written else document


class _Words:
    """The names of one document; `used` are the prefixes that they need."""

    def __init__(self, prefix_of: Mapping[str, str]) -> None:
        self.used: dict[str, str] = {}
        self._prefix_of = prefix_of
        self._names: dict[str, str] = {}

    def node(self, node: Node) -> Node:
        written: Node = {}
        for key, value in node.items():
            if key == "@graph":
                written[key] = [self.node(inner) for inner in value]
            elif key == "@type":
                written[key] = _one([self._name(kind) for kind in value])
            elif key == "@id":
                written[key] = value
            else:
                written[self._name(key)] = _one([self._value(each) for each in value])
        return written

    def _value(self, value: Node) -> Any:
        if "@list" in value:
            return {"@list": [self._value(item) for item in value["@list"]]}
        if value.keys() == {"@value"}:
            return value["@value"]
        if "@type" not in value:
            return value
        kind, text = value["@type"], value["@value"]
        if kind in NATIVE and NATIVE[kind].fullmatch(text):
            return json.loads(text)
        return {"@type": self._name(kind), "@value": text}

    def _name(self, iri: str) -> str:
        if iri not in self._names:
            self._names[iri] = self._found(iri)
        return self._names[iri]

    def _found(self, iri: str) -> str:
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._prefix_of.get(iri[:end])
        if prefix is None or not _LOCAL.fullmatch(iri, end):
            return iri
        self.used[prefix] = iri[:end]
        return f"{prefix}:{iri[end:]}"


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _iris(nodes: Sequence[Node]) -> Iterator[str]:
    """Every IRI of a document, wherever it stands."""
    pending: list[Any] = list(nodes)
    while pending:
        here = pending.pop()
        if "@id" in here:
            yield here["@id"]
        kinds = here.get("@type", ())
        yield from (kinds,) if isinstance(kinds, str) else kinds
        for key, values in here.items():
            if not key.startswith("@"):
                yield key
            if not key.startswith("@") or key in {"@graph", "@list"}:
                pending.extend(values)
