"""RDF/XML: what a document may cost, found out before the parser sees it; and what it can say."""

import re
from collections.abc import Collection
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DTDForbidden
from defusedxml.sax import parseString

from pod.problems import Malformed, NotAcceptable
from vocab.graph import Literal, Triple
from vocab.names import RDF

MAX_DEPTH = 100  # elements within elements
MAX_WORK = 20_000_000  # for each element the namespaces in force: a third of a second

# Namespaces in XML 1.0 §3, NCName: how one begins, and what it consists of.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_BEGIN = re.compile(f"[{_START}]")
_BACKWARDS = re.compile(rf"[{_START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*")
# XML 1.0 §2.2, Char: the characters that no document can hold, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# RDF/XML §5.1: the names that no property has: coreSyntaxTerms, Description, li and oldTerms.
_SYNTAX = "RDF ID about parseType resource nodeID datatype Description li"
_OLD = "aboutEach aboutEachPrefix bagID"
_RESERVED = {RDF.NS + name for name in f"{_SYNTAX} {_OLD}".split()}
# Namespaces in XML 1.0 §3: prefixes that are bound, and to be bound to nothing else.
_BOUND = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")


def check_xml(text: bytes) -> None:
    """Raise Malformed for what is no XML, or takes too much to be read as RDF/XML."""
    try:
        parseString(text, _Bounded(), forbid_dtd=True)
    except DTDForbidden as error:
        # Entities may be defined by each other, and so make very much of very little.
        raise Malformed("RDF/XML with a DOCTYPE is not taken; write its entities out") from error
    except SAXParseException as error:
        place = f"line {error.getLineNumber()}, column {error.getColumnNumber()}"
        raise Malformed(f"the XML is broken in {place}: {error.getMessage()}") from error


def check_sayable(triples: Collection[Triple]) -> None:
    """Raise NotAcceptable where RDF/XML cannot say all of the triples."""
    if not all(map(_is_property, {triple.predicate.value for triple in triples})):
        raise NotAcceptable(
            "RDF/XML has no way to write one of the properties here; ask for another format"
        )
    values = (triple.object for triple in triples)
    if any(isinstance(value, Literal) and _UNWRITABLE.search(value.value) for value in values):
        raise NotAcceptable(
            "RDF/XML cannot hold the control characters that are here; ask for another format"
        )


def _is_property(iri: str) -> bool:
    """Whether an IRI is a namespace and a name of XML, of those that may be a property."""
    characters = _BACKWARDS.match(iri[::-1])
    at = len(iri) - (characters.end() if characters else 0)
    # The library takes the longest name that there is.
    name = _BEGIN.search(iri, at)
    namespace = iri[: name.start()] if name else ""
    return bool(namespace) and namespace not in _BOUND and iri not in _RESERVED


class _Bounded(ContentHandler):
    """Reads a document, and counts how deep it goes and what it declares."""

    def __init__(self) -> None:
        super().__init__()
        self._declared = [0]
        self._left = MAX_WORK

    def startElement(self, _name: str, attrs: Any) -> None:  # noqa: N802 - as SAX has it
        declared = sum(name.startswith("xmlns") for name in attrs.getNames())
        self._declared.append(self._declared[-1] + declared)
        self._left -= self._declared[-1]
        if len(self._declared) > MAX_DEPTH + 1:
            raise Malformed(f"the XML is nested more than {MAX_DEPTH} levels deep")
        if self._left < 0:
            raise Malformed("the XML declares too many namespaces; declare each once, at the top")

    def endElement(self, _name: str) -> None:  # noqa: N802 - as SAX has it
        self._declared.pop()
