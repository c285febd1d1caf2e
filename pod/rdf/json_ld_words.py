"""JSON-LD in the words of a document: with its context, and relative to its address."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.json_ld import Node, expanded
from pod.rdf.json_ld_prefixes import NATIVE
from pod.rdf.order import graphs_of
from pod.rdf.parse import parse_dataset
from vocab.contexts import BUNDLED
from vocab.graph import BlankNode, Dataset

MAX_COMPACTED = 2000  # triples; it takes a fifth of a second


def in_words_of(document: bytes, dataset: Dataset, base: str) -> bytes | None:
    """What a dataset says, by the context that a document has at its top.

    None without a context, where that cannot say all of it, and for more than MAX_COMPACTED.
    """
    written = json.loads(document.decode("utf-8-sig"))
    context = written.get("@context") if isinstance(written, dict) else None
    if context is None or len(dataset) > MAX_COMPACTED:
        return None
    compacted = _compacted(expanded(graphs_of(dataset)), context, base)
    return compacted if _says(compacted, dataset, base) else None


def _compacted(nodes: Sequence[Node], context: Any, base: str) -> bytes:
    """Nodes in the words of a context (JSON-LD 1.1 §9.1); nothing where that cannot be had."""
    from pyld import jsonld  # noqa: PLC0415 - it takes long to load, and is seldom needed

    options = {"base": base, "skipExpansion": True, "documentLoader": _bundled}
    try:
        written = jsonld.compact([_native(node) for node in nodes], context, options)
    except Exception:  # noqa: BLE001 - whatever it finds wrong, it can be written without
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
    pattern = NATIVE.get(value.get("@type", "")) if "@value" in value else None
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


def _says(text: bytes, dataset: Dataset, base: str) -> bool:
    """Whether a text says what a dataset does, whatever its blank nodes are called."""
    try:
        said = parse_dataset(text, RdfFormat.JSON_LD, base)
    except Malformed:
        return False
    return _nameless(said) == _nameless(dataset)


def _nameless(dataset: Dataset) -> Counter[tuple[object, ...]]:
    return Counter(
        tuple(None if isinstance(term, BlankNode) else term for term in quad) for quad in dataset
    )
