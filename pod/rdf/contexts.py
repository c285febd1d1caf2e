"""The contexts of JSON-LD documents: those we know are written out, no other is fetched.

What contexts may cost is bounded here too: the parser behind recurses over chains of terms, and
copies the terms in force for each context that it meets inside a document.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pod.problems import Malformed
from vocab.contexts import BUNDLED

MAX_CHAIN = 32  # terms that are defined by terms that are defined by terms
MAX_INLINED = 4 * 1024 * 1024  # characters of known contexts put into one document
MAX_WORK = 500_000  # contexts met times terms in force: about a second of parsing

_REMOTE = "remote JSON-LD contexts are not fetched; put the context in the document"
_NAMES_ONE = ("@id", "@type", "@reverse", "@index")


@dataclass(frozen=True, slots=True)
class _Known:
    """A bundled context, and what has to be known of it before it is put in."""

    content: object
    terms: frozenset[str]
    scoped: bool
    size: int


def written_out(document: object) -> object:
    """A JSON-LD document that names no context by URL any more; itself if it named none.

    Raises Malformed for a context that is not bundled, and for contexts that cost too much.
    """
    values = tuple(_values(document))
    contexts = [v["@context"] for v in values if isinstance(v, dict) and "@context" in v]
    parts = [part for context in contexts for part in _objects(context)]
    known = [_known(url) for context in contexts for url in _references(context)]
    _check_chains(parts)
    if sum(each.size for each in known) > MAX_INLINED:
        raise Malformed("the document names contexts too often; name them once, at its top")
    terms = {key for part in parts for key in part if not key.startswith("@")}
    terms.update(*(each.terms for each in known))
    # JSON-LD 1.1 §4.1.8: scoped contexts come into force with each use of their term.
    scoped = any("@context" in part for part in parts) or any(each.scoped for each in known)
    if (len(values) if scoped else len(contexts) - 1) * len(terms) > MAX_WORK:
        raise Malformed("the contexts inside the document hold too many terms; use fewer")
    return _replaced(document) if known else document


def _values(document: object) -> Iterator[object]:
    """Every value in a document but those of its contexts and of its JSON literals."""
    pending = [document]
    while pending:
        here = pending.pop()
        yield here
        if isinstance(here, dict):
            pending.extend(v for k, v in here.items() if k not in {"@context", "@value"})
        elif isinstance(here, list):
            pending.extend(here)


def _objects(value: object) -> Iterator[dict[str, object]]:
    """Every object in a value, at any depth: contexts and the definitions of their terms."""
    pending = [value]
    while pending:
        here = pending.pop()
        if isinstance(here, dict):
            yield here
            pending.extend(here.values())
        elif isinstance(here, list):
            pending.extend(here)


def _references(context: object) -> Iterator[str]:
    """Every context that a context names by URL, also in scoped contexts and by @import."""
    for part in ({"@context": context}, *_objects(context)):
        named = part.get("@context")
        listed = named if isinstance(named, list) else [named]
        yield from (one for one in (*listed, part.get("@import")) if isinstance(one, str))


@cache
def _known(url: str) -> _Known:
    if url not in BUNDLED:
        raise Malformed(_REMOTE)
    document = BUNDLED[url]
    content = document.get("@context") if isinstance(document, dict) else None
    parts = tuple(_objects(content))
    return _Known(
        content,
        frozenset(key for part in parts for key in part if not key.startswith("@")),
        any("@context" in part for part in parts),
        len(json.dumps(content)),
    )


def _check_chains(parts: list[dict[str, object]]) -> None:
    for part in parts:
        pending = {term: _mentioned(term, part[term]) & part.keys() for term in part}
        for _ in range(MAX_CHAIN):
            pending = {t: m for t, m in pending.items() if not m.isdisjoint(pending)}
        if pending:
            raise Malformed("terms of the context are defined by each other too deeply")


def _mentioned(term: str, definition: object) -> set[str]:
    """The words in the definition of a term that may be terms themselves."""
    named = [term]
    if isinstance(definition, str):
        named.append(definition)
    elif isinstance(definition, dict):
        named += (v for v in map(definition.get, _NAMES_ONE) if isinstance(v, str))
    return {word for name in named for word in (name, name.partition(":")[0])} - {term}


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
        return _known(context).content
    if isinstance(context, list):
        contents = map(_context, context)
        return [one for c in contents for one in (c if isinstance(c, list) else [c])]
    if not isinstance(context, dict):
        return context
    own = {term: _replaced(definition) for term, definition in context.items()}
    imported = own.pop("@import", None)
    # JSON-LD 1.1 §4.1.9: what is imported comes first, "merging it with the containing context".
    return {**_imported(imported), **own}


def _imported(url: object) -> Mapping[str, object]:
    content = _known(url).content if isinstance(url, str) else {}
    if not isinstance(content, dict):
        raise Malformed("an imported context must be one object")
    return content
