"""The rows of the table: what is asked of each server, and what is aimed at.

A row makes as many requests as it is told to, and sees before to what they need. Whatever it
writes it writes under names of its own, so that rows may be run again and in any order.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from load import Figures, load
from sites import TURTLE, Site
from usage import cpu

CONNECTIONS = 16
BY_HAND = 1500  # documents that are put into a container over HTTP where nothing is quicker
MANY = 2000  # resources that reads are spread over
MB = 1_000_000
_TYPE = {"Content-Type": "text/turtle"}

Requests = Sequence[bytes]


class NotMeasured(Exception):
    """A row that a server cannot be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line. `aim` is in its unit a second, `scale` what one answer is worth in that unit.

    `requests` makes so many of them. `accepted` are the statuses of an answer as it should be.
    """

    name: str
    requests: Callable[[Site, int], Requests]
    aim: float | None
    connections: int = CONNECTIONS
    accepted: frozenset[int] = frozenset({200})
    scale: Callable[[Site], float] = lambda _: 1.0
    unit: str = "/s"
    bare: bool = False  # whether a handler that only answers says something about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The rate of answers as they should be, in the row's unit; processor microseconds of the
    server for each answer; and all that came.
    """

    rate: float
    micros: float
    figures: Figures


def measure(row: Row, site: Site, seconds: float, *, most: int = 40_000) -> Measured:
    """Load a server with a row for about so long, after having tried how much that takes."""
    tried = load(site.port, row.requests(site, CONNECTIONS * 2), row.connections, seconds)
    count = min(most, max(row.connections, int(tried.rate * seconds * 1.2)))
    requests = row.requests(site, count)
    before = cpu(site.pid)
    figures = load(site.port, requests, row.connections, seconds)
    each = (cpu(site.pid) - before) / max(1, figures.answers)
    good = sum(figures.statuses[status] for status in row.accepted) / max(1, figures.answers)
    rate = figures.rate * good * row.scale(site)
    return Measured(rate=rate, micros=each * 1e6, figures=figures)


_known: dict[tuple[Site, str], int] = {}


def _holding(site: Site, container: str, count: int) -> str:
    """A container of everybody's with about so many documents in it."""
    if (site, container) not in _known:
        site.open_to_all(container)
        _known[site, container] = 1
    wanted = count - _known[site, container]
    if wanted > 0:
        _known[site, container] = count
        if not site.fill(container, wanted):
            if wanted > BY_HAND:
                _known[site, container] = count - wanted
                raise NotMeasured
            load(site.port, _puts(container, site, wanted))
    return container


def public(site: Site) -> str:
    """A document of one kilobyte that everybody may read."""
    return _holding(site, "/alice/open/", 1) + "first.ttl"


def _puts(container: str, site: Site, count: int) -> Requests:
    mark = secrets.token_hex(4)
    paths = [f"{container}{mark}-{number}.ttl" for number in range(count)]
    return [site.signed("PUT", path, _TYPE, TURTLE) for path in paths]


def _public(site: Site, count: int, headers: dict[str, str] | None = None) -> Requests:
    return [site.unsigned("GET", public(site), headers)] * count


def _stored(site: Site, count: int) -> Requests:
    return [site.unsigned("GET", "/one")] * count if site.name == "bare" else _public(site, count)


def _converted(site: Site, count: int) -> Requests:
    return _public(site, count, {"Accept": site.other})


def _unchanged(site: Site, count: int) -> Requests:
    etag = site.app.get(site.base[:-1] + public(site), Accept=site.stored).headers["ETag"]
    return _public(site, count, {"Accept": site.stored, "If-None-Match": etag})


def _private(site: Site, spread: int) -> list[str]:
    if (site, "/alice/private/") not in _known:
        site.put("/alice/private/one.ttl")
        _known[site, "/alice/private/"] = 1
    paths = [f"/alice/private/{number}.ttl" for number in range(spread)]
    missing = paths[_known[site, "/alice/private/"] - 1 :]
    if missing:
        load(site.port, [site.signed("PUT", path, _TYPE, TURTLE) for path in missing])
        _known[site, "/alice/private/"] = spread + 1
    return paths or ["/alice/private/one.ttl"]


def _refused(site: Site, count: int) -> Requests:
    return [site.unsigned("GET", _private(site, 0)[0])] * count


def _signed_gets(site: Site, count: int) -> Requests:
    path = _private(site, 0)[0]
    return [site.signed("GET", path) for _ in range(count)]


def _spread_gets(site: Site, count: int) -> Requests:
    paths = _private(site, min(MANY, max(64, count)))
    return [site.signed("GET", paths[number % len(paths)]) for number in range(count)]


def _listing(size: int, site: Site, count: int) -> Requests:
    return [site.unsigned("GET", _holding(site, f"/alice/list-{size}/", size))] * count


