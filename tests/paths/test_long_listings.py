"""Listings of containers that hold too much to be written at once."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

import pytest
from agents import EVERYONE, SECONDS, World, exchange, rule, world
from answers import members
from pods import draft

from acl import Agent, decide, permit
from acl.model import Mode, Need
from pod.ldp.represent import pieces_of
from pod.model import Change
from pod.rdf.formats import Form, RdfFormat
from vocab.iri import ResourceIri

MANY = 2000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("long")) as made:
        yield made
        assert made.failures == []


def fill(tx, container, owner, names):
    """Put documents into a container, beside what is there."""
    grant = permit((Need(Mode.WRITE, container),), partial(decide, tx.acls(), agent=owner))
    for name in names:
        target = container.child(name)
        tx.apply(Change(target=target, before=None, after=draft(b"")), grant)


@pytest.fixture
def ana(server: World):
    """The owner of a pod whose `many/` holds MANY documents, which everyone may read."""
    ana = server.fresh()
    many = f"{ana.storage}many/"
    assert ana.put(many).status == 201
    ana.grant(many, rule(ana.webid, "Read Write Control"), rule(EVERYONE, "Read"))
    store = server.pod(ana.name).store
    work = partial(
        fill,
        container=ResourceIri(ana.storage, "many/"),
        owner=Agent(store.identity.owner),
        names=[f"n{number}.ttl" for number in range(MANY)],
    )
    server.run(store.write(work))
    return ana


@contextmanager
def counted(server, ana):
    """Counts the steps of SQLite that all writes of the block take, until they are durable."""
    steps = [0]
    store = server.pod(ana.name).store

    def count():
        steps[0] += 1

    def listen(handler, tx):
        tx._desk.connection.set_progress_handler(handler, 1)  # noqa: SLF001 - the writer's own

    server.run(store.write(partial(listen, count)))
    yield steps
    server.run(store.write(partial(listen, None)))


@pytest.fixture
def many(ana):
    return f"{ana.storage}many/"


def names(url, count=MANY):
    return {f"{url}n{number}.ttl" for number in range(count)}


@pytest.mark.spec("Practice CON-14")
@pytest.mark.parametrize("form", list(RdfFormat), ids=lambda form: form.name)
def test_every_member_is_listed_in_every_format(ana, many, form):
    answer = ana.get(many, {"Accept": form.media_type})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == form.media_type
    assert members(answer, many) == names(many)


def test_once_it_is_made_it_is_sent_with_its_length(ana, many):
    first, again = ana.get(many), ana.get(many)
    assert again.body == first.body
    assert again.headers["Content-Length"] == str(len(first.body))
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    ("method", "name", "headers"),
    [
        ("PUT", "new-%s.ttl", {}),
        ("PUT", "n1.ttl", {}),
        ("POST", "", {}),
        ("POST", "", {"Slug": "new-%s"}),
        ("POST", "", {"Slug": "n1.ttl"}),
        ("DELETE", "n%s.ttl", {}),
    ],
    ids=["put", "put over", "post", "slug", "slug that is taken", "delete"],
)
def test_a_write_takes_as_many_steps_among_many_as_among_few(
    server, ana, many, method, name, headers
):
    few = f"{ana.storage}few/"
    for number in range(3):
        assert ana.put(f"{few}n{number}.ttl").status == 201
    taken = []
    for container in (few, many):
        for number in (1, 2):  # the first time tells the server of the container
            sent = {key: value.replace("%s", str(number)) for key, value in headers.items()}
            url = container + name.replace("%s", str(number))
            with counted(server, ana) as steps:
                answer = ana.call(method, url, {"Content-Type": "text/turtle", **sent})
                assert answer.status in {201, 204, 205}
        taken.append(steps[0])
    assert abs(taken[1] - taken[0]) < 0.2 * taken[0]


def asked(server):
    """The bodies that have been made or are under way."""
    return dict(server.server.listings._kept)  # noqa: SLF001 - nothing else tells that none was made


@pytest.mark.parametrize("status", [200, 304, 412])
def test_what_needs_no_listing_makes_none(server, ana, many, status):
    tag = ana.head(many).headers["ETag"]
    conditions = {200: {}, 304: {"If-None-Match": tag}, 412: {"If-Match": '"none"'}}
    before = asked(server)
    method = "HEAD" if status == 200 else "GET"
    answer = ana.call(method, many, conditions[status])
    assert answer.status == status
    assert asked(server) == before
    if status == 304:
        assert answer.headers["ETag"] == tag


@pytest.mark.spec("Solid Protocol §4.2 #container-last-modified-reliability")
def test_the_tag_of_a_long_listing_changes_with_it_and_its_date_with_its_members(ana, many):
    before = ana.get(many)
    assert ana.put(many + "n7.ttl", b"<#it> a <#Thing> .").status == 204
    after = ana.get(many)
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.body != before.body
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]
    assert ana.get(many, {"If-None-Match": before.headers["ETag"]}).status == 200


def ask(url, version="1.1"):
    """A connection on which somebody has asked for a listing and has read nothing."""
    host, _, path = url.partition("//")[2].partition("/")
    line = socket.create_connection(("127.0.0.1", int(host.partition(":")[2])), SECONDS)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
    line.sendall(
        f"GET /{path} HTTP/{version}\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    )
    return line


def rest(line):
    """All that comes on a connection, from then on."""
    found = b""
    while piece := line.recv(65536):
        found += piece
    return found


def unchunked(answer):
    """The content of an answer in chunks."""
    head, _, left = answer.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head.lower()
    content = b""
    while size := int(left.partition(b"\r\n")[0], 16):
        start = left.index(b"\r\n") + 2
        content, left = content + left[start : start + size], left[start + size + 2 :]
    return content


def listed(text, url):
    return set(re.findall(rf"<({re.escape(url)}[^>]+)> a ".encode(), text))


def test_a_container_that_changes_while_it_is_read_is_read_as_it_was(ana, many):
    before = {name.encode() for name in names(many)}
    with closing(ask(many)) as line:
        begun = line.recv(1)
        # Nobody waits for whoever reads slowly: neither those who write nor those who read.
        assert ana.put(many + "late.ttl").status == 201
        assert ana.delete(many + "n1999.ttl").status == 205
        assert many + "late.ttl" in members(ana.get(many), many)
        assert listed(unchunked(begun + rest(line)), many) == before


def test_a_container_that_changes_while_it_is_written_is_written_as_it_was(server, ana, many):
    before = {name.encode() for name in names(many)}
    container, store = ResourceIri(ana.storage, "many/"), server.pod(ana.name).store

    async def changed_meanwhile():
        state = store.snapshot()
        found = state.load(container)
        making = pieces_of(found, Form(RdfFormat.TURTLE), state)
        text = next(making) + next(making)
        await store.write(partial(fill, container=container, owner=Agent(ana.webid), names="xyz"))
        return text + b"".join(making)

    assert listed(server.run(changed_meanwhile()), many) == before


def test_one_who_never_reads_on_holds_up_nobody(ana, many):
    lines = [ask(many) for _ in range(8)]
    try:
        for line in lines:
            line.recv(1)
        for number in range(20):
            assert ana.put(f"{many}more{number}.ttl").status == 201
            assert ana.get(f"{many}more{number}.ttl").status == 200
        assert len(members(ana.get(many), many)) == MANY + 20
    finally:
        for line in lines:
            line.close()


def test_one_who_goes_away_harms_nobody(ana, many):
    for _ in range(5):
        with closing(ask(many)) as line:
            assert line.recv(12) == b"HTTP/1.1 200"
    assert members(ana.get(many), many) == names(many)


def test_to_http_1_0_the_end_of_the_connection_is_the_end(many):
    with closing(ask(many, "1.0")) as line:
        head, _, body = rest(line).partition(b"\r\n\r\n")
    assert b"chunked" not in head.lower()
    assert listed(body, many) == {name.encode() for name in names(many)}


def test_a_head_has_no_body_and_leaves_the_connection_in_use(server, many):
    path = "/" + many.split("/", 3)[3]
    answer = exchange(server, f"HEAD {path} HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n")
    assert answer.count(b"\r\n\r\n") == 1


def test_what_the_owner_said_of_it_is_at_the_end(ana, many):
    title = b'<> <http://purl.org/dc/terms/title> "Many notes" .'
    assert ana.put(many, title).status == 204
    for form in RdfFormat:
        answer = ana.get(many, {"Accept": form.media_type})
        assert b"Many notes" in answer.body
        assert members(answer, many) == names(many)


def test_who_may_not_read_is_told_nothing_of_it(server, ana, many):
    ana.grant(many, rule(ana.webid, "Read Write Control"))
    ana.get(many)
    assert server.fresh().get(many).status == 403
