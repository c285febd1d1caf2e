"""Random requests, well formed and not; all randomness comes from the one generator given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from fuzz.bodies import LANGUAGES, WHOLE
from fuzz.words import ENDPOINTS, FIELDS, METHODS, ORIGINS, OUTSIDE, PLAIN, SEGMENTS

Sign = Callable[[str, str], Mapping[str, str]]
"""From a method and a URL to the headers that show who asks."""


@dataclass(frozen=True)
class Asked:
    """A request: `who` asks it, and `octets` is all of it as it is sent."""

    who: str
    method: str
    target: str
    octets: bytes = field(repr=False)
    origin: str | None = None


# The fields that have most requests refused before anything else is looked at.
_DECISIVE = {"Host", "Authorization", "DPoP", "Forwarded", "X-Forwarded-Host", "Content-Encoding"}


def asked(random: Random, base: str, names: tuple[str, ...], people: Mapping[str, Sign]) -> Asked:
    """A request to a server by its base, on the pods of these names, by one of these people."""
    who = random.choice(sorted(people))
    method = random.choice(METHODS)
    target = _target(random, names)
    headers = {"Host": base.split("/")[2], "Connection": "close"}
    if target.startswith("/") and random.random() < 0.9:
        headers |= people[who](method, base[:-1] + target.partition("#")[0])
    body = b""
    if method in {"PUT", "POST", "PATCH"} or random.random() < 0.1:
        kind, body = _body(random)
        headers["Content-Type"] = kind
    for name in random.sample(sorted(FIELDS), random.choice((0, 0, 1, 1, 2, 3, 5))):
        if name in _DECISIVE and random.random() < 0.8:
            continue
        headers[name] = random.choice(FIELDS[name])
    if random.random() < 0.3:
        headers["Origin"] = random.choice(ORIGINS)
    headers["Content-Length"] = str(len(body))
    origin = headers.get("Origin")
    return Asked(
        who,
        method,
        target,
        _written(method, target, headers, body),
        origin if origin in ORIGINS else None,
    )


def broken(random: Random, base: str, names: tuple[str, ...]) -> bytes:
    """What is no request, or nearly one: a request with some of its octets changed."""
    host = base.split("/")[2]
    lines = [
        f"{random.choice(METHODS)} {_target(random, names)} {random.choice(_VERSIONS)}",
        f"Host: {host}",
        *(random.choice(_LINES) for _ in range(random.randrange(4))),
        "",
        random.choice(_BODIES),
    ]
    text = bytearray(random.choice(_ENDS).join(lines).encode("latin-1", "replace"))
    for _ in range(random.choice((0, 0, 1, 2, 8))):
        place = random.randrange(len(text))
        change = random.choice(("set", "cut", "copy"))
        if change == "set":
            text[place] = random.randrange(256)
        elif change == "cut":
            del text[place : place + random.randrange(1, 20)]
        else:
            text[place:place] = text[place : place + random.randrange(1, 200)] * random.choice(
                (1, 50)
            )
        if not text:
            break
    return bytes(text)


_VERSIONS = (
    "HTTP/1.1",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/1.2",
    "HTP/1.1",
    "",
    "http/1.1",
)
_ENDS = ("\r\n", "\r\n", "\r\n", "\n", "\r", "\r\n\r\n")
_LINES = (
    *(
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 5, 5",
        "Content-Length: x",
        "Content-Length: 99",
    ),
    *(
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: x",
        " folded: x",
    ),
    *(
        "Content-Type: text/turtle",
        "no colon",
        ": no name",
        "a b: c",
        "X: " + "y" * 9000,
        "X: \x00",
        "Expect: 100-continue",
    ),
    *(
        "Connection: keep-alive",
        "Upgrade: websocket",
        "Sec-WebSocket-Key: x",
        "Content-Length: 18446744073709551617",
    ),
    *("Origin: https://app.example", "Host: b.example"),
)
_BODIES = (
    *(
        "",
        "hello",
        "5\r\nhello\r\n0\r\n\r\n",
        "5;x=y\r\nhello\r\n0\r\n\r\n",
        "ffffffffffffffff\r\nx",
        "-1\r\n",
        "zz\r\n",
    ),
    *(
        "0\r\nX: y\r\n\r\n",
        "5\r\nhelloX0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 20,
        "\x00" * 100,
    ),
)


def _target(random: Random, names: tuple[str, ...]) -> str:
    kind = random.random()
    if kind < 0.1:
        return random.choice(OUTSIDE)
    name = random.choice(names)
    if kind < 0.25:
        return f"/{name}/{random.choice(ENDPOINTS)}"
    if kind < 0.7:
        return f"/{name}/{random.choice(PLAIN)}"
    segments = [random.choice(SEGMENTS) for _ in range(random.choice((0, 1, 1, 2, 2, 3, 6)))]
    path = "/".join([f"/{name}", *segments]) + random.choice(("", "", "/", "/", "?x=1", "#x"))
    if kind < 0.72:
        return f"http://{random.choice(('localhost', 'evil.example', name))}{path}"
    return "/".join([path, "z" * 40] * 120) if kind < 0.725 else path


def _body(random: Random) -> tuple[str, bytes]:
    kind = random.choice(sorted(LANGUAGES))
    sent_as = kind if random.random() < 0.9 else random.choice(sorted(LANGUAGES))
    whole = WHOLE.get(kind, "")
    if random.random() < 0.6:
        return sent_as, whole.encode()
    words = LANGUAGES[kind]
    text = "".join(random.choice(words) for _ in range(random.choice((1, 3, 10, 40))))
    place = random.randrange(len(whole) + 1)
    mixed = text if random.random() < 0.5 else whole[:place] + text + whole[place:]
    return sent_as, mixed.encode("utf-8", "surrogatepass")


def _written(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
    return "\r\n".join(lines).encode("utf-8" if "é" in target else "latin-1", "replace") + body
