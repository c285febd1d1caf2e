"""Bodies far larger than the server's memory go up and come down, whole or not at all."""

import http.client
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from client import Answer, App
from serving import MIB, Host, becomes, free_port, peak_memory

FILM = "video/mp4"
SIZE = 2048 * MIB
PIECE = bytes(range(256)) * 4096  # one MiB


def pieces(count: int) -> Iterator[bytes]:
    """So many different pieces of one MiB."""
    for number in range(count):
        yield number.to_bytes(8, "big") + PIECE[8:]


@dataclass
class Place:
    """A running server with the pod of Alice, and Bob who may do nothing in it."""

    host: Host
    alice: App
    bob: App
    pid: int
    errors: Path

    def url(self, name: str) -> str:
        return f"{self.host.base}alice/{name}"

    def put(self, name: str, body: bytes | Iterator[bytes], **headers: str) -> Answer:
        return self.alice.call("PUT", self.url(name), {"Content-Type": FILM, **headers}, body)

    def files(self) -> list[Path]:
        """Every file that the pod keeps beside its database, finished or not."""
        folder = self.host.data / "pods" / "alice" / "blobs"
        return [file for file in folder.rglob("*") if file.is_file()]

    def signed(self, who: App, name: str, **headers: str) -> dict[str, str]:
        """The head of a PUT by somebody."""
        return who.headers("PUT", self.url(name)) | {"Content-Type": FILM} | headers

    def begin(self, name: str, headers: Mapping[str, str]) -> http.client.HTTPConnection:
        """A PUT whose head is sent and whose body is not."""
        connection = http.client.HTTPConnection("localhost", self.host.port, timeout=60)
        connection.putrequest("PUT", f"/alice/{name}")
        for field, value in headers.items():
            connection.putheader(field, value)
        connection.endheaders()
        return connection


@contextmanager
def place_in(folder: Path) -> Iterator[Place]:
    host = Host(folder / "data", free_port())
    alice, bob = host.people("alice", "bob")
    file = folder / "errors"
    with file.open("w") as errors, host.serving(errors=errors) as server:
        yield Place(host, alice, bob, server.pid, file)
    assert file.read_text() == ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place_in(tmp_path_factory.mktemp("large")) as made:
        yield made


