"""A document of records as Turtle: one subject a block, sorted; the same bytes for equal triples.

Names of the document itself are written relative to it (`<#h-abc>`), so it is parsed with its own
IRI as the base.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from vocab.graph import NamedNode, Node, Nodes, Term
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


def turtle(nodes: Nodes, document: str) -> bytes:
    """The Turtle of a graph, for the document whose IRI, without fragment, is `document`."""
    names = _Names(f"{document}#")
    blocks = sorted((names.subject(subject), node) for subject, node in nodes.items())
    body = "\n".join(_block(subject, node, names) for subject, node in blocks)
    head = (f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in PREFIXES if name in names.used)
    return ("".join(head) + "\n" + body).encode()


def _block(subject: str, node: Node, names: "_Names") -> str:
    written = names.object
    lines = [
        f"{verb} {written(node[name][0])}"
        if len(node[name]) == 1
        else f"{verb} {', '.join(sorted(map(written, node[name])))}"
        for name, verb in names.verbs(tuple(node))
    ]
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


class _Names:
    """How the terms of one document are written; `used` are the prefixes that this took."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._known: dict[str, str] = {}
        self._objects: dict[str, str] = {}
        self._verbs: dict[tuple[str, ...], Sequence[tuple[str, str]]] = {}
        self.used: set[str] = set()

    def subject(self, name: str) -> str:
        return name if name.startswith("_:") else self._local(name)

    def verbs(self, predicates: tuple[str, ...]) -> Sequence[tuple[str, str]]:
        """The predicates of a block in the order in which they are written, each with its name."""
        found = self._verbs.get(predicates)
        if found is None:  # once for all records that say the same things
            named = [(name, "a" if name == RDF.type else self.name(name)) for name in predicates]
            found = sorted(named, key=lambda pair: (pair[1] != "a", pair[1] + " "))
            self._verbs[predicates] = found
        return found

    def object(self, term: Term) -> str:
        text = str(term)  # as N-Triples has it
        if not text.endswith(">"):
            return text
        known = self._objects.get(text)
        if known is None:  # once for all records of one day, and of one account
            known = self.name(text[1:-1]) if isinstance(term, NamedNode) else self._literal(text)
            self._objects[text] = known
        return known

    def _literal(self, text: str) -> str:
        """A literal with its datatype, from how N-Triples has it."""
        quoted, _, datatype = text[:-1].rpartition("^^<")
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(quoted, 1, len(quoted) - 1):
            return quoted[1:-1]
        return f"{quoted}^^{self.name(datatype)}"

    def _local(self, iri: str) -> str:
        return f"<#{iri.removeprefix(self._own)}>" if iri.startswith(self._own) else f"<{iri}>"

    def name(self, iri: str) -> str:
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
