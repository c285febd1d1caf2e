"""Our JSON-LD context, made from the terms and the shapes, so that it cannot fall behind them."""

from collections.abc import Iterable, Mapping

from vocab.glossary import Word, of_type
from vocab.names import RDF, RDFS, SD, SDC, SKOS, XSD
from vocab.prefixes import PREFIXES
from vocab.shacl import Property, Shape

Definition = str | dict[str, object]

_PARTIAL = frozenset({XSD.date, XSD.gYearMonth, XSD.gYear})
# The vocabularies whose properties our records use; of two with the same local name the first
# gets the short one, the other is written with its prefix.
_BORROWED = ("schema", "prov", "vcard", "sosa", "qudt", "dpv", "org", "dcterms", "geo")


def context(known: Mapping[str, Word], shapes: Iterable[Shape]) -> dict[str, object]:
    """The JSON-LD 1.1 context of all terms, and of the paths of the shapes that are not ours."""
    ours = {word.name: word for word in known.values() if word.iri.startswith(SD.NS)}
    codes = {word.name: word.iri for word in of_type(known, SKOS.Concept)}
    borrowed = {
        name: definition for name, definition in _borrowed(shapes).items() if name not in ours
    }
    clashing = sorted(codes.keys() & {*ours, *borrowed})
    scope = {"@vocab": SDC.NS, **{name: codes[name] for name in clashing}}
    return {
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        **PREFIXES,
        **{name: _definition(word, scope) for name, word in ours.items()},
        **borrowed,
    }


def _definition(word: Word, scope: Mapping[str, str]) -> Definition:
    name = f"sd:{word.name}"
    if RDFS.Class in word.types:
        return name
    if word.one(RDFS.range) == SKOS.Concept:
        # A code is written by its own name. JSON-LD 1.1 §4.1.8: the property brings a context of
        # its own; it names the codes again that are terms too ("energy"), which would win.
        return {"@id": name, "@type": "@vocab", "@context": dict(scope)}
    return _coerced(name, word.one(RDFS.range))


def _coerced(name: str, datatype: str) -> Definition:
    if datatype in (XSD.string, RDF.langString):
        return name
    if datatype == RDF.JSON:
        return {"@id": name, "@type": "@json"}
    if datatype.startswith(XSD.NS):
        return {"@id": name, "@type": "xsd:" + datatype.removeprefix(XSD.NS)}
    return {"@id": name, "@type": "@id"}


def _borrowed(shapes: Iterable[Shape]) -> dict[str, Definition]:
    rules: dict[str, list[Property]] = {}
    for shape in shapes:
        for rule in shape.properties:
            rules.setdefault(rule.path, []).append(rule)
    found: dict[str, Definition] = {}
    for prefix in _BORROWED:
        namespace = PREFIXES[prefix]
        for path in sorted(path for path in rules if path.startswith(namespace)):
            local = path.removeprefix(namespace)
            found.setdefault(local, _agreed(f"{prefix}:{local}", rules[path]))
    return found


def _plain(datatypes: tuple[str, ...]) -> tuple[str, ...]:
    """The datatypes that a plain text may have: where days may be, months and years say so."""
    return (XSD.date,) if XSD.date in datatypes and _PARTIAL.issuperset(datatypes) else datatypes


def _agreed(name: str, rules: list[Property]) -> Definition:
    """The definition of a property that has one type of value wherever it is used, or none."""
    types = {"@id" if rule.iri else _plain(rule.datatypes) for rule in rules}
    only = types.pop()
    if types or (isinstance(only, tuple) and len(only) > 1):
        return name
    return _coerced(name, only[0] if isinstance(only, tuple) else only)
