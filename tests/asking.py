"""Access that is asked for in a test: by whom, in which words, and what is kept of it."""

import json
from typing import Any

from agents import Person
from client import Answer
from granting import ADVICE, Papers

from pod.agreements import REQUESTS, AccessGrant, AccessRequest
from pod.consent.odrl import CATEGORY, LWS_CONTEXT
from pod.flows.consent.decide import request_in
from pod.flows.consent.requests import grant_for
from pod.store.port import Transaction

SENTENCE = "We show you how to spend less on energy."


class Asking(Papers):
    """A pod that its reader asks something of."""

    def body(self, **changed: object) -> dict[str, Any]:
        """What is asked for in our own JSON; None leaves a member out."""
        items = [
            {"category": "bank"},
            {"resource": f"{self.owner.storage}annotations/", "required": False},
        ]
        said = {"purpose": ADVICE, "sentence": SENTENCE, "items": items, "days": 60}
        return _without_nothing({**said, "retention": "P6M", **changed})

    def lws(self, **changed: object) -> dict[str, Any]:
        """The same as Linked Web Storage writes it; `changed` is about its policy."""
        purpose = {"leftOperand": "purpose", "operator": "eq", "rightOperand": ADVICE}
        access = {
            "type": ["AccessPolicy"],
            "action": ["read"],
            "assignee": self.reader.webid,
            "target": {"type": CATEGORY, "value": ["bank"]},
            "constraint": [purpose],
            **changed,
        }
        return {
            "@context": [LWS_CONTEXT],
            "type": ["AccessRequest"],
            "storage": self.owner.storage,
            "access": [_without_nothing(access)],
            "sentence": SENTENCE,
        }

    def ask(
        self, said: object = None, who: Person | None = None, kind: str = "application/json"
    ) -> Answer:
        """Somebody asks: the reader, if nobody else is named."""
        body = json.dumps(self.body() if said is None else said).encode()
        return (who or self.reader).post(self.owner.storage + REQUESTS, body, kind)

    def asked(self, said: object = None) -> AccessRequest:
        """A request of the reader's, under terms that it has accepted."""
        self.accept()
        answer = self.ask(said)
        assert answer.status == 201, answer.text
        return self.kept(answer.headers["Location"].rpartition("/")[2])

    def kept(self, name: str) -> AccessRequest:
        """A request as it stands now."""
        return request_in(name, self.pod)

    def all(self) -> list[AccessRequest]:
        return list(self.pod.store.snapshot().agreements.requests.all())

    def forget(self) -> None:
        """Remove all requests and agreements."""

        def work(tx: Transaction) -> None:
            for table in (tx.agreements.requests, tx.agreements.terms):
                for one in [*table.all()]:
                    table.remove(id=one.id)

        self.run(self.pod.store.write(work))

    def where(self, asked: AccessRequest) -> str:
        return f"{self.owner.storage}{REQUESTS}/{asked.id}"

    def act(self, asked: AccessRequest, act: object, who: Person | None = None, **said: object):
        """What an asker does about a request."""
        body = json.dumps({"act": act, **said}).encode()
        return (who or self.reader).post(self.where(asked), body, "application/json")

    def grant_for(self, asked: AccessRequest) -> AccessGrant | None:
        return grant_for(asked, self.pod)


def _without_nothing(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}
