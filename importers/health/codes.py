"""Concepts of code systems as IRIs, and the code systems behind the OIDs of HL7.

Systems by FHIR's names: https://hl7.org/fhir/R4/terminologies-systems.html.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from importers.contract import Iri

_OID = "urn:oid:"
_OIDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "2.16.840.1.113883.6.96": "http://snomed.info/sct",
        "2.16.840.1.113883.6.1": "http://loinc.org",
        "2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
        "2.16.840.1.113883.6.3": "http://hl7.org/fhir/sid/icd-10",
        "2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
        "2.16.840.1.113883.6.4": "http://www.cms.gov/Medicare/Coding/ICD10",
        "2.16.840.1.113883.6.103": "http://hl7.org/fhir/sid/icd-9-cm",
        "2.16.840.1.113883.6.104": "http://hl7.org/fhir/sid/icd-9-cm",
        "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
        "2.16.840.1.113883.6.69": "http://hl7.org/fhir/sid/ndc",
        "2.16.840.1.113883.12.292": "http://hl7.org/fhir/sid/cvx",
        "2.16.840.1.113883.4.9": "http://fdasis.nlm.nih.gov",
        "2.16.840.1.113883.3.26.1.1": "http://ncimeta.nci.nih.gov",
        "2.16.840.1.113883.6.73": "http://www.whocc.no/atc",
    }
)
# What stands before the code where each concept of a system has an IRI that is in use.
_STEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "http://loinc.org": "http://loinc.org/rdf/",
        "http://snomed.info/sct": "http://snomed.info/id/",
        "http://www.nlm.nih.gov/research/umls/rxnorm": "http://purl.bioontology.org/ontology/RXNORM/",
        "http://hl7.org/fhir/sid/icd-10": "http://id.who.int/icd/release/10/",
        "http://hl7.org/fhir/sid/icd-10-cm": "http://purl.bioontology.org/ontology/ICD10CM/",
        "http://hl7.org/fhir/sid/icd-9-cm": "http://purl.bioontology.org/ontology/ICD9CM/",
    }
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


def concept(system: str, code: str) -> Iri | None:
    """A code of a system, which is an IRI or an OID; None where either says too little."""
    code = code.strip()
    system = _OIDS.get(system.strip().removeprefix(_OID), system.strip())
    if system[:1].isdigit():
        system = _OID + system
    if not code or not _ABSOLUTE.fullmatch(system):
        return None
    return Iri(_STEMS.get(system, f"{system.partition('#')[0]}#") + quote(code, safe="-._~:"))


def loinc(code: str) -> Iri:
    """A code of LOINC, by which measures are known."""
    return Iri(_STEMS["http://loinc.org"] + quote(code, safe="-"))
