"""EU Digital COVID Certificates: vaccination, test, recovery, as the text of their QR codes (HC1:).

Format: eHealth Network, "Technical Specifications for EU Digital COVID Certificates: JSON Schema
Specification" 1.3. One certificate a line. The signature is verified with the keys that come in the
option `keys` (see `importers.trust`). The name, the birth date and the number of the certificate
stay in the source file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from importers.attestation import Standing, attested, attested_by, signature_checks
from importers.contract import Check, HolderHint, Iri, Item, Match, Options, Problem, Record
from importers.health.codes import concept, loinc
from importers.health.dcc_envelope import NOT_INSTALLED, PREFIX, Pass, library, open_pass
from importers.health.entry import Entry, Measured, measure, record
from importers.health.moments import Moment, fhir_moment
from importers.health.observed import observed
from importers.health.seen import Seen
from importers.text import decode, octets
from importers.trust import KEYS, Trust, trust_of

_SNOMED: Final = "http://snomed.info/sct"
_ATC: Final = "http://www.whocc.no/atc"
# The value sets of the eHealth Network, as far as they are common: what stays unknown is shown by
# its code.
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "840539006": "COVID-19",
        "EU/1/20/1528": "Comirnaty",
        "EU/1/20/1507": "Spikevax",
        "EU/1/21/1529": "Vaxzevria",
        "EU/1/20/1525": "Jcovden",
        "EU/1/21/1618": "Nuvaxovid",
        "EU/1/21/1624": "COVID-19 Vaccine Valneva",
        "EU/1/22/1709": "VidPrevtyn Beta",
        "LP6464-4": "test d'amplification des acides nucléiques (NAAT)",
        "LP217198-3": "test rapide antigénique",
        "260415000": "non détecté",
        "260373001": "détecté",
    }
)
_HOLDERS: Final[Mapping[str, HolderHint]] = MappingProxyType(
    {
        "FR": HolderHint(iri="https://www.ameli.fr/", name="Assurance maladie", sector="health"),
    }
)
_UNKNOWN = HolderHint(iri="urn:sd:holder:eu-dcc", name="EU COVID certificate", sector="health")
_LOINC_CODE: Final = re.compile(r"(?:LP)?\d{1,7}-\d", re.ASCII)
_KINDS: Final = ("v", "t", "r")
_NONE = Problem("/", "no health pass is in this file")


class EuDcc:
    format = "eu-dcc"
    title = "Passe sanitaire européen (EU DCC): texte des QR codes (HC1:)"
    domain = "health"
    extensions = (".txt",)
    version = "3"
    options = (KEYS,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        is_pass = decode(head).lstrip().startswith(PREFIX)
        return Match(confidence=95) if is_pass else None

    def holder(self, head: bytes) -> HolderHint:
        """Who signed the first certificate, by its country."""
        cbor = library()
        for line in decode(head).splitlines() if cbor else ():
            try:
                country = open_pass(line, Trust(), cbor).attestation.issuer
            except ValueError:
                continue
            return _HOLDERS.get(country) or _holder_in(country)
        return _UNKNOWN

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each statement. Takes the option `keys`: who may have signed."""
        cbor = library()
        if cbor is None:
            yield Problem("/", NOT_INSTALLED)
            return
        trust, seen, number = trust_of(options), Seen(), 0
        yield from trust.problems
        for at, line in enumerate(decode(octets(export)).splitlines(), 1):
            if not line.strip():
                continue
            number += 1
            try:
                # A blank is a letter of base45, and may be the last one.
                found = open_pass(line, trust, cbor)
            except ValueError as error:
                yield Problem(f"line={at}", str(error))
            else:
                person = repr((found.claims.get("nam"), found.claims.get("dob")))
                for item in _items(found, f"certificate {number}", f"line={at}"):
                    yield seen.once(item, person)
        if not number:
            yield _NONE

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether the signature of each certificate holds whose key is known."""
        return signature_checks(items)


def _holder_in(country: str) -> HolderHint:
    if not country.isalpha():
        return _UNKNOWN
    name = f"EU COVID certificate ({country})"
    return HolderHint(iri=f"urn:sd:holder:eu-dcc-{country.lower()}", name=name, sector="health")


def _items(found: Pass, scope: str, locator: str) -> Iterator[Item]:
    yield from attested(found.attestation, scope, locator)
    covered = attested_by(found.attestation)
    statements = tuple(_statements(found.claims))
    if not statements and found.attestation.standing is not Standing.INVALID:
        yield Problem(locator, "this pass says nothing of a vaccination, a test or a recovery")
    for kind, one in statements:
        try:
            made = _READERS[kind](one, locator)
        except ValueError as error:
            yield Problem(locator, str(error))
        else:
            yield replace(made, fields=(*made.fields, covered))


def _statements(claims: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in _KINDS:
        found = claims.get(kind)
        for one in found if isinstance(found, list | tuple) else ():
            yield kind, one if isinstance(one, Mapping) else {}


def _vaccination(one: Mapping[str, Any], locator: str) -> Record:
    product, prophylaxis = _text(one, "mp"), _text(one, "vp")
    doses = [str(one[name]) for name in ("dn", "sd") if isinstance(one.get(name), int)]
    return record(
        Entry(
            kind="Immunization",
            label=_named(_NAMES.get(product, product) or prophylaxis, _text(one, "tg")),
            locator=locator,
            codes=_codes(one, "tg", prophylaxis),
            begin=_moment(one, "dt"),
            by=(_text(one, "is"),),
            more=(("schema:description", f"dose {'/'.join(doses)}"),) if doses else (),
        )
    )


def _test(one: Mapping[str, Any], locator: str) -> Record:
    kind, result = _text(one, "tt"), _text(one, "tr")
    if not kind or not result:
        raise ValueError("this test does not say what it is, or what it found")
    found = concept(_SNOMED, result)
    entry = Entry(
        kind="HealthMeasure",
        label=_named(_NAMES.get(kind, kind), _text(one, "tg")),
        locator=locator,
        begin=_moment(one, "sc"),
        by=(_text(one, "tc"), _text(one, "is")),
        more=(("sd:code", found),) if found else (),
    )
    what = observed((loinc(kind),) if _LOINC_CODE.fullmatch(kind) else (), kind)
    return measure(entry, Measured(observed=what, value=_NAMES.get(result, result)))


def _recovery(one: Mapping[str, Any], locator: str) -> Record:
    disease = _text(one, "tg")
    span = " / ".join(filter(None, (_text(one, "df"), _text(one, "du"))))
    return record(
        Entry(
            kind="HealthCondition",
            label=_NAMES.get(disease, disease),
            locator=locator,
            codes=_codes(one, "tg", ""),
            begin=_moment(one, "fr"),
            by=(_text(one, "is"),),
            more=(("schema:description", f"certificat de rétablissement ({span})"),),
        )
    )


_READERS: Final = MappingProxyType({"v": _vaccination, "t": _test, "r": _recovery})


def _named(what: str, disease: str) -> str:
    return f"{_NAMES.get(disease, disease)} : {what}" if disease else what


def _codes(one: Mapping[str, Any], disease: str, prophylaxis: str) -> tuple[Iri, ...]:
    """The disease, and the kind of vaccine, which is a concept of SNOMED CT or of the ATC."""
    system = _SNOMED if prophylaxis.isdigit() else _ATC
    found = (concept(_SNOMED, _text(one, disease)), concept(system, prophylaxis))
    return tuple(code for code in found if code is not None)


def _moment(one: Mapping[str, Any], name: str) -> Moment:
    value = one.get(name)
    if isinstance(value, date | datetime):
        value = value.isoformat()
    if not isinstance(value, str):
        raise ValueError("this certificate does not say when it was")  # noqa: TRY004 - the pass is wrong
    return fhir_moment(value)


def _text(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    return value.strip() if isinstance(value, str) else ""
