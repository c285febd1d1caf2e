"""Matches as a document has them: they conform, are read back the same, and link what stands."""

from dataclasses import replace
from datetime import date

import pytest
from matching_items import bill, line

from pod.matching.left_open import open_graph, open_in
from pod.matching.looked import Looked, looked_at, looked_graph
from pod.matching.match import Match, Standing
from pod.matching.matched import matched
from pod.matching.written import graph_of, matches_of, path_of
from vocab.graph import NamedNode, Triple
from vocab.names import SD
from vocab.shapes import validate

DOCUMENT = "https://pod.example/ana/annotations/matches/2026.ttl"


def found() -> Match:
    said = {"references": frozenset({"F-2026-17"})}
    (one,) = matched([bill("b", "40.00", **said), line("l", "-40.00", 3, **said)]).matches
    return one


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("by", ["", "https://pod.example/ana/profile/card#me"])
def test_what_is_written_conforms_and_is_read_back(standing: Standing, by: str):
    one = replace(found(), standing=standing, by=by)
    graph = graph_of([one], DOCUMENT)
    assert validate(graph) == ()
    assert matches_of(graph) == (one,)
    link = Triple(NamedNode(one.source), NamedNode(SD.settledBy), NamedNode(one.target))
    assert (link in graph) is (standing is Standing.SURE)


def test_a_match_stands_in_the_document_of_the_year_of_its_record():
    assert path_of(found()) == "annotations/matches/2026.ttl"
    assert path_of(replace(found(), day=date(2025, 12, 31))) == "annotations/matches/2025.ttl"


def test_what_others_write_there_is_no_match():
    graph = graph_of([found()], DOCUMENT)
    for predicate in (SD.status, SD.date, SD.confidence):
        assert matches_of(frozenset(t for t in graph if t.predicate.value != predicate)) == ()


def test_what_was_looked_at_is_read_back():
    looked = {
        "https://pod.example/ana/data/a.ttl": Looked("7", (date(2026, 1, 1), date(2026, 3, 1))),
        "https://pod.example/ana/data/b.ttl": Looked("8", None),
    }
    assert looked_at(looked_graph(looked)) == looked


def test_what_was_left_open_is_read_back():
    lines = [line(name, "-40.00", 3, label=name) for name in "lm"]
    left = matched([bill("b", "40.00"), *lines]).open
    assert [len(one.alternatives) for one in left] == [2]
    assert open_in(open_graph(left, DOCUMENT)) == left
