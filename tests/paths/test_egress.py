"""What the journal says has left is what a recorder at the other end of the line has received.

The rows are counted in the answers alone, by readers that are not the server's.
"""

import csv
import io
import json
import socket
import time
import urllib.parse
import xml.etree.ElementTree as ET
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest
import rdflib
from agents import SECONDS

BLANK = b"""@prefix ex: <https://ex.example/> .
[] ex:p 1 . <#a> ex:q [ ex:p 2 ] , <#b> . <#b> ex:p 3 ."""
TRIG = b"<#a> <urn:p> 1 . <urn:g> { <#b> <urn:q> 2 . <#a> <urn:p> 3 . }"
LONG = b"".join(b'<#n%d> <urn:p> "%b" .\n' % (n, b"x" * 1000) for n in range(300))
DOCUMENTS = {
    "data/bank/x.ttl": ("text/turtle", BLANK),
    "data/health/y.trig": ("application/trig", TRIG),
    "notes/z.json": (
        "application/ld+json",
        b'[{"@id": "#a", "urn:p": 1}, {"@id": "#b", "urn:p": 2}]',
    ),
    "notes/text": ("text/plain", b"some text, and no RDF at all"),
    "notes/broken": ("application/octet-stream", b"<a> <b>"),
    "notes/empty.ttl": ("text/turtle", b""),
    "large.bin": ("application/octet-stream", bytes(range(256)) * 3000),
    "large.ttl": ("text/turtle", LONG),
}
READERS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/trig": "trig",
    "application/rdf+xml": "xml",
}
ACCEPTED = (None, "*/*", *READERS, "text/plain")
RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
QUERIES = {
    "SELECT ?s ?o { ?s <https://ex.example/p> ?o }": RESULTS,
    "SELECT * { ?s ?p ?o } LIMIT 7": RESULTS,
    'SELECT ?x { VALUES ?x { "},{" "a\\nb" } }': RESULTS,
    "ASK { ?s ?p ?o }": RESULTS[:2],
    "CONSTRUCT { ?s <urn:q> ?o } { ?s ?p ?o } LIMIT 9": tuple(READERS)[:3],
    "DESCRIBE <data/bank/x.ttl#a>": tuple(READERS)[:3],
}


@dataclass
class Received:
    """One answer, as it was recorded, and the rows of the whole body that it is of."""

    method: str
    status: int
    size: int
    rows: int


def subjects(essence: str, body: bytes, base: str) -> int:
    found = rdflib.Dataset()
    found.parse(data=body, format=READERS[essence], publicID=base)
    return len({subject for subject, _, _, _ in found.quads()})


def in_json(body: bytes) -> int:
    told = json.loads(body)
    return 1 if "boolean" in told else len(told["results"]["bindings"])


def in_xml(body: bytes) -> int:
    root, space = ET.fromstring(body), "{http://www.w3.org/2005/sparql-results#}"  # noqa: S314 - our own
    asked = root.find(f"{space}boolean") is not None
    return 1 if asked else len(list(root.iter(f"{space}result")))


def in_csv(body: bytes) -> int:
    return len(list(csv.reader(io.StringIO(body.decode(), newline="")))) - 1


def in_tsv(body: bytes) -> int:
    return body.decode().count("\n") - 1


COUNTED = dict(zip(RESULTS, (in_json, in_xml, in_csv, in_tsv), strict=True))


@cache
def rows_in(kind: str, body: bytes, base: str) -> int:
    """Rows as docs/operations.md says they are counted."""
    essence = kind.partition(";")[0]
    if essence in READERS:
        return subjects(essence, body, base)
    return COUNTED[essence](body) if essence in COUNTED else 1


@pytest.fixture(scope="module")
def filled(world):
    """A pod with something of everything, and two apps of its owner."""
    owner = world.fresh()
    for path, (kind, body) in DOCUMENTS.items():
        assert owner.put(owner.storage + path, body, kind).status == 201
    for number in range(270):
        assert owner.put(f"{owner.storage}many/{number}", b"x", "text/plain").status == 201
    about = b'<> <http://purl.org/dc/terms/title> "many" . <x> <urn:p> 1 .'
    assert owner.put(owner.storage + "few/", about).status == 201
    assert owner.put(owner.storage + "few/x", b"x", "text/plain").status == 201
    return owner, [owner, world.app(owner.name, "second"), world.app(owner.name, "third")]


