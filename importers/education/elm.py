"""European Digital Credentials for Learning (EDC): credentials by the European Learning Model, v3.

Format: https://europa.eu/europass/elm-browser/, JSON-LD; sealed ones are JAdES in JSON
serialization (ETSI TS 119 182-1), whose payload stands unencoded (RFC 7797). The credential and
each of its claims is a record; labels keep their languages. National identity numbers, pictures
and where the person was born are not kept. Whether a certificate is on a trusted list of the EU is
on the network, and not checked; one that has run out since was good when it signed.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from importers.attestation import signature_checks
from importers.contract import Check, HolderHint, Iri, Item, Key, Match, Options, Problem, Record
from importers.document import Element, elements, first, has_marks
from importers.education.elm_claims import NESTED, Claims, Fields, organisation, subject_of
from importers.education.proof import JADES, Proof, of_jws
from importers.education.wording import (
    day_said,
    expiry,
    identifier,
    moment,
    objects,
    plain,
    types,
    worded,
)
from importers.jws import of_json
from importers.text import decode, lines, mailto, name_of
from importers.trust import KEYS, Trust, trust_of

_TYPE = "EuropeanDigitalCredential"
_MARK = f'"{_TYPE}"'
_ESCAPED = f'\\"{_TYPE}\\"'
_NO_CREDENTIAL = "this is no European Digital Credential"
_NO_CLAIM = "the credential claims nothing that is known here"
_BIRTH = "the date of birth was left out: it is written as a time, of a day that depends on a zone"


class Elm:
    format = "elm"
    title = "European Digital Credentials (ELM v3, Europass; signed or not)"
    domain = "education"
    extensions = (".jsonld", ".json")
    version = "2"
    options = (KEYS,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the type of the credential, in the document or in the text that is sealed."""
        del filename
        if has_marks(head, (_MARK,)):
            return Match(confidence=95, variant="unsigned")
        sealed = has_marks(head, ('"payload"', _ESCAPED))
        return Match(confidence=95, variant="signed") if sealed else None

    def holder(self, head: bytes) -> HolderHint:
        """The organisation that issued it, as far as the beginning of the file tells."""
        text = decode(head)
        found = first(text, "/issuer") or first(text, "/credential/issuer")
        payload = first(text, "/payload")
        if not found and isinstance(payload, str):
            found = first(payload, "/issuer")
        name = plain(found.get("legalName")) if isinstance(found, dict) else ""
        name = name or "issuer of the credential"
        iri = f"urn:sd:holder:{name_of(name)}"
        return HolderHint(iri=iri, name=name, sector="education")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The credential, its claims and the person. `keys` gives keys to verify seals with."""
        trust = trust_of(options)
        yield from trust.problems
        for found in elements("".join(lines(export)), ""):
            if isinstance(found, Problem):
                yield found
            elif isinstance(found.value, dict) and "payload" in found.value:
                yield from _sealed(found.value, trust)
            else:
                inner = found.get("credential")
                wrapped = Element("/credential", inner) if isinstance(inner, dict) else found
                yield from _credential(wrapped, ())

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether the signatures hold."""
        return signature_checks(items)


def _sealed(document: dict[str, Any], trust: Trust) -> Iterator[Item]:
    payload = document["payload"]
    found = next(elements(payload, ""), None) if isinstance(payload, str) else None
    if not isinstance(found, Element):
        yield Problem("/payload", _NO_CREDENTIAL)
        return
    issuer = next(iter(objects(found.get("issuer"))), {})
    several = document.get("signatures", [document])
    proofs: list[Proof] = []
    for index in range(len(several) if isinstance(several, list) else 0):
        try:
            jws = of_json(document, index)
        except ValueError as error:
            yield Problem(f"/signatures/{index}", str(error))
            return
        proof = of_jws(jws, trust, mechanism=JADES, issuer=plain(issuer.get("legalName")))
        yield from proof.items(f"credential, {index + 1}", f"/signatures/{index}")
        proofs.append(proof)
    if not proofs:
        yield Problem("/signatures", "the credential is sealed and has no signature")
    elif not any(proof.is_refused for proof in proofs):
        inside = Element("/payload", found.value)
        yield from _credential(inside, tuple(proof.field for proof in proofs))


def _credential(element: Element, beside: Fields) -> Iterator[Item]:
    node = element.value
    if not isinstance(node, dict) or _TYPE not in types(node):
        yield Problem(element.locator or "/", _NO_CREDENTIAL)
        return
    claims = Claims(identifier(node), beside)
    found = tuple(
        item
        for place, subject in enumerate(objects(node.get("credentialSubject")))
        for item in _of_subject(claims, subject, f"{element.locator}/credentialSubject", place)
    )
    try:
        yield _main(element, node, beside)
    except ValueError as error:
        yield Problem(element.locator or "/", str(error))
    if not any(isinstance(item, Record) and item.counted for item in found):
        yield Problem(element.locator or "/", _NO_CLAIM)
    yield from found
    yield from claims.missed(node, element.locator)


def _of_subject(
    claims: Claims, subject: dict[str, Any], pointer: str, place: int
) -> Iterator[Item]:
    at = f"{pointer}/{place}" if place else pointer
    yield from _person(subject, at, claims.beside)
    yield from claims.of(subject, at)


def _main(element: Element, node: dict[str, Any], beside: Fields) -> Record:
    """The credential itself. Raises ValueError."""
    shown = next(iter(objects(node.get("displayParameter"))), {})
    claim = next((c for name in NESTED for c in objects(subject_of(element).get(name))), {})
    name = worded("schema:name", shown.get("title"), node.get("title"), claim.get("title"))
    if not identifier(node) or not name:
        raise ValueError("the credential has no identifier or no title")
    day = day_said(node, "issuanceDate", "issued", "validFrom")
    return Record(
        kind="Credential",
        key=Key(stable=identifier(node)),
        fields=(
            *name,
            *worded("schema:description", shown.get("description")),
            *((("sd:date", day),) if day else ()),
            *expiry(node),
            *organisation(node.get("issuer")),
            *beside,
        ),
        locator=element.locator or "/",
    )


def _person(subject: dict[str, Any], pointer: str, beside: Fields) -> Iterator[Item]:
    """The person as the credential names her; her national number stays in the source file."""
    name = plain(subject.get("fullName"))
    told = (("vcard:fn", "fullName"), ("vcard:given-name", "givenName"))
    fields: list[tuple[str, Any]] = [
        (prop, said) for prop, member in told if (said := plain(subject.get(member)))
    ]
    if family := plain(subject.get("familyName")):
        fields.append(("vcard:family-name", family))
    day = _birth(subject)
    if isinstance(day, datetime):
        yield Problem(pointer, _BIRTH, row=False)
    elif day is not None:
        fields.append(("vcard:bday", day))
    fields += _addresses(subject)
    if fields:
        yield Record(
            kind="CustomerFile",
            key=Key(natural=("learner", name)),
            fields=(*fields, *beside),
            locator=pointer,
            counted=False,
        )


def _birth(subject: dict[str, Any]) -> date | datetime | None:
    born = subject.get("dateOfBirth")
    try:
        return moment(born) if isinstance(born, str) else None
    except ValueError:
        return None


def _addresses(subject: dict[str, Any]) -> Iterator[tuple[str, Iri]]:
    """Her e-mail addresses."""
    for contact in objects(subject.get("contactPoint")):
        for box in map(identifier, objects(contact.get("emailAddress"))):
            if box.startswith("mailto:"):
                yield "vcard:hasEmail", Iri(mailto(box.removeprefix("mailto:")))
