"""A query sees what its asker may read, and answers as if there were nothing else.

Every question is put to a pod with a secret document and to the same pod without it. The answers
must be the same, whatever the question; and they must differ for who may read the secret, so
that a question that asks for nothing proves nothing.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pyoxigraph
import pytest
import pytest_asyncio
from query_worlds import JSON, SECRET, SHARED, STORAGE, Told, ask, index_of, values, written

from pod.problems import Malformed, Problem
from pod.sparql.dataset import Form, restrict
from pod.sparql.request import Query
from pod.sparql.results import OFFERS

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPEN = """
<#it> <http://x/p> 'open' ; <http://x/knows> <#you>, [ <http://x/p> 'nobody' ] .
<#you> <http://x/p> 'both' .
"""
HIDDEN = """
<#it> <http://x/p> 'SWORDFISH' ; <http://x/q> 1 ; <http://x/knows> <../shared/a#it>, [] .
<../shared/a#you> <http://x/p> 'both' ; <http://x/knows> <#it> ; <http://x/q> 2 .
"""
DOCUMENTS = [written("shared/a", OPEN), written("shared/b", "<#it> <http://x/q> 3 .")]
SECRETS = [written("secret/s", HIDDEN, SECRET), written("history/s/1", HIDDEN, SECRET)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def indexes():
    """The pod with the secret, and the pod without it."""
    with_secret, without = Told([*SECRETS, *DOCUMENTS]), Told(DOCUMENTS)
    async with index_of(with_secret) as first, index_of(without) as second:
        yield first, second


async def answer(index, text, *classes, **dataset):
    """What comes back, an error too, the lines of an answer in one order."""
    form = restrict(Query(text=PREFIX + text, base=STORAGE)).form
    media_type = "text/csv" if form is Form.SELECT else OFFERS[form][-1]
    try:
        found = await ask(index, PREFIX + text, *classes, media_type=media_type, **dataset)
    except Problem as problem:
        return type(problem), str(problem)
    return sorted(found.splitlines())


PREFIX = "PREFIX x: <http://x/> "
SECRET_DOCUMENT = STORAGE + "secret/s"
QUESTIONS = {
    "everything": "SELECT * { ?s ?p ?o }",
    "any-graph": "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "the-graph-by-name": "SELECT * { GRAPH <secret/s> { ?s ?p ?o } }",
    "its-former-state": "SELECT * { GRAPH <history/s/1> { ?s ?p ?o } }",
    "the-existence-of-the-graph": "ASK { GRAPH <secret/s> {} }",
    "the-names-of-graphs": "SELECT DISTINCT ?g { GRAPH ?g {} }",
    "FROM": "SELECT * FROM <secret/s> { ?s ?p ?o }",
    "FROM-two": "SELECT * FROM <shared/a> FROM <secret/s> { ?s ?p ?o }",
    "FROM-NAMED": "SELECT * FROM NAMED <secret/s> { GRAPH ?g { ?s ?p ?o } }",
    "FROM-both": "SELECT * FROM <shared/a> FROM NAMED <secret/s> { GRAPH ?g { ?s ?p ?o } }",
    "FROM-former-state": "SELECT * FROM <history/s/1> { ?s ?p ?o }",
    "path": "SELECT * { ?s x:knows+ ?o }",
    "path-from-within": "SELECT * { <shared/a#it> (x:knows|^x:knows)* ?o }",
    "path-to-a-value": "SELECT * { <shared/a#it> (x:knows|^x:knows)*/x:p ?o }",
    "negated-path": "SELECT * { ?s !x:p ?o }",
    "path-in-any-graph": "SELECT * { GRAPH ?g { ?s x:knows/x:p ?o } }",
    "COUNT": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "COUNT-in-graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "COUNT-of-graphs": "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "aggregates": "SELECT (MIN(?o) AS ?a) (MAX(?o) AS ?b) (SUM(?o) AS ?c) { ?s x:q ?o }",
    "GROUP_CONCAT": "SELECT (COUNT(?o) AS ?n) ?p { ?s ?p ?o } GROUP BY ?p HAVING(COUNT(?o) > 1)",
    "EXISTS": "SELECT * { ?s x:p ?o FILTER EXISTS { ?x x:knows ?s ; x:q ?y } }",
    "NOT-EXISTS": "SELECT * { ?s x:p ?o FILTER NOT EXISTS { ?s x:q ?y } }",
    "EXISTS-in-a-graph": "ASK { FILTER EXISTS { GRAPH ?g { ?s x:p 'SWORDFISH' } } }",
    "MINUS": "SELECT * { ?s x:p ?o MINUS { ?s x:q ?y } }",
    "OPTIONAL": "SELECT * { ?s x:p ?o OPTIONAL { ?s x:q ?y } }",
    "UNION": "SELECT * { { ?s x:q ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "sub-select": "SELECT * { { SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s } }",
    "sub-select-in-a-graph": "SELECT * { GRAPH ?g { { SELECT * { ?s ?p ?o } } } }",
    "VALUES": "SELECT * { VALUES ?g { <secret/s> } GRAPH ?g { ?s ?p ?o } }",
    "BIND": "SELECT ?n { BIND(EXISTS { ?s x:q 1 } AS ?n) }",
    "ORDER-and-OFFSET": "SELECT ?o { ?s x:p ?o } ORDER BY ?o LIMIT 1 OFFSET 2",
    "FILTER-on-a-literal": "ASK { ?s ?p ?o FILTER(STRSTARTS(STR(?o), 'SWORD')) }",
    "CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT-WHERE": "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT-FROM": "CONSTRUCT { ?s ?p ?o } FROM <secret/s> WHERE { ?s ?p ?o }",
    "DESCRIBE": "DESCRIBE <secret/s#it>",
    "DESCRIBE-what-is-found": "DESCRIBE ?s { ?s x:knows ?o }",
    "DESCRIBE-FROM": "DESCRIBE <secret/s#it> FROM <secret/s>",
    "DESCRIBE-a-shared-name": "DESCRIBE <shared/a#you>",
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
async def test_a_question_is_answered_as_if_the_secret_were_not_there(indexes, question):
    with_secret, without = indexes
    expected = await answer(without, question, SHARED)
    assert await answer(with_secret, question, SHARED) == expected
    assert await answer(with_secret, question, SHARED, SECRET) != expected


@pytest.mark.parametrize(
    "dataset",
    [
        pytest.param({"default_graphs": frozenset({SECRET_DOCUMENT})}, id="default"),
        pytest.param({"named_graphs": frozenset({SECRET_DOCUMENT})}, id="named"),
        pytest.param(
            {
                "default_graphs": frozenset({STORAGE + "shared/a", SECRET_DOCUMENT}),
                "named_graphs": frozenset({STORAGE + "shared/b", SECRET_DOCUMENT}),
            },
            id="both",
        ),
    ],
)
async def test_the_dataset_of_the_request_is_cut_down_too(indexes, dataset):
    with_secret, without = indexes
    question = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    expected = await answer(without, question, SHARED, **dataset)
    assert await answer(with_secret, question, SHARED, **dataset) == expected
    assert await answer(with_secret, question, SHARED, SECRET, **dataset) != expected


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("SELECT (x:f(?o) AS ?n) { ?s ?p ?o }", id="unknown-function"),
        pytest.param("SELECT (x:f(?o) AS ?n) { GRAPH <secret/s> { ?s ?p ?o } }", id="in-a-graph"),
        pytest.param("SELECT (1 / (?o - 1) AS ?n) { ?s x:q ?o FILTER(?o < 2) }", id="division"),
        pytest.param("SELECT * { ?s ?p ?o ", id="syntax"),
    ],
)
async def test_errors_say_the_same(indexes, question):
    with_secret, without = indexes
    found = await answer(with_secret, question, SHARED)
    assert found == await answer(without, question, SHARED)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(f"SELECT * {{ GRAPH <urn:x-signature:{n}> {{ ?s ?p ?o }} }}", id=f"GRAPH-{n}")
        for n in ("0", "1", "0,1")
    ]
    + [
        pytest.param("SELECT * FROM <urn:x-signature:0> { ?s ?p ?o }", id="FROM"),
        pytest.param(
            "SELECT * FROM NAMED <urn:x-signature:0> { GRAPH ?g { ?s ?p ?o } }", id="NAMED"
        ),
        pytest.param("SELECT * { GRAPH <urn:x-merged:1> { ?s ?p ?o } }", id="merged"),
    ],
)
async def test_the_graphs_that_the_index_makes_for_itself_cannot_be_asked(indexes, question):
    assert values(await ask(indexes[0], question, SHARED, SECRET)) == []


@pytest.mark.parametrize("readable", [(), (SHARED,)], ids=["nothing", "another-class"])
async def test_who_may_read_nothing_here_gets_empty_answers(indexes, readable):
    assert values(await ask(indexes[0], "SELECT * FROM <secret/s> { ?s ?p ?o }", *readable)) == []


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and who has connected to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers: list[str] = []

        def answer_all():
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                callers.append(caller[0])
                connection.close()

        thread = Thread(target=answer_all)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/", callers
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


FEDERATED = {
    "plain": "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "computed": "SELECT * { BIND(IRI('%s') AS ?x) SERVICE SILENT ?x { ?s ?p ?o } }",
    "glued": "SELECT * { SERVICESILENT<%s>{?s ?p ?o} }",
    "prefixed": "PREFIX ex: <%s> PREFIX SERVICEex: <http://x/> SELECT * { SERVICEex:a {?s ?p ?o} }",
    "behind-an-escaped-hash": "PREFIX ex: <%s> SELECT * { ?s ex:a\\# ?o . SERVICE ex: {}\n}",
    "escaped": "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("text", FEDERATED.values(), ids=FEDERATED.keys())
async def test_no_query_makes_a_connection(indexes, text):
    with listener() as (address, callers):
        with pytest.raises(Malformed):
            values(await ask(indexes[0], text % address, SHARED))
        assert callers == []


@pytest.mark.parametrize("text", FEDERATED.values(), ids=FEDERATED.keys())
async def test_the_process_could_not_connect_even_if_the_text_got_through(indexes, text):
    class Unchecked:
        base, default_graphs, named_graphs = STORAGE, None, None

    with listener() as (address, callers):
        plan = Unchecked()
        plan.text = text % address
        with suppress(Malformed):
            await indexes[0].select(plan, lambda _: {SHARED}, JSON)
        assert callers == []


async def test_the_listener_does_count_connections():
    with listener() as (address, callers):
        store = pyoxigraph.Store()
        text = FEDERATED["plain"] % address
        with pytest.raises(OSError, match="."):
            await asyncio.to_thread(lambda: list(store.query(text)))
        assert callers == ["127.0.0.1"] * len(callers) != []
