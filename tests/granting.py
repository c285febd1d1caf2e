"""Access that is given in a test: to whom, of what, on a server whose clock can be moved."""

import json
import urllib.parse
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from agents import Person, World
from client import Answer

from acl.model import Rule
from pod.agreements import AccessGrant, Item, TermsAgreement
from pod.consent.record import MEDIA_TYPE
from pod.consent.terms import USUAL, Terms
from pod.flows.consent.give import Gift, give
from pod.flows.context import Pod
from vocab.iri import ResourceIri

T = TypeVar("T")
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
PAYING = "https://w3id.org/dpv#PaymentManagement"
PURPOSE = "Selfdata-Purpose"
LARGE = b"a" * 16_000_000
SAYS = "https://example.org/says"


class Moved:
    """The time of this machine, and as much as it is put forward."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@contextmanager
def forward(clock: Moved, by: timedelta) -> Iterator[None]:
    """The clock put forward, for as long as the block runs."""
    clock.by += by
    try:
        yield
    finally:
        clock.by -= by


@dataclass
class Given:
    """A pod with documents in `bank/` and `notes/`, and what was given of it."""

    server: World
    owner: Person
    reader: Person

    @property
    def bank(self) -> str:
        return self.owner.storage + "bank/"

    @property
    def pod(self) -> Pod:
        return self.server.pod(self.owner.name)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.server.run(coroutine)

    def give(self, *items: str, **more: Any) -> AccessGrant:
        """Give the reader to read at these paths, or what `more` says."""
        gift = Gift(
            agent=self.reader.webid,
            client=None,
            purpose=ADVICE,
            sentence="advise you",
            items=tuple(Item(path=path) for path in items or ("bank/",)),
        )
        return self.run(give(replace(gift, **more), self.pod))

    def get(self, path: str = "bank/one.ttl", **headers: str) -> Answer:
        """What the reader gets."""
        return self.reader.get(self.owner.storage + path, headers)

    def asked(self, text: str, purpose: str | None = None) -> int:
        """How many rows the reader's query has."""
        headers = {"Accept": "application/sparql-results+json"}
        headers |= {} if purpose is None else {PURPOSE: purpose}
        query = urllib.parse.quote(text)
        answer = self.reader.get(f"{self.owner.storage}.well-known/sparql?query={query}", headers)
        assert answer.status == 200, answer.text
        return len(answer.json()["results"]["bindings"])


class Papers(Given):
    """A pod, and somebody to whom `data/bank/` of it is given, with all that is signed."""

    def give(self, *items: str, **more: Any) -> AccessGrant:
        """Give the reader to read what is of the bank, or what `more` says."""
        bank = (Item(path="data/bank/", category="bank"),)
        return super().give(*items, **{"items": bank, **more})

    def at(self, name: str) -> str:
        """An address of the server's own in the pod."""
        return f"{self.owner.storage}.well-known/{name}"

    def record(self, who: Person, name: str, media_type: str = MEDIA_TYPE) -> Answer:
        """The consent record that somebody gets."""
        return who.get(self.at(f"grants/{name}"), {"Accept": media_type})

    def accept(self, terms: Terms = USUAL, **more: Any) -> Answer:
        """The reader accepts terms of the owner's."""
        body = {"agreement": terms.name, "sha256": terms.digest, **more}
        return self.reader.post(self.at("myterms"), json.dumps(body).encode(), "application/json")

    def agreements(self) -> tuple[TermsAgreement, ...]:
        return tuple(self.pod.store.snapshot().agreements.terms.all())


def rules_of(given: Given) -> Mapping[ResourceIri, tuple[Rule, ...]]:
    """All access rules of the pod."""
    return given.pod.store.snapshot().acls().rules
