"""The contexts of JSON-LD documents: those we know are written out, no other is fetched."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from pod.problems import Malformed, UnknownContext
from pod.rdf.bounds import Defined, check_work, defined_by, objects_of, values_of
from vocab.contexts import BUNDLED

MAX_INLINED = 4 * 1024 * 1024  # characters of known contexts put into one document


def written_out(document: object) -> object:
    """A JSON-LD document that names no context by URL any more; itself if it named none.

    Raises UnknownContext for one that is not bundled, Malformed for contexts that cost too much.
    """
    values = tuple(values_of(document))
    contexts = [v["@context"] for v in values if isinstance(v, dict) and "@context" in v]
    urls = [url for context in contexts for url in _references(context)]
    if sum(map(_size, urls)) > MAX_INLINED:
        raise Malformed("the document names contexts too often; name them once, at its top")
    check_work(values, [*map(defined_by, contexts), *map(_defined, urls)])
    return _replaced(document) if urls else document


def _references(context: object) -> Iterator[str]:
    """Every context that a context names by URL, also in scoped contexts and by @import."""
    for part in ({"@context": context}, *objects_of(context)):
        named = part.get("@context")
        listed = named if isinstance(named, list) else [named]
        yield from (one for one in (*listed, part.get("@import")) if isinstance(one, str))


def _known(url: str) -> object:
    """The content of a bundled context."""
    if url not in BUNDLED:
        raise UnknownContext(
            "remote JSON-LD contexts are not fetched; put the context in the document"
        )
    document = BUNDLED[url]
    return document.get("@context") if isinstance(document, dict) else None


@cache
def _defined(url: str) -> Defined:
    return defined_by(_known(url))


@cache
def _size(url: str) -> int:
    return len(json.dumps(_known(url)))


def _replaced(value: object) -> object:
    if isinstance(value, list):
        return [_replaced(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _member(key, item) for key, item in value.items()}


def _member(key: str, item: object) -> object:
    if key == "@context":
        return _context(item)
    return item if key == "@value" else _replaced(item)


def _context(context: object) -> object:
    if isinstance(context, str):
        return _known(context)
    if isinstance(context, list):
        contents = map(_context, context)
        return [one for c in contents for one in (c if isinstance(c, list) else [c])]
    if not isinstance(context, dict):
        return context
    own = {term: _replaced(definition) for term, definition in context.items()}
    # JSON-LD 1.1 §4.1.10: the terms of an imported context may be defined anew beside it.
    return {**_imported(own.pop("@import", None)), **own}


def _imported(url: object) -> Mapping[str, object]:
    content = _known(url) if isinstance(url, str) else {}
    if not isinstance(content, dict):
        raise Malformed("an imported context must be one object")
    return content
