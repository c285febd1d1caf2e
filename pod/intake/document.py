"""A document of records as Turtle: one subject a block, sorted; the same bytes for equal triples.

Names of the document itself are written relative to it (`<#h-abc>`), so it is parsed with its own
IRI as the base.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from vocab.graph import Graph, Literal, NamedNode
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
    names = _Names(f"{document}#")
    blocks: dict[str, dict[str, list[str]]] = {}
    for triple in graph:
        block = blocks.setdefault(names.subject(triple.subject), {})
        values = block.setdefault(names.predicate(triple.predicate.value), [])
        values.append(names.object(triple.object))
    body = "\n".join(_block(subject, block) for subject, block in sorted(blocks.items()))
    head = (f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in PREFIXES if name in names.used)
    return ("".join(head) + "\n" + body).encode()


def _block(subject: str, block: Mapping[str, list[str]]) -> str:
    # The type comes first, and "a" would not sort before "as:name".
    ordered = sorted(block.items(), key=lambda pair: (pair[0] != "a", pair[0]))
    lines = (f"{name} {', '.join(sorted(values))}" for name, values in ordered)
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


class _Names:
    """How the terms of one document are written; `used` are the prefixes that this took."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def subject(self, term: object) -> str:
        return self._local(term.value) if isinstance(term, NamedNode) else str(term)

    def predicate(self, iri: str) -> str:
        return "a" if iri == RDF.type else self._name(iri)

    def object(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self._name(term.value)
        return self._literal(term) if isinstance(term, Literal) else str(term)

    def _literal(self, term: Literal) -> str:
        datatype = term.datatype.value
        if datatype == XSD.string or term.language:
            return str(term)
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(term.value):
            return term.value
        quoted = str(term).removesuffix(f"^^<{datatype}>")
        return f"{quoted}^^{self._name(datatype)}"

    def _local(self, iri: str) -> str:
        return f"<#{iri.removeprefix(self._own)}>" if iri.startswith(self._own) else f"<{iri}>"

    def _name(self, iri: str) -> str:
        """A prefixed name, or the IRI in angle brackets."""
        known = self._known.get(iri)
        if known is None:
            prefix, local = _split(iri)
            if prefix:
                self.used.add(prefix)
            known = f"{prefix}:{local}" if prefix else self._local(iri)
            self._known[iri] = known
        return known


@lru_cache(maxsize=4096)
def _split(iri: str) -> tuple[str, str]:
    for prefix, namespace in _PREFIX_OF:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return prefix, iri[len(namespace) :]
    return "", iri
