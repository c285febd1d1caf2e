"""A document of records as Turtle: one subject a block, sorted; the same bytes for equal triples.

Names of the document itself are written relative to it (`<#h-abc>`), so it is parsed with its own
IRI as the base.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from vocab.graph import Graph, Literal, NamedNode, Triple
from vocab.names import RDF, XSD
from vocab.prefixes import PREFIXES

# Turtle §6.5 PN_LOCAL, without what would need an escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?", re.ASCII)
_BARE = {
    XSD.boolean: re.compile("true|false"),
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
_PREFIX_OF = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))


def turtle(graph: Graph, document: str) -> bytes:
    """The Turtle of a graph, for the document whose IRI, without fragment, is `document`."""
    blocks: dict[str, list[Triple]] = {}
    for triple in graph:
        blocks.setdefault(_subject(triple.subject, document), []).append(triple)
    used: dict[str, None] = {}
    body = [_block(subject, blocks[subject], document, used) for subject in sorted(blocks)]
    head = (f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in PREFIXES if name in used)
    return ("".join(head) + "\n" + "\n".join(body)).encode()


def _block(subject: str, triples: Iterable[Triple], document: str, used: dict[str, None]) -> str:
    values: dict[str, list[str]] = {}
    for triple in triples:
        name = _predicate(triple.predicate.value, used)
        values.setdefault(name, []).append(_object(triple.object, document, used))
    # "a" sorts before every prefixed name but "as:…" and its like: the type comes first by rule.
    ordered = sorted(values, key=lambda name: (name != "a", name))
    lines = (f"{name} {', '.join(sorted(values[name]))}" for name in ordered)
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


def _predicate(iri: str, used: dict[str, None]) -> str:
    return "a" if iri == RDF.type else _name(iri, used)


def _subject(term: object, document: str) -> str:
    text = str(term)
    own = f"<{document}#"
    return f"<#{text[len(own) :]}" if text.startswith(own) else text


def _object(term: object, document: str, used: dict[str, None]) -> str:
    if isinstance(term, NamedNode):
        name = _name(term.value, used)
        return _subject(term, document) if name.startswith("<") else name
    return _literal(term, used) if isinstance(term, Literal) else str(term)


def _literal(term: Literal, used: dict[str, None]) -> str:
    datatype = term.datatype.value
    if term.language or datatype == XSD.string:
        return str(term)
    bare = _BARE.get(datatype)
    if bare and bare.fullmatch(term.value):
        return term.value
    quoted = str(term).removesuffix(f"^^<{datatype}>")
    return f"{quoted}^^{_name(datatype, used)}"


def _name(iri: str, used: dict[str, None]) -> str:
    """A prefixed name, whose prefix is then used, or the IRI in angle brackets."""
    prefix, local = _split(iri)
    if not prefix:
        return str(NamedNode(iri))
    used[prefix] = None
    return f"{prefix}:{local}"


@lru_cache(maxsize=4096)
def _split(iri: str) -> tuple[str, str]:
    for prefix, namespace in _PREFIX_OF:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return prefix, iri[len(namespace) :]
    return "", iri
