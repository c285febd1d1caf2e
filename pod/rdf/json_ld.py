"""A graph written as JSON-LD in the words of a document: with its context, and relative to it."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.serialise import serialise
from vocab.contexts import BUNDLED
from vocab.graph import BlankNode, Graph
from vocab.names import XSD

MAX_COMPACTED = 2000  # triples; it takes a fifth of a second

# JSON-LD 1.1 API §8.6: the literals that JSON has numbers and booleans for.
_JSON = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]{0,14}"),
    XSD.boolean: re.compile(r"true|false"),
}


def in_words_of(document: bytes, graph: Graph, base: str) -> bytes:
    """A graph as JSON-LD, by the context of a document where it has one at its top.

    Without one, where that cannot say all of the graph, and for a graph over MAX_COMPACTED, the
    names stand in full.
    """
    expanded = serialise(graph, RdfFormat.JSON_LD)
    written = json.loads(document)
    context = written.get("@context") if isinstance(written, dict) else None
    if context is None or len(graph) > MAX_COMPACTED:
        return expanded
    compacted = _compacted(json.loads(expanded), context, base)
    return compacted if _says(compacted, graph, base) else expanded


def _compacted(nodes: list[Any], context: Any, base: str) -> bytes:
    """Nodes in the words of a context (JSON-LD 1.1 §9.2); nothing where that cannot be had."""
    from pyld import jsonld  # noqa: PLC0415 - it takes long to load, and is seldom needed

    options = {"base": base, "skipExpansion": True, "documentLoader": _bundled}
    try:
        written = jsonld.compact([_native(node) for node in nodes], context, options)
    except Exception:  # noqa: BLE001 - whatever it finds wrong, the graph can be written without
        return b""
    return json.dumps(_bare(written), ensure_ascii=False, indent=2).encode()


def _bundled(url: str, _options: Mapping[str, Any]) -> dict[str, Any]:
    """What the library is given for the URL of a context; nothing is fetched."""
    document = BUNDLED[url]
    return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": document}


def _native(value: Any) -> Any:
    """A value of an expanded document with the numbers and booleans that JSON has."""
    if isinstance(value, list):
        return [_native(item) for item in value]
    if not isinstance(value, dict):
        return value
    pattern = _JSON.get(value.get("@type", "")) if "@value" in value else None
    if pattern is not None and pattern.fullmatch(value["@value"]):
        return {**value, "@value": json.loads(value["@value"])}
    return {key: _native(item) for key, item in value.items()}


def _bare(value: Any) -> Any:
    """A value of a compacted document where numbers and booleans stand for themselves."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"@type", "@value"} and not isinstance(value["@value"], str):
        return value["@value"]
    return {k: item if k == "@context" else _bare(item) for k, item in value.items()}


def _says(text: bytes, graph: Graph, base: str) -> bool:
    """Whether a text says what a graph does, whatever its blank nodes are called."""
    try:
        said = parse(text, RdfFormat.JSON_LD, base)
    except Malformed:
        return False
    return _nameless(said) == _nameless(graph)


def _nameless(graph: Graph) -> Counter[tuple[object, ...]]:
    return Counter(
        tuple(None if isinstance(term, BlankNode) else term for term in triple) for triple in graph
    )
