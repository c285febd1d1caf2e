"""Bytes in and bytes out, however many, and what becomes of them when they are replaced."""

import hashlib
from collections.abc import Iterator

import pytest
from agents import EVERYONE, rule
from answers import members, said

KIB = 1024
LARGE = bytes(range(256)) * 2 * KIB  # half a MiB: more than is kept in the database
FULL = "Read Write Control"


def in_pieces(body: bytes, size: int = 100_000) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))


@pytest.mark.parametrize("size", [0, 1, 255 * KIB, 256 * KIB, 256 * KIB + 1, 512 * KIB])
@pytest.mark.parametrize("whole", [True, False], ids=["length", "chunks"])
def test_what_goes_in_comes_out(ana, place, size, whole):
    body = LARGE[:size]
    sent = ana.put(place + "x", body if whole else in_pieces(body), "application/x-thing")
    assert sent.status == 201
    got = ana.get(place + "x")
    assert (got.status, got.body) == (200, body)
    assert got.headers["Content-Length"] == str(size)
    assert got.headers["Content-Type"] == "application/x-thing"
    told = ana.head(place + "x")
    assert (told.headers["Content-Length"], told.body) == (str(size), b"")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=1000-300000", 1000, 300_000), ("bytes=-5", -5, -1)],
)
def test_a_part_of_what_lies_in_a_file(ana, place, asked, first, last):
    ana.put(place + "x", LARGE, "video/mp4")
    answer = ana.get(place + "x", {"Range": asked})
    expected = LARGE[first : last + 1 or None]
    assert (answer.status, answer.body) == (206, expected)


def test_one_file_for_the_same_bytes_and_none_when_nobody_names_them(world, owner):
    body = LARGE + b"unique to this test"
    digest = hashlib.sha256(body).hexdigest()

    def files() -> list[str]:
        return [name for name, _ in world.state(owner.name)["files"]]

    for name in ("a", "b"):
        owner.put(owner.storage + name, body, "video/mp4")
    assert len([name for name in files() if name.replace("/", "").endswith(digest[-32:])]) == 1
    owner.delete(owner.storage + "a")
    assert owner.get(owner.storage + "b").body == body
    owner.put(owner.storage + "b", b"small", "video/mp4")
    assert owner.get(owner.storage + "b").body == b"small"
    assert files() == []


