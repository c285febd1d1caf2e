"""The page for holders is true to the byte: its example is the one that is accepted."""

import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from multidict import CIMultiDict

from acl.model import Agent
from pod.intake.digest import digests_of
from pod.intake.envelope import REQUIRED, TAG, open_envelope
from pod.intake.holder import Deposit, profile, signed_request
from pod.intake.holder_key import ALGORITHMS
from pod.intake.verify import WINDOW, key_of, verify
from pod.model import Request
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

PAGE = (Path(__file__).parents[3] / "docs" / "deposit.md").read_text(encoding="utf-8")
SIGNED = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


def block(language):
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


@pytest.fixture
def example():
    head, _, body = block("http").partition("\n\n")
    first, *lines = head.split("\n")
    method, path, _ = first.split(" ")
    headers = CIMultiDict(line.split(": ", 1) for line in lines)
    url = f"https://{headers['Host']}{path}"
    target = ResourceIri("https://pod.example/ana/", "")
    return Request(method=method, target=target, headers=headers, url=url, body=body.encode())


def test_the_example_is_accepted(example):
    envelope = open_envelope(example)
    graph = parse(block("turtle").encode(), RdfFormat.TURTLE, envelope.profile)
    key = key_of(graph, envelope.holder, envelope.keyid, SIGNED)
    assert verify(envelope, key, digests_of(example.body), SIGNED) == Agent(envelope.holder)


def test_the_signature_base_is_the_one_that_is_shown(example):
    assert open_envelope(example).signature.base.decode() == block("text").removesuffix("\n")


def test_the_example_is_what_the_holders_side_makes(example):
    envelope, jwk = open_envelope(example), json.loads(block("json"))
    made = signed_request(
        Deposit(
            url=example.url,
            webid=envelope.holder,
            filename=envelope.filename,
            media_type=envelope.media_type,
            digest=sha256(example.body).digest(),
        ),
        jwk,
        str(envelope.signature.parameters["nonce"]),
        SIGNED,
    )
    assert made == {name: value for name, value in example.headers.items() if name != "Host"}
    assert profile(envelope.holder, "Énergie Exemple", jwk) == block("turtle")


@pytest.mark.parametrize(
    "word",
    [*REQUIRED, f'"{TAG}"', f"{WINDOW.seconds} s", *(algorithm[2] for algorithm in ALGORITHMS)],
)
def test_the_page_names_what_is_asked_for(word):
    assert word in PAGE
