"""RDF/XML: what a document may cost, found out before it is parsed; and how one is written."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape
from xml.sax.xmlreader import InputSource

from defusedxml import DTDForbidden
from defusedxml.sax import parse

from pod.problems import Malformed, NotAcceptable
from vocab.graph import BlankNode, Literal, Term, Triple
from vocab.names import RDF, XSD

MAX_DEPTH = 100  # elements within elements
MAX_WORK = 20_000_000  # for each element the namespaces in force: a third of a second

# Namespaces in XML 1.0 §3, NCName: how one begins, and what it consists of; of the letters of the
# world, those that readers of older editions of XML know too.
_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0410-\u044f\u4e00-\u9fa5"
_BEGIN = re.compile(f"[{_START}]")
_BACKWARDS = re.compile(rf"[{_START}.0-9-]*")
# XML 1.0 §2.2, Char: the characters that no document can hold, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# RDF/XML §5.1: the names that no property has: coreSyntaxTerms, Description, li and oldTerms.
_SYNTAX = "RDF ID about parseType resource nodeID datatype Description li"
_OLD = "aboutEach aboutEachPrefix bagID"
_RESERVED = {RDF.NS + name for name in f"{_SYNTAX} {_OLD}".split()}
# Namespaces in XML 1.0 §3: no other prefix may be bound to it, and this one not declared.
_XMLNS = "http://www.w3.org/2000/xmlns/"
# XML 1.0 §2.11: a carriage return is a line feed, unless it is written by its number.
_RETURN = {"\r": "&#13;"}
_QUOTE = {'"': "&quot;"}


def check_xml(text: bytes) -> None:
    """Raise Malformed for what is no XML, or takes too much to be read as RDF/XML.

    The text is in UTF-8, whatever it says of itself.
    """
    source = InputSource()
    source.setByteStream(BytesIO(text))
    source.setEncoding("utf-8")
    try:
        parse(source, _Bounded(), forbid_dtd=True)
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


def written(triples: Sequence[Triple], prefix_of: Mapping[str, str]) -> str:
    """Triples, sorted by subject, as RDF/XML: a line for its declaration, one for the root element.

    `prefix_of` gives the prefix of a namespace, "rdf" that of RDF; others are numbered. Raises as
    `check_sayable` does.
    """
    check_sayable(triples)
    spaces = {_split(iri)[0] for iri in {triple.predicate.value for triple in triples}} - {RDF.NS}
    unknown = sorted(spaces - prefix_of.keys())
    prefixes = {RDF.NS: "rdf", **{iri: prefix_of[iri] for iri in spaces & prefix_of.keys()}}
    prefixes.update((iri, f"ns{number}") for number, iri in enumerate(unknown, 1))
    declared = sorted(f'xmlns:{prefix}="{escape(iri)}"' for iri, prefix in prefixes.items())
    return "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF {" ".join(declared)}>\n',
            *_descriptions(triples, prefixes),
            "</rdf:RDF>\n",
        )
    )


def _descriptions(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> Iterator[str]:
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        yield f"<rdf:Description {_named(subject, 'about')}>\n"
        for triple in about:
            namespace, name = _split(triple.predicate.value)
            yield _element(f"{prefixes[namespace]}:{name}", triple.object)
        yield "</rdf:Description>\n"


def _element(name: str, value: Term | Triple) -> str:
    if not isinstance(value, Literal):
        return f"\t<{name} {_named(value, 'resource')}/>\n"
    kind = ""
    if value.language is not None:
        kind = f' xml:lang="{value.language}"'
    elif value.datatype.value != XSD.string:
        kind = f' rdf:datatype="{escape(value.datatype.value)}"'
    return f"\t<{name}{kind}>{escape(value.value, _RETURN)}</{name}>\n"


def _named(node: Term | Triple, attribute: str) -> str:
    if isinstance(node, BlankNode):
        # RDF/XML §7.2.34: a nodeID is an NCName, which a label need not be.
        return f'rdf:nodeID="_{escape(node.value, _QUOTE)}"'
    return f'rdf:{attribute}="{escape(node.value)}"'  # type: ignore[union-attr]  # a NamedNode


def _split(iri: str) -> tuple[str, str]:
    """The namespace and the name that an IRI ends in, the longest that there is; "" for none."""
    characters = _BACKWARDS.match(iri[::-1])
    at = len(iri) - (characters.end() if characters else 0)
    name = _BEGIN.search(iri, at)
    return (iri[: name.start()], iri[name.start() :]) if name else (iri, "")


def _is_property(iri: str) -> bool:
    namespace, name = _split(iri)
    return bool(namespace and name) and namespace != _XMLNS and iri not in _RESERVED


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
