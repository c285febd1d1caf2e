"""Where a server and its pods are: each pod by a path, or at a host name of its own.

The one place that makes an address of a pod's name, and a pod's name of an address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from types import MappingProxyType
from typing import Final

from pod.problems import Conflict, Malformed

PATH: Final = "path"
SUBDOMAIN: Final = "subdomain"

_PORTS: Final[Mapping[str, int]] = MappingProxyType({"http": 80, "https": 443})
_LONGEST_HOST: Final = 253  # RFC 1035 §2.3.4, without the dot of the root and its length
# RFC 1035 §2.3.1, with digits in front (RFC 1123 §2.1). RFC 5890 §2.3.1: labels with "--" in third
# and fourth place are for IDNA, so that no name looks like another in a browser.
_LABEL: Final = re.compile(r"(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{0,5}))?", re.ASCII)

# Addresses of the server itself, which no pod may hide.
_RESERVED: Final = frozenset({"about", "ns"})
# Host names that programs look up by themselves, or that people take for the server itself.
_RESERVED_HOSTS: Final = _RESERVED | frozenset(
    {
        "account",
        "accounts",
        "api",
        "auth",
        "autoconfig",
        "autodiscover",
        "dns",
        "ftp",
        "id",
        "imap",
        "isatap",
        "localhost",
        "login",
        "mail",
        "mta-sts",
        "mx",
        "ns1",
        "ns2",
        "openpgpkey",
        "pop",
        "smtp",
        "static",
        "webmail",
        "wpad",
        "www",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of one server: its own scheme and authority (host, and port if there is one),
    in lower case, without the port that goes without saying. `by_host` gives each pod a host name
    of its own below that of the server; otherwise its name is the first segment of the path.
    """

    scheme: str
    authority: str
    by_host: bool = False

    @classmethod
    def at(cls, base: str, *, by_host: bool = False) -> "Addresses":
        """Those of a server whose public address is `base`, with its final slash."""
        scheme, _, rest = base.partition("://")
        return cls(scheme=scheme, authority=rest.removesuffix("/"), by_host=by_host)

    @classmethod
    def of_storage(cls, name: str, storage: str) -> "Addresses | None":
        """Those under which a pod of this name has this storage; None when there are none."""
        base = storage.removesuffix(f"/{name}/")
        found = cls.at(base + "/")
        if base == storage:
            found = cls.at(storage.replace(f"://{name}.", "://", 1), by_host=True)
        return found if found.storage_of(name) == storage else None

    @property
    def base(self) -> str:
        return f"{self.scheme}://{self.authority}/"

    def storage_of(self, name: str) -> str:
        """The address of the root of a pod."""
        if self.by_host:
            return f"{self.scheme}://{name}.{self.authority}/"
        return f"{self.scheme}://{self.authority}/{name}/"

    def locate(self, host: str, path: str) -> tuple[str | None, str]:
        """The pod that a request is on, by the host it is for and its path from the slash on; and
        the path below the pod's root. No pod and the path as it is, where the server is meant.

        Raises Malformed for the host of another server.
        """
        if self.by_host:
            name = self._own_name(host)
            return (name or None), path[1:] if name else path
        if host != self.authority:
            self._own_name(host)
        name, slash, rest = path[1:].partition("/")
        return (name, rest) if slash else (None, path)

    def twin(self, host: str, path: str) -> str:
        """The https address of what is asked for by http, at whatever port that is.

        Raises Malformed for the host of another server.
        """
        found, own = host_and_port(host, "http"), host_and_port(self.authority, self.scheme)
        if found is not None and own is not None:
            host = spelled(found[0], own[1], self.scheme)
        name, rest = self.locate(host, path)
        return self.base + rest[1:] if name is None else self.storage_of(name) + rest

    def find(self, iri: str) -> tuple[str, str] | None:
        """The pod that an IRI is in, and the path below the pod's root; None where it is in none.

        INVARIANT (one spelling): only what `storage_of` begins with is in a pod.
        """
        start = f"{self.scheme}://"
        if not self.by_host:
            start += f"{self.authority}/"
        if not iri.startswith(start):
            return None
        name, slash, path = iri[len(start) :].partition("/")
        if self.by_host:
            name, _, above = name.partition(".")
            slash = slash if above == self.authority else ""
        return (name, path) if slash else None

    def is_own(self, host: str, port: int) -> bool:
        """Whether a server at a host and port is this one, as far as its name tells."""
        try:
            self._own_name(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        except Malformed:
            return False
        return True

    def check_new(self, name: str) -> None:
        """Raise Malformed or Conflict for a name that can be no pod's here."""
        if name in (_RESERVED_HOSTS if self.by_host else _RESERVED):
            raise Conflict("this name is the server's own; choose another")
        if not self.by_host:
            return
        if not _LABEL.fullmatch(name):
            raise Malformed(
                "a pod's name is part of a host name here: up to 63 small letters, digits and "
                "hyphens, with no hyphen at its ends and no two together after the second letter"
            )
        if len(f"{name}.{self.authority.partition(':')[0]}") > _LONGEST_HOST:
            raise Malformed("with this name the pod's host name is too long; choose a shorter one")

    def _own_name(self, host: str) -> str:
        """The first label of a pod's host; "" for that of the server. Raises Malformed."""
        if host == self.authority:
            return ""
        name, _, above = host.partition(".")
        if self.by_host and name and above == self.authority:
            return name
        canonical = _canonical(host, self.scheme, self.authority)
        if canonical == host:
            # HTTP-25: the public address is configuration; an unknown Host is refused.
            raise Malformed("this server answers under another host name; check the address")
        return self._own_name(canonical)


def host_and_port(authority: str, scheme: str) -> tuple[str, int] | None:
    """The host in lower case and the port of an authority; None for what is none."""
    found = _HOST.fullmatch(authority.lower())
    if found is None or scheme not in _PORTS:
        return None
    # RFC 3986 §6.2.3: "an explicit :port, for which the port is empty or the default".
    port = int(found[2] or _PORTS[scheme])
    return (found[1], port) if port < 65536 else None


def spelled(host: str, port: int, scheme: str) -> str:
    """The one spelling of an authority: with a port only where one is needed."""
    return host if port == _PORTS[scheme] else f"{host}:{port}"


def is_ip_address(host: str) -> bool:
    """Whether a host is a number, and no name that others could be below."""
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False


def is_this_machine(host: str) -> bool:
    """Whether a host is the very machine that asks (RFC 6761 §6.3, or a loopback address)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return is_ip_address(host) and ip_address(host.strip("[]")).is_loopback


@lru_cache(maxsize=256)
def _canonical(host: str, scheme: str, authority: str) -> str:
    """A host as this server writes its own, where it is one of its own in another spelling."""
    found, own = host_and_port(host, scheme), host_and_port(authority, scheme)
    if found is None or own is None or found[1] != own[1]:
        return host
    if found[0] == own[0] or _is_alias(found[0], own[0]):
        return authority
    name, _, above = found[0].partition(".")
    return f"{name}.{authority}" if above == own[0] else host


def _is_alias(host: str, own: str) -> bool:
    """Whether a server in development, which is `own`, is meant by another name of the machine."""
    return is_this_machine(own) and is_this_machine(host) and not host.endswith("." + own)
