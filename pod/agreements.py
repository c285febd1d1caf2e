"""The values of consent: what is asked of a person, and what she has granted.

An access request and an access grant are what Linked Web Storage calls so. Neither opens anything
by itself: that is for the access rules that stand for a grant (pod.consent.rules).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from acl import Mode

GRANTS = ".well-known/grants/"  # and the id of a grant
REQUESTS = ".well-known/access-requests"  # and, behind a slash, the id of a request
MYTERMS = ".well-known/myterms"  # and, behind a slash, the id of an agreement
ERASURES = ".well-known/erasures/"  # and what only the two sides know
WHY = ".well-known/why"  # something was decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One part of what is asked or granted: modes on a container or document, and all below it.

    `path` is relative to the storage's root, as a ResourceIri has it. `category` is the name of the
    category (pod.consent.categories) that it was asked as, None where a resource was named instead.
    """

    path: str
    modes: Mode = Mode.READ
    category: str | None = None


class RequestState(Enum):
    """Where a request stands. All but WAITING and PROPOSED are its end."""

    WAITING = "waiting"  # for the person
    PROPOSED = "proposed"  # she has offered something else; for the asker
    GRANTED = "granted"
    REFUSED = "refused"  # by the person
    DECLINED = "declined"  # by the asker, who does not want what was proposed
    WITHDRAWN = "withdrawn"  # by the asker
    LAPSED = "lapsed"  # nobody answered in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the person offers instead of what was asked; `days` as in AccessRequest. `terms` is the
    name of an agreement of hers that the asker would have to accept, None for that which it has.
    """

    items: tuple[Item, ...]
    days: int | None
    terms: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """What somebody asks for.

    `agent` is the WebID that would be given access: the asker's own, or the owner's where an app
    would act as her; `client` the app that it would be given through, None for an organisation
    that uses whatever client it likes. `purpose` is an IRI, `sentence` says it in plain words.
    `days` is for how long, None for until it is stopped; `retention` how long the asker keeps what
    it reads, an ISO 8601 duration, "none" for not at all, None where it does not say. `terms` is
    the id of the agreement to the person's terms that it has made. `manifest` is what the app says
    of itself, as JSON text, as it was when it asked. `inbox` is where the asker is told.
    `reported` is what the person says of pressure to agree; the asker is never shown it. `ends` is
    the latest time at which access would end, None where none was named. `reason` is what the
    person says to the asker where she refuses, who need not say anything. Times are in UTC, whole
    seconds.
    """

    id: str
    agent: str
    client: str | None
    purpose: str
    sentence: str
    required: tuple[Item, ...]
    optional: tuple[Item, ...]
    days: int | None
    retention: str | None
    terms: str | None
    manifest: str | None
    inbox: str | None
    state: RequestState
    created: datetime
    lapses: datetime
    proposed: Proposal | None = None
    reported: str | None = None
    ends: datetime | None = None
    reason: str | None = None


class GrantState(Enum):
    """Whether the rules of a grant stand. Its end by time is in the rules themselves."""

    ACTIVE = "active"
    PAUSED = "paused"  # by the person, who may resume
    UNUSED = "unused"  # paused because nobody used it; she may resume
    STOPPED = "stopped"  # for good


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGrant:
    """What a person has agreed to. Fields as in AccessRequest.

    It holds from `since` and before `until`, None for until it is stopped. `request` is the id of
    what was asked, None where the person gave it by herself. `records` has the consent record as it
    was signed each time that the state changed, in JWS compact form: the same bytes at both sides.
    `made` are the paths that got access rules of their own for this grant.
    """

    id: str
    request: str | None
    agent: str
    client: str | None
    purpose: str
    sentence: str
    items: tuple[Item, ...]
    since: datetime
    until: datetime | None
    retention: str | None
    terms: str | None
    state: GrantState
    created: datetime
    changed: datetime
    records: tuple[str, ...]
    made: frozenset[str] = frozenset()

    @property
    def record(self) -> str:
        """The consent record as it was signed last."""
        return self.records[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAgreement:
    """That an asker has accepted terms of the person's, as both sides keep it.

    `offer` is the name of the agreement among those that she offers, `digest` the SHA-256 of its
    text in hex, `jws` the signed copy in JWS compact form.
    """

    id: str
    agent: str
    client: str | None
    offer: str
    digest: str
    created: datetime
    jws: str


class ErasureState(Enum):
    """What became of a request to erase. Being overdue follows from the time alone."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """A request to erase what has left under a grant, whose id is `access_grant`.

    `departed` tells as JSON text what has left, without a value of the pod. `inbox` is where it was
    sent, None where the person has to send it herself. `answer` is what the asker said, in its own
    words. Times are in UTC, whole seconds.
    """

    id: str
    access_grant: str
    agent: str
    client: str | None
    departed: str
    inbox: str | None
    state: ErasureState
    created: datetime
    due: datetime
    answered: datetime | None = None
    answer: str | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time has passed, at `now` in UTC, without an answer."""
        return self.state is ErasureState.ASKED and self.due <= now


@dataclass(frozen=True, slots=True)
class TermsSetting:
    """Which of her terms a person has chosen, and whether `of_all` apps they have to be accepted:
    also of one that says nothing of itself and that she signs in to.
    """

    preset: str
    of_all: bool = False
