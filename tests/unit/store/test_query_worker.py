"""What the worker makes of documents and questions, within this process."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest
from pyoxigraph import RdfFormat, parse

from pod.store.quads import Dataset, Quads
from pod.store.query_commands import Ask, Clear, Drop, Move, Outcome, Put, encode
from pod.store.query_worker import evaluate, put, serve

STORAGE = "https://ana.example/"
JSON = "application/sparql-results+json"
ONE = b'<#it> <http://x/p> "one" .'


@pytest.fixture
def quads():
    quads = Quads(STORAGE)
    take(quads, "a", ONE)
    return quads


def take(quads, path, content, media_type="text/turtle"):
    put(quads, Put(path=path, access=0, media_type=media_type, content=content))


def asked(quads, text, media_type=JSON, largest=10_000):
    ask = Ask(
        text=text,
        base=STORAGE,
        media_type=media_type,
        default_graphs=None,
        named_graphs=[],
        seconds=1,
        memory=0,
        largest=largest,
    )
    dataset = Dataset(readable={0}, default_graphs=None, named_graphs=())
    outcome, _, payload = evaluate(quads, ask, quads.graphs(dataset))
    return outcome, bytes(payload)


def values(quads):
    outcome, payload = asked(quads, "SELECT ?o { ?s ?p ?o }")
    assert outcome is Outcome.DONE
    return sorted(row["o"]["value"] for row in json.loads(payload)["results"]["bindings"])


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(b'<a> <http://x/p> "two" .', "text/turtle; charset=utf-8", id="Turtle"),
        pytest.param(b'{"@id": "a", "http://x/p": "two"}', "application/ld+json", id="JSON-LD"),
        pytest.param(
            b'<http://x/a> <http://x/p> "two" .\n', "application/n-triples", id="N-Triples"
        ),
    ],
)
def test_documents_of_every_format_are_taken_in(quads, content, media_type):
    take(quads, "b", content, media_type)
    assert values(quads) == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(b"<a> <b>", "text/turtle", id="broken"),
        pytest.param(b"\xff", "text/turtle", id="not-UTF-8"),
        pytest.param(b"hello", "text/plain", id="not-RDF"),
        pytest.param(
            b'{"@context": "http://other.example/c", "a": 1}', "application/ld+json", id="remote"
        ),
        pytest.param(b" " * (11 * 1024 * 1024), "text/turtle", id="too-large"),
    ],
)
def test_a_document_that_cannot_be_read_is_left_out_and_so_is_what_it_replaces(
    quads, content, media_type
):
    take(quads, "b", b'<a> <http://x/p> "two" .')
    take(quads, "b", content, media_type)
    assert values(quads) == ["one"]


def test_it_does_what_it_is_told_until_the_connection_is_closed():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        content = {"media_type": "text/turtle", "content": ONE}
        for command in (
            Put(path="a", access=0, **content),
            Clear(),
            Put(path="b", access=0, **content),
            Put(path="c", access=0, **content),
            Move(path="b", access=1),
            Drop(path="c"),
        ):
            ours.sendall(encode(command))
        ours.shutdown(socket.SHUT_WR)
        quads = Quads(STORAGE)
        serve(theirs, quads)
    for readable, expected in ({0}, []), ({0, 1}, [STORAGE + "b"]):
        dataset = Dataset(readable=readable, default_graphs=None, named_graphs=None)
        assert [graph.value for graph in quads.graphs(dataset).named] == expected


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        pytest.param("text/csv", b"o\r\none\r\n", id="CSV"),
        pytest.param("text/tab-separated-values", b'?o\n"one"\n', id="TSV"),
        pytest.param(
            JSON,
            b'{"head":{"vars":["o"]},"results":{"bindings":'
            b'[{"o":{"type":"literal","value":"one"}}]}}',
            id="JSON",
        ),
        pytest.param(
            "application/sparql-results+xml",
            b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            b'<head><variable name="o"/></head><results><result><binding name="o">'
            b"<literal>one</literal></binding></result></results></sparql>",
            id="XML",
        ),
    ],
)
def test_rows_come_in_every_format(quads, media_type, expected):
    assert asked(quads, "SELECT ?o { ?s ?p ?o }", media_type) == (Outcome.DONE, expected)


@pytest.mark.parametrize(
    ("media_type", "syntax"),
    [
        pytest.param("text/turtle", RdfFormat.TURTLE, id="Turtle"),
        pytest.param("application/ld+json", RdfFormat.JSON_LD, id="JSON-LD"),
        pytest.param("application/n-triples", RdfFormat.N_TRIPLES, id="N-Triples"),
    ],
)
@pytest.mark.parametrize("text", ["CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DESCRIBE <a#it>"])
def test_graphs_come_in_every_format(quads, text, media_type, syntax):
    outcome, payload = asked(quads, text, media_type)
    assert outcome is Outcome.DONE
    triples = {quad.triple for quad in parse(payload, format=syntax)}
    assert triples == {q.triple for q in parse(ONE, RdfFormat.TURTLE, base_iri=STORAGE + "a")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ASK { ?s ?p 'one' }", b'{"head":{},"boolean":true}', id="yes"),
        pytest.param("ASK { ?s ?p 'two' }", b'{"head":{},"boolean":false}', id="no"),
    ],
)
def test_a_question_is_answered(quads, text, expected):
    assert asked(quads, text) == (Outcome.DONE, expected)


def test_what_is_no_query_is_said_with_the_place(quads):
    outcome, payload = asked(quads, "SELECT * { ?s ?p ")
    assert outcome is Outcome.NOT_SPARQL
    assert b"1:18" in payload


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT (<http://x/f>(?o) AS ?x) { ?s ?p ?o }", id="unknown-function"),
        pytest.param("SELECT * { SERVICE <ftp://x/> { ?s ?p ?o } }", id="SERVICE"),
    ],
)
def test_what_the_engine_cannot_do_is_said_without_a_word_of_the_data(quads, text):
    assert asked(quads, text) == (Outcome.NOT_SUPPORTED, b"")


def test_a_result_that_is_too_large_is_not_given_in_part(quads):
    text = "SELECT ?o { ?s ?p ?o }"
    _, whole = asked(quads, text)
    assert asked(quads, text, largest=len(whole)) == (Outcome.DONE, whole)
    assert asked(quads, text, largest=len(whole) - 1) == (Outcome.TOO_LARGE, b"")


LEFT_EARLY = """
import socket
from pod.store.query_walls import Walls

ours, theirs = socket.socketpair()
walls = Walls(theirs)
ours.close()
walls.close_in(seconds=60, memory=2**20)
print("went on")
"""


def test_a_child_whose_asker_left_before_it_could_watch_him_is_ended():
    child = subprocess.run(
        [sys.executable, "-c", LEFT_EARLY],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    assert child.stdout == b""
