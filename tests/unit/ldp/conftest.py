"""A pod in memory, as the rules of writing and reading see one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from acl import ANYONE, Access, AclIndex, Mode
from pod.ldp.represent import represent
from pod.model import Member, Request, Resource
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
NOW = datetime(2026, 11, 25, 12, 30, 5, 999_999, tzinfo=UTC)
BEFORE = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)


@dataclass
class MemoryPod:
    """Resources by path; content that lies in a file is looked up by its digest."""

    storage: str = STORAGE
    owners: frozenset[str] = frozenset({STORAGE + "profile/card#me"})
    resources: dict[ResourceIri, Resource] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def iri(self, path):
        return ResourceIri(self.storage, path)

    def put(self, path, content=b"", media_type="text/turtle", version="v1", modified=BEFORE):
        """Put a resource there as it is given, whatever is in the way."""
        resource = Resource(
            iri=self.iri(path),
            media_type=media_type,
            content=content,
            version=version,
            modified=modified,
        )
        self.resources[resource.iri] = resource
        return resource

    def apply(self, change):
        """Write a change, and take away with a resource what is auxiliary to it."""
        if change.after is None:
            gone = {iri for iri in self.resources if change.target in {iri, iri.subject}}
            self.resources = {i: r for i, r in self.resources.items() if i not in gone}
        else:
            draft = change.after
            self.put(change.target.path, draft.content, draft.media_type)

    def load(self, iri):
        return self.resources.get(iri)

    def acls(self):
        return AclIndex({}, self.owners)

    def members(self, container):
        for iri, found in sorted(self.resources.items()):
            if iri.parent == container and not iri.is_auxiliary:
                yield Member(
                    iri=iri,
                    media_type=found.media_type,
                    size=found.size,
                    modified=found.modified,
                )

    def read(self, content):
        return content if isinstance(content, bytes) else self.files[content.digest]


def empty_pod():
    """A pod with nothing but its root."""
    made = MemoryPod()
    made.put("")
    return made


@pytest.fixture
def pod():
    return empty_pod()


@pytest.fixture
def get(pod, request_on):
    """The reply to a GET, or HEAD, by somebody who may read and write."""

    def make(path, method="GET", **fields):
        found = pod.resources[pod.iri(path)]
        access = Access(
            target=found.iri,
            agent=ANYONE,
            modes=Mode.READ | Mode.WRITE,
            public=Mode.READ,
            source=None,
        )
        return represent(request_on(method, path, **fields), found, access, pod)

    return make


@pytest.fixture(scope="session")
def new_pod():
    """For laws, whose every example begins with a pod of its own."""
    return empty_pod


@pytest.fixture(scope="session")
def now():
    return NOW


@pytest.fixture(scope="session")
def request_on():
    """A request on a path of Ana's storage, from its header fields and body."""

    def make(method, path, body=b"", **fields):
        return Request(
            method=method,
            target=ResourceIri(STORAGE, path),
            headers={name.replace("_", "-"): value for name, value in fields.items()},
            url=STORAGE + path,
            body=body,
        )

    return make
