"""The prefixes of our prefixed names, and how one becomes an IRI."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vocab.names import (
    AS,
    DCAT,
    DCTERMS,
    DPV,
    FOAF,
    PROV,
    QUDT,
    RDF,
    RDFS,
    SCHEMA,
    SD,
    SDC,
    SKOS,
    SOSA,
    UNIT,
    VCARD,
    XSD,
)

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sd": SD.NS,
        "sdc": SDC.NS,
        # Columns of tables that nobody has said the meaning of, each by its name.
        "column": "urn:sd:columns#",
        "schema": SCHEMA.NS,
        "prov": PROV.NS,
        "dcterms": DCTERMS.NS,
        "dcat": DCAT.NS,
        "vcard": VCARD.NS,
        "foaf": FOAF.NS,
        "org": "http://www.w3.org/ns/org#",
        "as": AS.NS,
        "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "sosa": SOSA.NS,
        "qudt": QUDT.NS,
        "quantitykind": "http://qudt.org/vocab/quantitykind/",
        "unit": UNIT.NS,
        "dpv": DPV.NS,
        "pd": "https://w3id.org/dpv/pd#",
        "gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "skos": SKOS.NS,
        "rdf": RDF.NS,
        "rdfs": RDFS.NS,
        "xsd": XSD.NS,
    }
)


def expand(name: str) -> str:
    """The IRI of a prefixed name ("sd:amount"); KeyError where its prefix is not in PREFIXES."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def whole(name: str) -> str:
    """The IRI of a prefixed name, or the IRI that the name is; KeyError for neither."""
    return name if "://" in name or name.startswith("urn:") else expand(name)


def shortened(iri: str) -> str:
    """The prefixed name of an IRI, itself where it has none of our prefixes."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