def _changed_listing(site: Site, count: int) -> Requests:
    container = _holding(site, "/alice/list-1000/", 1000)
    ask = site.unsigned("GET", container)
    over = [site.signed("PUT", f"{container}first.ttl", _TYPE, TURTLE) for _ in range(count // 2)]
    return [request for put in over for request in (put, ask)]


def _new(site: Site, count: int) -> Requests:
    return _puts(f"/alice/private/new-{secrets.token_hex(4)}/", site, count)


def _over(site: Site, count: int) -> Requests:
    paths = _private(site, 64)
    return [
        site.signed("PUT", paths[number % len(paths)], _TYPE, TURTLE) for number in range(count)
    ]


def _posts(site: Site, count: int) -> Requests:
    container, mark = "/alice/posted/", secrets.token_hex(4)
    site.put(f"{container}one.ttl")
    return [
        site.signed("POST", container, {**_TYPE, "Slug": f"{mark}-{number}.ttl"}, TURTLE)
        for number in range(count)
    ]


def _n3(mark: str) -> bytes:
    return f"""@prefix solid: <http://www.w3.org/ns/solid/terms#> .
_:patch a solid:InsertDeletePatch ;
  solid:inserts {{ <#it> <http://schema.example/note> "{mark}" . }} .
""".encode()


def _sparql(mark: str) -> bytes:
    return f'INSERT DATA {{ <#it> <http://schema.example/note> "{mark}" . }}'.encode()


def _patches(media_type: str, body: Callable[[str], bytes], site: Site, count: int) -> Requests:
    # Documents of their own, so that none grows by more than a dozen triples.
    container, mark = f"/alice/private/patched-{secrets.token_hex(4)}/", secrets.token_hex(4)
    paths = [f"{container}{number}.ttl" for number in range(max(16, count // 12))]
    load(site.port, [site.signed("PUT", path, _TYPE, TURTLE) for path in paths])
    return [
        site.signed(
            "PATCH",
            paths[number % len(paths)],
            {"Content-Type": media_type},
            body(f"{mark}-{number}"),
        )
        for number in range(count)
    ]


def _deletes(site: Site, count: int) -> Requests:
    mark = secrets.token_hex(4)
    paths = [f"/alice/private/gone-{mark}/{number}.ttl" for number in range(count)]
    load(site.port, [site.signed("PUT", path, _TYPE, TURTLE) for path in paths])
    return [site.signed("DELETE", path) for path in paths]


def _upload(site: Site, count: int) -> Requests:
    octets = {"Content-Type": "application/octet-stream"}
    body = secrets.token_bytes(1024) * (site.largest // 1024)
    path = "/alice/private/large-%d.bin"
    return [site.signed("PUT", path % (n % 2), octets, body) for n in range(min(count, 6))]


def _download(site: Site, count: int) -> Requests:
    load(site.port, _upload(site, 1), 1)
    return [site.signed("GET", "/alice/private/large-0.bin") for _ in range(min(count, 24))]


def _megabytes(site: Site) -> float:
    return site.largest / MB


def _growing(size: int, site: Site, count: int) -> Requests:
    return _puts(_holding(site, "/alice/growing/", size), site, count)


_WRITTEN = frozenset({200, 201, 204, 205})

ROWS = (
    Row(name="GET as stored", requests=_stored, aim=5000, bare=True),
    Row(name="GET converted", requests=_converted, aim=4000),
    Row(name="GET, 304", requests=_unchanged, aim=6000, accepted=frozenset({304})),
    Row(name="refused, 401", requests=_refused, aim=7000, accepted=frozenset({401})),
    Row(name="GET authenticated", requests=_signed_gets, aim=3000),
    Row(name="GET authenticated, one connection", requests=_signed_gets, aim=2000, connections=1),
    Row(name="GET authenticated, many resources", requests=_spread_gets, aim=2500),
    Row(name="list 100", requests=partial(_listing, 100), aim=1500),
    Row(name="list 1,000", requests=partial(_listing, 1000), aim=300),
    Row(name="list 10,000", requests=partial(_listing, 10_000), aim=40, connections=4),
    Row(
        name="PUT over one of 1,000, then list them",
        requests=_changed_listing,
        aim=None,
        connections=1,
        accepted=frozenset({200, 201, 204, 205}),
        scale=lambda _: 0.5,
    ),
    Row(name="PUT new", requests=_new, aim=1500, accepted=_WRITTEN),
    Row(name="PUT over", requests=_over, aim=1500, accepted=_WRITTEN),
    Row(name="POST with Slug", requests=_posts, aim=1500, accepted=_WRITTEN),
    Row(
        name="N3 Patch, one insert",
        requests=partial(_patches, "text/n3", _n3),
        aim=1200,
        accepted=_WRITTEN,
    ),
    Row(
        name="SPARQL Update",
        requests=partial(_patches, "application/sparql-update", _sparql),
        aim=1200,
        accepted=_WRITTEN,
    ),
    Row(name="DELETE", requests=_deletes, aim=1500, accepted=_WRITTEN),
    Row(
        name="100 MB up",
        requests=_upload,
        aim=300,
        connections=1,
        accepted=_WRITTEN,
        scale=_megabytes,
        unit=" MB/s",
    ),
    Row(
        name="100 MB down",
        requests=_download,
        aim=400,
        connections=1,
        scale=_megabytes,
        unit=" MB/s",
    ),
    Row(
        name="PUT into a container of 1",
        requests=partial(_growing, 1),
        aim=1500,
        accepted=_WRITTEN,
    ),
    Row(
        name="PUT into a container of 6,000",
        requests=partial(_growing, 6000),
        aim=1500,
        accepted=_WRITTEN,
    ),
    Row(
        name="PUT into a container of 100,000",
        requests=partial(_growing, 100_000),
        aim=1500,
        accepted=_WRITTEN,
    ),
)