def test_a_file_that_was_lost_is_the_servers_fault_and_tells_nothing_of_it(world, owner):
    owner.put(owner.storage + "x", LARGE, "video/mp4")
    blobs = world.server.config.data / "pods" / owner.name / "blobs"
    for file in [file for file in blobs.rglob("*") if file.is_file()]:
        file.unlink()
    answer = owner.get(owner.storage + "x")
    assert (answer.status, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "blobs" not in answer.text
    assert "Traceback" not in answer.text
    assert len(world.failures) == 1
    world.failures.clear()
    assert owner.get(owner.storage).status == 200


def test_large_rdf_is_converted_too(ana, place):
    text = "\n".join(f"<#n{n}> <https://vocabulary.example/n> {n} ." for n in range(8000))
    assert len(text) > 256 * KIB
    assert ana.put(place + "x", text.encode()).status == 201
    answer = ana.get(place + "x", {"Accept": "application/n-triples"})
    assert len(said(answer, place + "x")) == 8000


@pytest.mark.parametrize(
    ("first", "second"),
    [(b"a", LARGE), (LARGE, b"a"), (LARGE, LARGE[::-1]), (LARGE, b""), (b"", LARGE)],
    ids=["grows", "shrinks", "changes", "empties", "fills"],
)
def test_what_is_replaced_is_gone(ana, place, first, second):
    ana.put(place + "x", first, "text/plain")
    tag = ana.get(place + "x").headers["ETag"]
    assert ana.put(place + "x", second, "image/png").status == 204
    got = ana.get(place + "x")
    assert (got.body, got.headers["Content-Type"]) == (second, "image/png")
    assert got.headers["ETag"] != tag


def test_representations_of_one_are_never_given_for_another(ana, bob, place):
    # A change gives a document and its container the same version.
    ana.put(place + "x", b"<> a <#Secret> .")
    ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read", "accessTo"))
    for accept in ("text/turtle", "application/ld+json", "application/n-triples"):
        assert "Secret" in ana.get(place + "x", {"Accept": accept}).text
        seen = bob.get(place, {"Accept": accept})
        assert (seen.status, "Secret" in seen.text) == (200, False)
        assert bob.get(place + "x", {"Accept": accept}).status == 403


def test_names_of_any_language(ana, place):
    names = ["%C3%A9t%C3%A9", "%E5%A4%8F", "a%20b", "%F0%9F%8C%9E", "~x!$&'()*+,;=:@", "%25"]
    for name in names:
        assert ana.put(place + name, name.encode(), "text/plain").status == 201
    assert members(ana.get(place), place) == {place + name for name in names}
    assert [ana.get(place + name).text for name in names] == names


def test_one_connection_goes_on_after_every_kind_of_answer(ana, nobody, place):
    ana.put(place + "x", LARGE, "text/plain")
    tag = ana.head(place + "x").headers["ETag"]
    statuses = [
        ana.get(place + "x").status,
        ana.head(place + "x").status,
        ana.get(place + "x", {"If-None-Match": tag}).status,
        ana.get(place + "none").status,
        ana.options(place + "x").status,
        ana.put(place + "x", LARGE, "text/plain", {"If-Match": '"no"'}).status,
        nobody.put(place + "x", b"x" * 1000, "text/plain").status,
        ana.get(place + "x", {"Range": "bytes=5-9"}).status,
        ana.delete(place + "x").status,
    ]
    assert statuses == [200, 200, 304, 404, 204, 412, 401, 206, 205]


class TestRefused:
    """What is refused changes nothing, whoever it is and whatever the reason."""

    @pytest.mark.parametrize("who", ["bob", "nobody"])
    @pytest.mark.parametrize(
        ("method", "path", "headers"),
        [
            ("PUT", "x", {"Content-Type": "text/plain"}),
            ("PUT", "new/x", {"Content-Type": "text/plain"}),
            ("PUT", "x.acl", {"Content-Type": "text/turtle"}),
            ("PUT", "", {"Content-Type": "text/turtle"}),
            ("POST", "", {"Content-Type": "text/plain"}),
            ("DELETE", "x", {}),
            ("DELETE", "", {}),
            ("PATCH", "x", {"Content-Type": "text/n3"}),
        ],
    )
    def test_by_the_rules(self, world, ana, place, request, who, method, path, headers):
        ana.put(place + "x", b"mine", "text/plain")
        before = world.state("ana")
        answer = request.getfixturevalue(who).call(method, place + path, headers, LARGE)
        assert answer.status in {401, 403, 405}
        assert world.state("ana") == before

    @pytest.mark.parametrize(
        ("method", "path", "headers", "body", "status"),
        [
            ("PUT", "x/y", {"Content-Type": "text/plain"}, b"a", 409),
            ("PUT", "c", {"Content-Type": "text/plain"}, b"a", 409),
            ("PUT", "new/er/x", {"Content-Type": "text/turtle"}, b"<> <", 400),
            ("PUT", "new/er/x", {}, b"a", 400),
            ("PUT", "new/er/x.acl", {"Content-Type": "text/turtle"}, b"", 409),
            ("PUT", "new/er/", {"Content-Type": "image/png"}, b"a", 415),
            ("PUT", "new/x", {"Content-Type": "nonsense"}, b"a", 400),
            ("PUT", "x", {"Content-Type": "text/plain", "If-Match": '"no"'}, LARGE[:9], 412),
            ("POST", "c/", {"Content-Type": "text/plain", "Slug": "y.acl"}, b"a", 403),
            ("POST", "x", {"Content-Type": "text/plain"}, b"a", 405),
            ("POST", "none/", {"Content-Type": "text/plain"}, b"a", 404),
            ("DELETE", "c/", {}, None, 409),
            ("DELETE", "none", {}, None, 404),
        ],
    )
    def test_by_what_is_there(self, world, ana, place, method, path, headers, body, status):
        ana.put(place + "x", b"mine", "text/plain")
        ana.put(place + "c/y", b"mine", "text/plain")
        before = world.state("ana")
        assert ana.call(method, place + path, headers, body).status == status
        assert world.state("ana") == before


def test_what_anyone_may_write_anyone_writes(ana, nobody, place):
    ana.put(place)
    ana.grant(place, rule(ana.webid, FULL), rule(EVERYONE, "Read Write"))
    assert nobody.put(place + "x", b"a", "text/plain").status == 201
    assert nobody.put(place + "x", b"b", "text/plain").status == 204
    assert nobody.delete(place + "x").status == 205
