"""A request for access as it is told: to both sides, to the person's inbox, and as evidence.

What the person reports of pressure to agree is hers: it is in the evidence, and nowhere else.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from acl import mode_names
from pod.agreements import (
    MYTERMS,
    REQUESTS,
    AccessGrant,
    AccessRequest,
    Item,
    Proposal,
    TermsAgreement,
)
from pod.consent.asked import of_request
from pod.consent.odrl import document, policies
from pod.consent.rules import iri_of
from pod.consent.warnings import cautions, smaller

Told = Mapping[str, Any]
_AS: Final = "https://www.w3.org/ns/activitystreams"


def address_of(request: AccessRequest, storage: str) -> str:
    """Where a request is told to both sides."""
    return f"{storage}{REQUESTS}/{request.id}"


def told(request: AccessRequest, storage: str, grant: AccessGrant | None = None) -> Told:
    """A request in our own JSON, with where it stands; `grant` is what it came to."""
    return {
        "id": address_of(request, storage),
        "state": request.state.value,
        "reason": request.reason,
        "agent": request.agent,
        "client": request.client,
        "purpose": request.purpose,
        "sentence": request.sentence,
        "items": [*_items(request, storage)],
        "days": request.days,
        "ends": _time(request.ends),
        "retention": request.retention,
        "terms": _terms(request, storage),
        "inbox": request.inbox,
        "created": _time(request.created),
        "lapses": _time(request.lapses),
        "proposal": _proposal(request.proposed, storage),
        "grant": None if grant is None else iri_of(grant, storage),
    }


def told_as_lws(request: AccessRequest, storage: str, grant: AccessGrant | None = None) -> Told:
    """The same as an access request of Linked Web Storage, with members of ours."""
    said = told(request, storage, grant)
    ours = ("id", "state", "reason", "days", "terms", "created", "lapses", "grant")
    whole = {**document(request, storage), **{name: said[name] for name in ours}}
    if request.proposed is not None:
        access = [*policies(request.proposed.items, storage)]
        whole["proposal"] = {**said["proposal"], "access": access}
        del whole["proposal"]["items"]
    return {name: value for name, value in whole.items() if value is not None}


def notice(request: AccessRequest, storage: str, owner: str) -> Told:
    """What the person finds in her inbox: that somebody asks, who, and where. ActivityStreams 2."""
    return {
        "@context": _AS,
        "type": "Offer",
        "actor": request.client or request.agent,
        "target": owner,
        "object": address_of(request, storage),
        "published": _time(request.created),
        "endTime": _time(request.lapses),
    }


def notice_path(request: AccessRequest) -> str:
    """Where that lies."""
    return f"inbox/access-request-{request.id}.jsonld"


def evidence(
    request: AccessRequest,
    storage: str,
    grant: AccessGrant | None = None,
    terms: TermsAgreement | None = None,
) -> Told:
    """All that there is about a request, to be shown to whoever helps the person: what was asked
    and answered, what she reports, what was more than its purpose usually needs, and which smaller
    request would have done. The agreement to her terms and the record of a grant are as signed.
    """
    # CON-38: "report pressure", and the "minimum-needed check".
    asked = of_request(request)
    less = smaller(asked)
    return {
        "request": told(request, storage, grant),
        "reported": request.reported,
        "manifest": None if request.manifest is None else json.loads(request.manifest),
        "concerns": [one.concern.value for one in cautions(asked, is_seen=grant is not None)],
        "would_do": less
        and {
            "items": [_item(one.given(one.modes), storage) for one in less.items],
            "days": less.days,
        },
        "terms": None if terms is None else terms.jws,
        "record": None if grant is None else grant.record,
    }


def _items(request: AccessRequest, storage: str) -> Iterator[Told]:
    for items, is_required in ((request.required, True), (request.optional, False)):
        for item in items:
            yield {**_item(item, storage), "required": is_required}


def _item(item: Item, storage: str) -> Told:
    modes = [*mode_names(item.modes)]
    return {"resource": storage + item.path, "category": item.category, "modes": modes}


def _proposal(proposed: Proposal | None, storage: str) -> Told | None:
    if proposed is None:
        return None
    items: Iterable[Item] = proposed.items
    return {
        "items": [_item(one, storage) for one in items],
        "days": proposed.days,
        "terms": proposed.terms,
    }


def _terms(request: AccessRequest, storage: str) -> str | None:
    return None if request.terms is None else f"{storage}{MYTERMS}/{request.terms}"


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