@pytest.fixture
def film(place: Place) -> Iterator[bytes]:
    """Three MiB that are at `film`, and nothing else is in files."""
    content = b"".join(pieces(3))
    assert place.put("film", content).status in {201, 204}
    assert len(place.files()) == 1
    yield content
    assert place.alice.call("DELETE", place.url("film")).status in {205, 404}
    assert place.files() == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_two_gibibytes_up_and_down_leave_the_servers_memory_under_150_mebibytes(
    tmp_path: Path,
) -> None:
    with place_in(tmp_path) as place:
        url = place.url("film")
        up = place.put("film", pieces(SIZE // MIB), **{"Content-Length": str(SIZE)})
        assert up.status == 201
        connection = http.client.HTTPConnection("localhost", place.host.port, timeout=120)
        with closing(connection):
            connection.request("GET", "/alice/film", headers=place.alice.headers("GET", url))
            answer = connection.getresponse()
            assert answer.headers["Content-Length"] == str(SIZE)
            assert all(answer.read(MIB) == piece for piece in pieces(SIZE // MIB))
            assert answer.read() == b""

        # A part that lies beyond what 32 bits can count.
        first = SIZE - MIB
        part = place.alice.get(url, Range=f"bytes={first}-{first + 7}")
        assert (part.status, part.body) == (206, (SIZE // MIB - 1).to_bytes(8, "big"))
        assert part.headers["Content-Range"] == f"bytes {first}-{first + 7}/{SIZE}"

        assert place.bob.call("DELETE", url).status == 403
        assert len(place.files()) == 1
        assert place.alice.call("DELETE", url).status == 205
        assert place.files() == []
        assert peak_memory(place.pid) < 150 * MIB


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=1048570-1048589", 1048570, 1048590),
        ("bytes=262144-2097151", 262144, 2097152),
        ("bytes=3145720-", 3145720, 3145728),
        ("bytes=-9", 3145719, 3145728),
        ("bytes=3145727-9999999", 3145727, 3145728),
    ],
    ids=["first byte", "across pieces", "many pieces", "to the end", "the last", "beyond the end"],
)
def test_a_part_of_a_file_is_those_bytes_of_it(
    place: Place, film: bytes, asked: str, first: int, end: int
) -> None:
    part = place.alice.get(place.url("film"), Range=asked)
    assert (part.status, part.body) == (206, film[first:end])
    assert part.headers["Content-Range"] == f"bytes {first}-{end - 1}/{len(film)}"


def test_a_part_of_what_is_there_no_more_is_all_of_what_is(place: Place, film: bytes) -> None:
    url, fresh = place.url("film"), film[::-1]
    before = place.alice.get(url, Range="bytes=5-9")
    tag, date = before.headers["ETag"], before.headers["Last-Modified"]
    for validator in (tag, date):
        part = place.alice.get(url, Range="bytes=5-9", **{"If-Range": validator})
        assert (part.status, part.body) == (206, film[5:10])
    assert place.put("film", fresh).status == 204
    whole = place.alice.get(url, Range="bytes=5-9", **{"If-Range": tag})
    assert (whole.status, whole.body) == (200, fresh)


def test_a_part_that_is_not_there_is_refused_with_the_size(place: Place, film: bytes) -> None:
    refused = place.alice.get(place.url("film"), Range=f"bytes={len(film)}-")
    assert refused.status == 416
    assert refused.headers["Content-Range"] == f"bytes */{len(film)}"


def test_the_head_of_a_file_tells_its_length_and_has_no_body(place: Place, film: bytes) -> None:
    head = place.alice.call("HEAD", place.url("film"))
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(film)), b"")


def test_a_body_whose_length_is_not_told_beforehand_is_taken_in(place: Place, film: bytes) -> None:
    assert place.put("film", iter([b"first ", film, b" last"])).status == 204
    assert place.alice.get(place.url("film")).body == b"first " + film + b" last"


@pytest.mark.usefixtures("film")
@pytest.mark.parametrize("small", [b"a few bytes", b""], ids=["few bytes", "no bytes"])
def test_a_file_goes_when_something_small_takes_its_place(place: Place, small: bytes) -> None:
    assert place.put("film", small).status == 204
    assert place.files() == []
    assert place.alice.get(place.url("film")).body == small


def test_two_resources_with_the_same_bytes_go_one_after_the_other(
    place: Place, film: bytes
) -> None:
    assert place.put("copy", film).status == 201
    assert place.alice.call("DELETE", place.url("film")).status == 205
    assert place.alice.get(place.url("copy")).body == film
    assert place.alice.call("DELETE", place.url("copy")).status == 205


@pytest.mark.parametrize(
    "told",
    [{"Content-Length": str(64 * MIB)}, {"Transfer-Encoding": "chunked"}],
    ids=["", "chunked"],
)
@pytest.mark.parametrize("name", ["film", "new/film"], ids=["replacing", "creating"])
def test_an_upload_that_breaks_off_changes_nothing(
    place: Place, film: bytes, name: str, told: dict[str, str]
) -> None:
    before = place.alice.get(place.url("film"))
    with closing(place.begin(name, place.signed(place.alice, name, **told))) as connection:
        for piece in pieces(8):
            chunk = b"%x\r\n%b\r\n" % (len(piece), piece) if "Content-Length" not in told else piece
            connection.send(chunk)
        assert becomes(lambda: len(place.files()) == 2)
    assert becomes(lambda: len(place.files()) == 1)
    after = place.alice.get(place.url("film"))
    assert (after.body, after.headers["ETag"]) == (film, before.headers["ETag"])
    assert place.alice.get(place.url("new/film")).status == 404
    assert place.alice.get(place.url("new/")).status == 404


@pytest.mark.usefixtures("film")
def test_a_download_that_breaks_off_harms_nobody(place: Place) -> None:
    url = place.url("film")
    assert place.put("film", pieces(64), **{"Content-Length": str(64 * MIB)}).status == 204
    for _ in range(3):
        with socket.create_connection(("localhost", place.host.port)) as line:
            fields = {"Host": f"localhost:{place.host.port}"} | place.alice.headers("GET", url)
            head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            line.sendall(f"GET /alice/film HTTP/1.1\r\n{head}\r\n".encode())
            assert line.recv(15).startswith(b"HTTP/1.1 200")
    assert place.alice.get(url, Range="bytes=0-7").body == bytes(8)


@pytest.mark.parametrize("signed", [True, False], ids=["somebody else", "nobody"])
def test_who_may_not_write_is_refused_before_the_body_is_taken_in(
    place: Place, film: bytes, *, signed: bool
) -> None:
    signature = place.bob.headers("PUT", place.url("film")) if signed else {}
    told = {"Content-Type": FILM, "Content-Length": str(SIZE)}
    with closing(place.begin("film", signature | told)) as connection:
        answer = connection.getresponse()
        assert answer.status == (403 if signed else 401)
        try:
            for piece in pieces(32):  # whoever goes on nevertheless is not listened to
                connection.sock.sendall(piece)
        except OSError:
            pass
        assert len(place.files()) == 1
    assert place.alice.get(place.url("film")).body == film


def test_who_may_not_write_and_sends_all_of_it_first_hears_of_it(place: Place, film: bytes) -> None:
    refused = place.bob.call("PUT", place.url("film"), {"Content-Type": FILM}, pieces(16))
    assert refused.status == 403
    assert place.alice.get(place.url("film")).body == film


def test_who_may_not_write_is_not_told_to_go_on(place: Place, film: bytes) -> None:
    told = {"Content-Length": str(SIZE), "Expect": "100-continue"}
    with closing(place.begin("film", place.signed(place.bob, "film", **told))) as connection:
        assert connection.sock.recv(12) == b"HTTP/1.1 403"
    assert place.alice.get(place.url("film")).body == film


def test_who_may_write_is_told_to_go_on(place: Place, film: bytes) -> None:
    told = {"Content-Length": str(len(film)), "Expect": "100-continue"}
    with closing(place.begin("film", place.signed(place.alice, "film", **told))) as connection:
        assert connection.sock.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sock.sendall(film)
        assert connection.sock.recv(12) == b"HTTP/1.1 204"