def asked(random: Random, storage: str) -> tuple[str, str, dict[str, str]]:
    """Anything that reads: a method, an address, and headers."""
    if random.random() < 0.35:
        text, kinds = random.choice(list(QUERIES.items()))
        url = f"{storage}.well-known/sparql?{urllib.parse.urlencode({'query': text})}"
        return random.choice(("GET", "GET", "GET", "HEAD")), url, {"Accept": random.choice(kinds)}
    path = random.choice([*DOCUMENTS, "", "many/", "few/", "notes/", "none", "data/bank"])
    headers = {}
    if accept := random.choice(ACCEPTED):
        headers["Accept"] = accept
    if random.random() < 0.2:
        first = random.randrange(9)
        headers["Range"] = random.choice(
            (f"bytes={first}-{first + 5}", f"bytes={first}-", "bytes=-3")
        )
    if random.random() < 0.2:
        headers["If-None-Match"] = "*"
    return random.choice(("GET", "GET", "GET", "HEAD")), storage + path, headers


def recorded(person, method: str, url: str, headers: dict[str, str]) -> Received | None:
    """What is received; None where nothing is noted of it, since nothing of the pod has left."""
    answer = person.call(method, url, headers)
    if answer.status not in {200, 206, 301, 304}:
        return None
    whole, kind = answer.body, answer.headers.get("Content-Type", "")
    if answer.status == 206:
        rest = {name: value for name, value in headers.items() if name != "Range"}
        whole = person.call("GET", url, rest).body
    rows = rows_in(kind, whole, url) if answer.body else 0
    return Received(method, answer.status, len(answer.body), rows)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of a library, within itself
@pytest.mark.spec("Self Data B5")
def test_rows_and_bytes_are_those_of_a_recording(world, filled):
    owner, apps = filled
    random = Random("egress")  # noqa: S311 - the same requests each time
    expected, before = [], len(world.journal(owner.name))
    for _ in range(300):
        person = random.choice(apps)
        method, url, headers = asked(random, owner.storage)
        again = "Range" in headers
        answer = recorded(person, method, url, headers)
        if answer is not None:
            expected.append((person.app.iri, answer))
            if again and answer.status == 206:
                expected.append((person.app.iri, None))  # the whole, which was asked for to count
    lines = world.journal(owner.name, before)
    assert len(lines) == len(expected)
    for line, (client, answer) in zip(lines, expected, strict=True):
        assert line.client == client
        if answer is not None:
            noted = (line.outcome, line.bytes, line.rows)
            assert noted == (answer.status, answer.size, answer.rows), (line, answer)
    sent = sum(answer.size for _, answer in expected if answer is not None)
    assert sent > 1_000_000


@pytest.fixture(scope="module")
def film(filled):
    """A file that is longer than what lies in the buffers of a connection."""
    owner, _ = filled
    size = 32 * 1024 * 1024
    pieces = iter([b"x" * 1024 * 1024] * 32)
    headers = {"Content-Length": str(size)}
    assert owner.put(owner.storage + "film", pieces, "video/mp4", headers).status == 201
    return owner.storage + "film", size


def test_of_an_answer_that_was_broken_off_what_left_is_noted(world, filled, film):
    owner, _ = filled
    url, size = film
    before = len(world.journal(owner.name))
    parts = urllib.parse.urlsplit(url)
    received = 0
    with closing(socket.create_connection((parts.hostname, parts.port), SECONDS)) as line:
        signed = "".join(
            f"{name}: {value}\r\n" for name, value in owner.app.headers("GET", url).items()
        )
        line.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{signed}\r\n".encode())
        while received < 1_000_000:
            received += len(line.recv(65536))
    deadline = time.monotonic() + SECONDS
    while not (noted := world.journal(owner.name, before)) and time.monotonic() < deadline:
        pass
    (entry,) = noted
    assert received - 2000 < entry.bytes < size  # the head is among what was received
    assert (entry.target, entry.outcome, entry.rows) == ("film", 200, 1)


def test_a_refusal_is_noted_with_its_own_bytes(world, filled):
    owner, _ = filled
    other = world.fresh()
    before = len(world.journal(owner.name))
    answers = [other.call(method, owner.storage + "notes/text") for method in ("GET", "HEAD")]
    noted = world.journal(owner.name, before)
    assert [(line.outcome, line.rows, line.bytes) for line in noted] == [
        (403, 0, len(answers[0].body)),
        (403, 0, 0),
    ]
