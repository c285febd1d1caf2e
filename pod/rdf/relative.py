"""Relative references: the ways to write an IRI from where a document is (RFC 3986 §4.2)."""

import re
from collections.abc import Iterator

_ROOT = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*/", re.IGNORECASE)


def references(iri: str, base: str) -> Iterator[str]:
    """The relative references that a base resolves to an IRI, from the same document outwards."""
    document = base.partition("#")[0]
    if iri == document:
        yield ""
    elif iri.startswith(document + "#"):
        yield iri.removeprefix(document)
    root = _ROOT.match(document)
    if root is None or not iri.startswith(root[0]):
        return
    for up, folder in _folders(document, root[0]):
        below = iri.removeprefix(folder)
        if iri.startswith(folder) and _is_kept(below):
            if not up and _is_plain(below):
                yield below
            yield (up or "./") + below
    below = iri.removeprefix(root[0])
    if _is_kept(below):
        yield "/" + below


def _folders(document: str, root: str) -> Iterator[tuple[str, str]]:
    """The ways up from a document, and where each leads."""
    folder, up = _folder(document), ""
    while folder != root:
        yield up, folder
        folder, up = _folder(folder[:-1]), up + "../"
    yield up, folder


def _folder(iri: str) -> str:
    path = iri.partition("?")[0]
    return path[: path.rfind("/") + 1]


def _is_kept(reference: str) -> bool:
    """Whether resolving it takes nothing away: it has no dot segments, and does not begin anew."""
    path = reference.partition("#")[0].partition("?")[0]
    return not path.startswith("/") and {".", ".."}.isdisjoint(path.split("/"))


def _is_plain(reference: str) -> bool:
    """Whether it can stand without a dot before it: it begins with a segment without a colon."""
    first = reference.partition("/")[0]
    return bool(first) and first[0] not in "?#" and ":" not in first
