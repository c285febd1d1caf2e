"""The consent record: what a person has agreed to, and what became of it, for both sides to keep.

ISO/IEC TS 27560 in the terms of the Data Privacy Vocabulary, as JSON-LD with its own context, so
that it is read without asking anybody. It is signed as a compact JWS (RFC 7515) each time that the
state changes; each carries all states before. Who signs is given; see pod.store.notary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from acl import Mode, fewest_names
from pod.agreements import MYTERMS, AccessGrant, GrantState, Item, TermsAgreement
from pod.consent.categories import covered
from pod.consent.manifest import NO_RETENTION, Manifest, Recipient, Use, read_manifest
from pod.consent.rules import iri_of
from pod.jws import payload_of
from vocab.glossary import glossary
from vocab.kinds import KINDS
from vocab.names import ACL, DCTERMS, DPV, SCHEMA, SD, XSD

TYPE: Final = "consent-record+jws"
MEDIA_TYPE: Final = "application/jose"
PROFILE: Final = "https://w3id.org/dpv/schema/dpv-27560"

Document = Mapping[str, Any]
"""A record as JSON-LD."""

_CONTEXT: Final = {
    "acl": ACL.NS,
    "dcterms": DCTERMS.NS,
    "dpv": DPV.NS,
    "gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "schema": SCHEMA.NS,
    "sd": SD.NS,
    "xsd": XSD.NS,
}
# DPV §9.1: the statuses that stand for each state. A pause is the person's too, and ends.
_STATUS: Final = {
    GrantState.ACTIVE: "dpv:ConsentGiven",
    GrantState.PAUSED: "dpv:ConsentStatusInvalidForProcessing",
    GrantState.UNUSED: "dpv:ConsentStatusInvalidForProcessing",
    GrantState.STOPPED: "dpv:ConsentWithdrawn",
}
_EVENTS: Final = "dcterms:hasPart"
_CALLED: Final = "schema:name"  # of an app, which need not be the name in law
_RENEWED: Final = "dpv:RenewedConsentGiven"
_EXPIRED: Final = "dpv:ConsentExpired"
_LEAVING: Final = "dpv:RemoteLocation"
_LOCATION: Final = {"local": "dpv:LocalLocation", "leaving": _LEAVING}
_OF_THE_ASKER: Final = ("dpv:hasRecipient", "dpv:hasProcessingCondition")
_OPERATIONS: Final = (
    (Mode.READ, "dpv:Collect"),
    (Mode.APPEND, "dpv:Record"),
    (Mode.WRITE, "dpv:Alter"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was in front of the person when she agreed: the version of the screen, what the app said
    of itself as JSON text, and the agreement to her terms; each None where there was none. `name`
    is what the app was called, "" for the name that its manifest has. `replaces` is the record, a
    JWS, of what this takes the place of: what the asker said of itself then still holds.
    """

    screen: str | None = None
    manifest: str | None = None
    terms: TermsAgreement | None = None
    name: str = ""
    replaces: str | None = None


def document_path(grant: AccessGrant) -> str:
    """Where the record lies among the person's own documents."""
    return f"consents/{grant.created:%Y}/{grant.id}.jsonld"


def first_record(grant: AccessGrant, storage: str, owner: str, shown: Shown) -> Document:
    """The record of a grant that is being given; `owner` is the WebID of the person."""
    said = read_manifest(shown.manifest)
    record = {
        "@context": _CONTEXT,
        "@id": iri_of(grant, storage),
        "@type": "dpv:ConsentRecord",
        "dcterms:conformsTo": {"@id": PROFILE},
        "dcterms:identifier": grant.id,
        "dpv:hasIdentifier": grant.id,
        "dcterms:creator": {"@id": storage},
        "dcterms:created": _time(grant.created),
        "dpv:hasDataSubject": {"@id": owner},
        "dpv:hasDataController": _controller(grant, said, shown.name or said.name),
        "dpv:hasNotice": _notice(shown),
        "dpv:hasProcess": _process(grant, said),
        "odrl:hasPolicy": _policy(shown.terms, storage),
        "sd:validFrom": _time(grant.since),
        "sd:validUntil": None if grant.until is None else _time(grant.until),
        "dpv:hasPermission": [*_items(grant, storage)],
        "dpv:hasConsentStatus": {"@id": _STATUS[grant.state]},
        _EVENTS: [_event(_STATUS[grant.state], owner, grant.created)],
    }
    if shown.replaces is not None:
        record |= _as_before(payload_of(shown.replaces), record)
    return _without_nothing(record)


def _as_before(before: Document, record: Document) -> Document:
    """What a record says that takes the place of another: who asked, and where data go, as then."""
    said = before["dpv:hasProcess"]
    kept = {name: said[name] for name in _OF_THE_ASKER if name in said}
    return {
        "dcterms:replaces": {"@id": before["@id"]},
        "dpv:hasDataController": before["dpv:hasDataController"],
        "dpv:hasProcess": {**record["dpv:hasProcess"], **kept},
    }


def next_record(before: str, grant: AccessGrant, by: str) -> Document:
    """The record with the state that the grant has come to; `before` is the JWS until now, and `by`
    who has changed it: the WebID of the person, or the address of her storage.
    """
    said = dict(payload_of(before))
    status = _RENEWED if grant.state is GrantState.ACTIVE else _STATUS[grant.state]
    if grant.until is not None and grant.until <= grant.changed:
        status = _EXPIRED
    said["dpv:hasConsentStatus"] = {"@id": status}
    said[_EVENTS] = [*said[_EVENTS], _event(status, by, grant.changed)]
    return said


