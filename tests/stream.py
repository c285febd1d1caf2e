"""A seeded stream of writes to a server that may die under it, and what must be there afterwards.

A worker has names of its own and asks one thing at a time, so all that it asked was answered, but
for the last. Of that one, either the state before or the state after is right, as a whole.
"""

import http.client
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from random import Random
from threading import Event

from answers import members
from client import Answer, App
from serving import MIB

Bodies = dict[str, bytes]
"""What is at an address: the bytes of a document; none of a container, whose address ends in /."""
Effect = Mapping[str, bytes | None]
"""What is different when a step is carried out; None where there is nothing any more."""

GONE = (OSError, http.client.HTTPException)  # what a client hears of a server that was killed
OVER_MEMORY = 256 * 1024  # above this a body is a file on the server
SAYS = "https://example.org/says"
LARGE = "video/mp4"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request, the status it is to have, and what it makes different.

    What a POST makes is told by its answer only, so its effect has the body under no address.
    """

    method: str
    url: str
    status: int
    effect: Effect
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Worker:
    """Writes into a container of its own, and under names of its own into the one above.

    `there` is what was acknowledged, `touched` the addresses that were written since they were
    last compared, `asked` the step whose answer did not come.
    """

    app: App
    webid: str
    place: str
    shared: Sequence[bytes]  # large bodies that all workers store, so that they share files
    chance: Random
    there: Bodies = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    asked: Step | None = None
    answered: int = 0
    _number: int = 0

    def run(self, ending: Event) -> None:
        """Ask, until the server is gone; it may be gone only once `ending` is set."""
        while not ending.is_set():
            self.asked = self._next()
            try:
                answer = self._ask(self.asked)
            except GONE:
                assert ending.is_set(), "the server closed a connection while it was alive"
                return
            self._learn(self.asked, answer)
            self.asked = None

    def take(self, effect: Effect) -> None:
        """From now on this is what must be there."""
        for url, body in effect.items():
            self.touched.add(url)
            if body is None:
                self.there.pop(url, None)
            else:
                self.there[url] = body

    def settle(self) -> None:
        """Look what became of the step that was not answered: all of it or nothing."""
        step, self.asked = self.asked, None
        if step is None:
            return
        if step.method == "POST":
            own = members(self.app.get(step.url), step.url) - self.there.keys()
            made = {url for url in own if url.startswith(step.url + self._mark)}
            assert len(made) < 2, made
            step = replace(step, effect=dict.fromkeys(made, step.body))
        before = {url: self.there.get(url) for url in step.effect}
        now = {url: look(self.app, url) for url in step.effect}
        assert now in (before, dict(step.effect)), f"{step.method} {step.url} is half there"
        self.take(now)

    def _ask(self, step: Step) -> Answer:
        return self.app.call(step.method, step.url, step.headers, step.body)

    def _learn(self, step: Step, answer: Answer) -> None:
        assert answer.status == step.status, (step.method, step.url, answer.status, answer.text)
        effect = step.effect
        if step.method == "POST":
            effect = {answer.headers["Location"]: step.body}
        self.take(effect)
        self.answered += 1

    def _next(self) -> Step:
        self._number += 1
        steps: dict[Callable[[], Step], int] = {
            self._create: 5,
            self._create_large: 2,
            self._create_deep: 2,
            self._post: 4,
            self._replace: 3,
            self._protect: 1,
            self._refused: 1,
            self._delete: 5,
        }
        (make,) = self.chance.choices(list(steps), list(steps.values()))
        return make()

    def _create(self) -> Step:
        return self._put(f"{self._anywhere()}{self._number}.ttl", self._turtle())

    def _create_large(self) -> Step:
        return self._put(f"{self.place}{self._number}.mp4", self._large(), LARGE)

    def _create_deep(self) -> Step:
        return self._put(f"{self.place}d{self._number}/e/{self._number}.ttl", self._turtle())

    def _post(self) -> Step:
        container = self.place if self.place in self.there else self._above
        slug = self.chance.choice((f"{self._mark}p{self._number}", f"{self._mark}again"))
        large = self.chance.random() < 0.2
        body, kind = (self._large(), LARGE) if large else (self._turtle(), "text/turtle")
        headers = {"Content-Type": kind, "Slug": slug}
        return Step(method="POST", url=container, status=201, effect={}, body=body, headers=headers)

    def _replace(self) -> Step:
        url = self._one_of(self._documents())
        if url is None:
            return self._create()
        if self.chance.random() < 0.5:
            return self._put(url, self._turtle())
        return self._put(url, self._large(), LARGE)

    def _protect(self) -> Step:
        """Rules of its own for a document, which go when it goes."""
        url = self._one_of(self._documents())
        if url is None:
            return self._create()
        rules = (
            f"@prefix acl: <http://www.w3.org/ns/auth/acl#> . # {self._number}\n"
            f"[] a acl:Authorization ; acl:agent <{self.webid}> ; acl:accessTo <{url}> ;"
            " acl:mode acl:Read, acl:Write, acl:Control ."
        )
        return self._put(url + ".acl", rules.encode())

    def _refused(self) -> Step:
        url = self._one_of(self._documents())
        if url is None:
            return self._create()
        headers = {"Content-Type": "text/plain", "If-None-Match": "*"}
        return Step(method="PUT", url=url, status=412, effect={}, body=b"never", headers=headers)

    def _delete(self) -> Step:
        empty = [url for url in self.there if url.endswith("/") and not self._holds(url)]
        url = self._one_of([*self._documents(), *empty])
        if url is None:
            return self._create()
        effect = {each: None for each in (url, url + ".acl") if each in self.there}
        return Step(method="DELETE", url=url, status=205, effect=effect)

    def _put(self, url: str, body: bytes, kind: str = "text/turtle") -> Step:
        missing = [each for each in self._containers(url) if each not in self.there]
        return Step(
            method="PUT",
            url=url,
            status=204 if url in self.there else 201,
            effect={**dict.fromkeys(missing, b""), url: body},
            body=body,
            headers={"Content-Type": kind},
        )

    @property
    def _above(self) -> str:
        return parent(self.place)

    @property
    def _mark(self) -> str:
        return self.place.removeprefix(self._above).removesuffix("/") + "-"

    def _anywhere(self) -> str:
        return self.chance.choice((self.place, self._above + self._mark))

    def _containers(self, url: str) -> Iterator[str]:
        """The containers of its own that a document lies in."""
        here = parent(url)
        while here.startswith(self.place):
            yield here
            here = parent(here)

    def _documents(self) -> list[str]:
        return [url for url in self.there if not url.endswith(("/", ".acl"))]

    def _holds(self, container: str) -> bool:
        return any(url != container and url.startswith(container) for url in self.there)

    def _one_of(self, urls: list[str]) -> str | None:
        return self.chance.choice(urls) if urls else None

    def _turtle(self) -> bytes:
        padding = "# " + "x" * self.chance.choice((0, 100, 5000)) + "\n"
        return f'{padding}<> <{SAYS}> "{self._mark}{self._number}" .\n'.encode()

    def _large(self) -> bytes:
        if self.chance.random() < 0.5:
            return self.chance.choice(self.shared)
        return self.chance.randbytes(self.chance.randint(OVER_MEMORY + 1, MIB))


def parent(url: str) -> str:
    """The container of a resource."""
    return url.removesuffix("/").rpartition("/")[0] + "/"


def look(app: App, url: str) -> bytes | None:
    """What is at an address, as `Bodies` has it; None where there is nothing."""
    answer = app.get(url)
    assert answer.status in {200, 404}, (url, answer.status, answer.text)
    if answer.status == 404:
        return None
    return b"" if url.endswith("/") else answer.body


def short(body: bytes | None) -> str:
    """A body as a failure may print it."""
    return "nothing" if body is None else f"{len(body)} bytes {sha256(body).hexdigest()[:12]}"
