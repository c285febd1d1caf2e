"""Access is asked for over HTTP: by whom, for what, and what is told of it."""

import json

import pytest
from granting import ADVICE, Papers

from pod.agreements import REQUESTS, AccessRequest
from pod.consent.odrl import LWS_CONTEXT
from pod.consent.terms import USUAL
from vocab.names import SD

SENTENCE = "We show you how to spend less on energy."


class Asking(Papers):
    """A pod that its reader asks something of."""

    def body(self, **changed: object) -> dict:
        items = [{"category": "bank"}, {"resource": self.at_path("annotations/"), "required": False}]
        said = {"purpose": ADVICE, "sentence": SENTENCE, "items": items, "days": 60}
        whole = {**said, "retention": "P6M", **changed}
        return {name: value for name, value in whole.items() if value is not None}

    def lws(self, **changed: object) -> dict:
        """The same kind of thing as Linked Web Storage writes it; `changed` is about its policy."""
        access = {
            "type": ["ODRLAccessPolicy"],
            "action": ["read"],
            "assignee": self.reader.webid,
            "target": {"type": "StorageResource", "value": [self.at_path("annotations/")]},
            "hasPurpose": [ADVICE],
            **changed,
        }
        return {
            "@context": [LWS_CONTEXT],
            "type": ["AccessRequest"],
            "storage": self.owner.storage,
            "access": {name: value for name, value in access.items() if value is not None},
            "sentence": SENTENCE,
        }

    def at_path(self, path: str) -> str:
        return self.owner.storage + path

    def ask(self, said: object = None, who=None, kind="application/json", **headers: str):
        body = json.dumps(self.body() if said is None else said).encode()
        return (who or self.reader).post(self.owner.storage + REQUESTS, body, kind, headers)

    def asked(self, said: object = None) -> str:
        """The address of a request that was made, under terms that were accepted."""
        self.accept()
        answer = self.ask(said)
        assert answer.status == 201, answer.text
        return answer.headers["Location"]

    def kept(self) -> list[AccessRequest]:
        return list(self.pod.store.snapshot().agreements.requests.all())


@pytest.fixture
def asking(world, owner, bob) -> Asking:
    return Asking(world, owner, bob)


@pytest.mark.spec("Self Data CAP-04")
def test_what_is_asked_for_waits_for_the_person(asking):
    where = asking.asked()
    (kept,) = asking.kept()
    assert where == asking.owner.storage + f"{REQUESTS}/{kept.id}"
    assert (kept.agent, kept.client, kept.purpose) == (asking.reader.webid, None, ADVICE)
    told = asking.reader.get(where).json()
    assert (told["state"], told["days"], told["retention"]) == ("waiting", 60, "P6M")
    assert told == asking.owner.get(where).json()
    assert [(one["category"], one["required"]) for one in told["items"]] == [
        ("bank", True),
        (None, False),
    ]
