"""How a document writes its terms: with its prefixes, relative to its base, or in full."""

import re
from dataclasses import dataclass, field

from pod.rdf.relative import references
from pod.rdf.statements import Declared
from vocab.graph import Literal, NamedNode
from vocab.names import XSD

# Turtle §6.5 PN_LOCAL, as far as it needs no escapes.
_LOCAL = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?", re.ASCII)
# Turtle §2.5: the literals that may stand without quotes.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.NS + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is declared, and the IRIs that the document writes, as it does: "<#it>"."""

    declared: Declared
    used: frozenset[str]
    _known: dict[NamedNode, str] = field(default_factory=dict, compare=False)

    def iri(self, node: NamedNode) -> str:
        """An IRI as the document writes it already; else as short as it can be."""
        if node not in self._known:
            self._known[node] = self._found(node.value)
        return self._known[node]

    def literal(self, literal: Literal) -> str:
        datatype = literal.datatype
        bare = _BARE.get(datatype.value)
        if bare is not None and bare.fullmatch(literal.value):
            return literal.value
        if literal.language is not None or datatype.value == XSD.string:
            return str(literal)
        return f"{Literal(literal.value)}^^{self.iri(datatype)}"

    def _found(self, iri: str) -> str:
        full = f"<{iri}>"
        relative = [f"<{reference}>" for reference in references(iri, self.declared.base)]
        for way in (full, *relative):
            if way in self.used:
                return way
        # Relative within the document and below its container: so it may move with them.
        near = relative[0] if relative and not relative[0].startswith(("<..", "</")) else None
        return self._prefixed(iri) or near or full

    def _prefixed(self, iri: str) -> str | None:
        for prefix, namespace in self.declared.prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri.removeprefix(namespace)):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return None
