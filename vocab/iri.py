"""Resource IRIs and the arithmetic of their paths (Solid Protocol §3.1, URI slash semantics).

The only path arithmetic in the code base. A resource is named by the storage that holds it and
its path below the root of that storage, so that a pod can move without a byte of it changing.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

ACL_SUFFIX = ".acl"
META_SUFFIX = ".meta"
AUXILIARY_SUFFIXES = (ACL_SUFFIX, META_SUFFIX)

# RFC 3986 §3.3 pchar, beside unreserved and percent-encoded octets.
_KEPT = "!$&'()*+,;=:@"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class ResourceIri(NamedTuple):
    """A resource of a storage: `storage` ends in a slash, `path` is relative to it, "" the root.

    Made by `parse` from outside text; made directly only from parts that are already canonical.
    """

    storage: str
    path: str

    def __str__(self) -> str:
        return self.storage + self.path

    @classmethod
    def parse(cls, storage: str, raw: str) -> "ResourceIri":
        """The canonical name for a raw, percent-encoded path below the root of a storage.

        Raises ValueError when the path has no canonical form: an escaped slash or NUL, a dot
        segment, an empty segment, or a broken escape.
        """
        return cls(storage, _canonical(raw))

    @property
    def is_root(self) -> bool:
        return not self.path

    @property
    def is_container(self) -> bool:
        # Solid Protocol §3.1: "paths ending with a slash denote a container resource".
        return not self.path or self.path.endswith("/")

    @property
    def parent(self) -> "ResourceIri | None":
        """The container that holds this resource; None for the root of the storage."""
        if not self.path:
            return None
        head = self.path.rstrip("/").rpartition("/")
        return ResourceIri(self.storage, head[0] + head[1])

    @property
    def placed(self) -> tuple[str, str]:
        """The path of the container, and the name in it with the slash of a container."""
        cut = self.path.rfind("/", 0, -1) + 1
        return self.path[:cut], self.path[cut:]

    def ancestry(self) -> Iterator["ResourceIri"]:
        """The resource, its container, and so on up to the root."""
        here: ResourceIri | None = self
        while here is not None:
            yield here
            here = here.parent

    def nearest(self, paths: Container[str]) -> str | None:
        """The first of `paths` met on the way from this resource up to the root; None if none."""
        path = self.path
        while path not in paths:
            if not path:
                return None
            path = path[: path.rfind("/", 0, len(path) - 1) + 1]
        return path

    def reference(self, iri: str) -> str:
        """How a document at this resource writes an IRI: relative if it lies in the storage.

        A relative reference survives the move of a pod to another address.
        """
        there = iri.removeprefix(self.storage).split("/")
        if not iri.startswith(self.storage) or not {".", ".."}.isdisjoint(there):
            return iri
        here = self.path.split("/")[:-1]
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        return ("../" * (len(here) - shared) or "./") + "/".join(there[shared:])

    @property
    def name(self) -> str:
        """The last segment, without the slash of a container; "" for the root."""
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def twin(self) -> "ResourceIri | None":
        """The resource whose path differs only in the final slash; None for the root."""
        if not self.path:
            return None
        other = self.path[:-1] if self.path.endswith("/") else self.path + "/"
        return ResourceIri(self.storage, other)

    def child(self, name: str) -> "ResourceIri":
        """A member of this container; `name` is canonical and may end in a slash."""
        return ResourceIri(self.storage, self.path + name)

    @property
    def acl(self) -> "ResourceIri":
        """Where the ACL of this resource lies."""
        return ResourceIri(self.storage, self.path + ACL_SUFFIX)

    @property
    def is_acl(self) -> bool:
        return self.path.endswith(ACL_SUFFIX)

    @property
    def description(self) -> "ResourceIri":
        """Where the description of this resource lies."""
        return ResourceIri(self.storage, self.path + META_SUFFIX)

    @property
    def is_description(self) -> bool:
        return self.path.endswith(META_SUFFIX)

    @property
    def is_auxiliary(self) -> bool:
        return self.path.endswith(AUXILIARY_SUFFIXES)

    @property
    def subject(self) -> "ResourceIri":
        """The resource that an auxiliary resource is about; itself for any other."""
        for suffix in AUXILIARY_SUFFIXES:
            if self.path.endswith(suffix):
                return ResourceIri(self.storage, self.path.removesuffix(suffix))
        return self


@lru_cache(maxsize=4096)
def _canonical(raw: str) -> str:
    # Solid Protocol §13.1 #apply-normalization-canonicalization: one spelling of each name, and
    # escapes never become hierarchy.
    if raw == "":
        return ""
    if _BAD_ESCAPE.search(raw):
        raise ValueError("a percent sign is not followed by two hexadecimal digits")
    *above, last = raw.split("/")
    return "/".join((*map(_segment, above), _segment(last) if last else ""))


def _segment(text: str) -> str:
    octets = unquote_to_bytes(text)
    if not octets:
        raise ValueError("a path segment is empty")
    if octets in {b".", b".."}:
        raise ValueError("a path segment is a dot segment")
    if b"/" in octets or b"\x00" in octets:
        raise ValueError("a path segment holds an escaped slash or NUL")
    return quote(octets, safe=_KEPT)