def leaves(record: str) -> bool | None:
    """Whether data leave the space, as the asker said when it was agreed to; None where it did not
    say. `record` is a JWS of a record.
    """
    condition = payload_of(record)["dpv:hasProcess"].get("dpv:hasProcessingCondition")
    return None if condition is None else condition["dpv:hasLocation"]["@id"] == _LEAVING


def asker_name(record: str) -> str:
    """What was called itself who a record, a JWS, is about: as an app, or else by law; "" where
    the record does not say.
    """
    said = payload_of(record)["dpv:hasDataController"]
    return str(said.get(_CALLED) or said.get("dpv:hasName", ""))


def _controller(grant: AccessGrant, said: Manifest, name: str) -> Document:
    about = said.controller
    who = {
        "@id": grant.client or grant.agent,
        "@type": "dpv:DataController",
        _CALLED: grant.client and name,
    }
    if about is None:
        return _without_nothing(who)
    return _without_nothing(
        {
            **who,
            "dpv:hasName": about.legal_name,
            "dpv:hasIdentifier": about.identifier,
            "dpv:hasContact": about.contact,
            "dpv:hasCountry": about.country,
            "dpv:hasNotice": about.privacy_notice and {"@id": about.privacy_notice},
        }
    )


def _notice(shown: Shown) -> Document:
    return _without_nothing(
        {"@type": "dpv:ConsentNotice", "dcterms:hasVersion": shown.screen or ""}
    )


def _policy(terms: TermsAgreement | None, storage: str) -> Document | None:
    if terms is None:
        return None
    return {
        "@id": f"{storage}{MYTERMS}/{terms.id}",
        "dcterms:identifier": terms.id,
        "schema:sha256": terms.digest,
    }


def _process(grant: AccessGrant, said: Manifest) -> Document:
    use = said.use_for(grant.purpose)
    kinds = [*_kinds(grant.items)]
    data = {one for kind in kinds for one in glossary()[kind].about.get(DPV.hasPersonalData, ())}
    special = any(category.sensitive for item in grant.items for category in covered(item.path))
    who = grant.client or grant.agent
    return {
        "@type": "dpv:PersonalDataProcess",
        "dpv:hasPurpose": {"@id": grant.purpose},
        "dcterms:description": grant.sentence,
        "dpv:hasProcessing": [*_operations(grant.items)],
        "dpv:hasPersonalData": [{"@id": one} for one in sorted(data)],
        "dcterms:requires": [{"@id": kind} for kind in kinds],
        # GDPR article 9 (2) (a): explicit consent, for the special categories.
        "dpv:hasLegalBasis": {"@id": "gdpr:A9-2-a" if special else "gdpr:A6-1-a"},
        "dpv:hasRecipient": [
            {"@id": who},
            *map(_recipient, () if use is None else use.recipients),
        ],
        "dpv:hasStorageCondition": _storage(grant.retention),
        **_location(use),
    }


def _location(use: Use | None) -> Document:
    """Where the data are used, as the asker has said it: within the space, or elsewhere."""
    if use is None or not use.processing:
        return {}
    place = {"dpv:hasLocation": {"@id": _LOCATION[use.processing]}, "dpv:hasCountry": use.country}
    condition = {"@type": "dpv:ProcessingLocation", **place}
    return {"dpv:hasProcessingCondition": _without_nothing(condition)}


def _operations(items: tuple[Item, ...]) -> Iterator[Document]:
    """What is done to data by each mode; what is read has left, and so is collected."""
    for mode, name in _OPERATIONS:
        if any(mode in item.modes for item in items):
            yield {"@id": name}


def _recipient(recipient: Recipient) -> Document:
    said = {"dpv:hasName": recipient.name, "dpv:hasCountry": recipient.country}
    return _without_nothing({"@type": "dpv:ThirdParty", **said})


def _storage(retention: str | None) -> Document:
    if retention is None:
        return {"@type": "dpv:StorageCondition"}
    if retention == NO_RETENTION:
        return {"@type": "dpv:StorageCondition", "dpv:hasDuration": "P0D"}
    return {"@type": "dpv:StorageCondition", "dpv:hasDuration": retention}


def _kinds(items: tuple[Item, ...]) -> Iterator[str]:
    names = {category.name for item in items for category in covered(item.path)}
    yield from sorted(kind.iri for kind in KINDS.values() if kind.domain in names)


def _items(grant: AccessGrant, storage: str) -> Iterator[Document]:
    for item in grant.items:
        modes = [{"@id": f"acl:{name.capitalize()}"} for name in fewest_names(item.modes)]
        yield _without_nothing(
            {
                "@type": "acl:Authorization",
                "acl:agent": {"@id": grant.agent},
                "acl:accessTo": {"@id": storage + item.path},
                "acl:mode": modes,
                "acl:condition": grant.client
                and {"@type": "acl:ClientCondition", "acl:client": {"@id": grant.client}},
                "sd:dataCategory": item.category or "",
            }
        )


def _event(status: str, by: str, when: datetime) -> Document:
    return {
        "@type": status,
        "dpv:isIndicatedBy": {"@id": by},
        "dpv:isIndicatedAtTime": _time(when),
    }


def _time(moment: datetime) -> Document:
    return {"@type": "xsd:dateTime", "@value": moment.astimezone(UTC).isoformat()}


def _without_nothing(said: Document) -> Document:
    return {name: value for name, value in said.items() if value}
