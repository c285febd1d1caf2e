"""Ana's pod, empty but for its root and the root's ACL, for tests of the store."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from acl.model import Access, Agent, Grant, Mode
from pod.model import Blob, Change, Content, Draft, Entry, Resource
from pod.store.pod import OpenPod, create_pod
from pod.store.transaction import PodTransaction
from pod.store.writer import DATABASE, Settings
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
OWNER = STORAGE + "profile/card#me"
BOB = "https://bob.example/profile/card#me"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def iri(path: str) -> ResourceIri:
    return ResourceIri(STORAGE, path)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def grant(path: str = "") -> Grant:
    access = Access(
        target=iri(path),
        agent=Agent(OWNER),
        modes=Mode.WRITE,
        public=Mode.NONE,
        source=iri(""),
    )
    return Grant((access,))


def draft(content: Content, media_type: str = "text/turtle", modified: datetime = START) -> Draft:
    return Draft(media_type=media_type, content=content, modified=modified)


def put(
    tx: PodTransaction, path: str, content: Content = b"", media_type: str = "text/turtle"
) -> Resource:
    """Make or replace a resource, whatever was there."""
    change = Change(target=iri(path), before=tx.load(iri(path)), after=draft(content, media_type))
    after = tx.apply(change, grant(path))
    assert after is not None
    return after


def delete(tx: PodTransaction, path: str) -> None:
    tx.apply(Change(target=iri(path), before=tx.load(iri(path)), after=None), grant(path))


def acl(path: str, *agents: str, mode: str = "Read", default: bool = True) -> bytes:
    """An ACL document of the resource at a path that lets these agents read."""
    subject = str(iri(path))
    scope = f"acl:default <{subject}> ; " if default and iri(path).is_container else ""
    rules = "".join(
        f"[] a acl:Authorization ; acl:agent <{agent}> ; acl:accessTo <{subject}> ; "
        f"{scope}acl:mode acl:{mode} .\n"
        for agent in agents
    )
    return f"@prefix acl: <http://www.w3.org/ns/auth/acl#> .\n{rules}".encode()


def entry(target: str = "", action: str = "GET", outcome: int = 200) -> Entry:
    return Entry(
        time=START,
        agent=OWNER,
        client="https://app.example/id",
        action=action,
        target=STORAGE + target,
        modes="Read",
        source=STORAGE,
        outcome=outcome,
    )


async def pieces(*chunks: bytes):
    for chunk in chunks:
        yield chunk


async def stored_file(pod: OpenPod, content: bytes) -> Blob:
    """Bytes that were received and are too many for the database."""
    blob = await pod.receive(pieces(content))
    assert isinstance(blob, Blob)
    return blob


@asynccontextmanager
async def opened(folder: Path, clock: Clock | None = None, **settings):
    """The pod of a folder; made, with its root and the root's ACL, where there is none."""
    _put_down(folder, await _begun())
    pod = await OpenPod.open(folder, now=clock or Clock(), settings=Settings(**settings))
    try:
        yield pod
    finally:
        await pod.close()


@cache
def _kept() -> list[bytes]:
    return []


async def _begun() -> bytes:
    """The database of a pod that has its root and the root's ACL; made once, for its cost."""
    if not _kept():
        with TemporaryDirectory() as name:
            folder = Path(name)
            create_pod(folder, storage=STORAGE, owner=OWNER, now=START)
            pod = await OpenPod.open(folder, now=Clock(), settings=Settings())
            await pod.write(lambda tx: (put(tx, ""), put(tx, ".acl", acl("", OWNER))))
            await pod.close()
            _kept().append((folder / DATABASE).read_bytes())
    return _kept()[0]


def _put_down(folder: Path, database: bytes) -> None:
    if not folder.exists():
        folder.mkdir()
        (folder / DATABASE).write_bytes(database)
