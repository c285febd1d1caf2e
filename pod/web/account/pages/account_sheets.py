"""What the pages of an account show, as rows for programs: ways in, sessions, spaces, terms.

No secret is among them: neither what a password or a passkey is known by, nor a session's name.
"""

from collections.abc import Iterable, Mapping

from pod.agreements import TermsSetting
from pod.store.server_values import (
    Event,
    KeptPasskey,
    OwnedPod,
    Password,
    Session,
    WebIdLink,
)
from pod.web.ui.sheet import Column, Sheet, Value


def ways_in(passwords: Iterable[Password], passkeys: Iterable[KeptPasskey]) -> Sheet:
    """What she signs in with: the names of passwords, and those that she gave her passkeys."""
    rows = [("password", one.email) for one in passwords]
    return _sheet("ways", ("kind", "name"), [*rows, *(("passkey", one.name) for one in passkeys)])


def signed_in_at(sessions: Iterable[Session], current: str) -> Sheet:
    """Where she is signed in: since when, until when, and whether it is here."""
    rows = ((one.created, one.expires, one.id == current) for one in sessions)
    return _sheet("sessions", ("since", "until", "here"), rows)


def owned(pods: Iterable[OwnedPod]) -> Sheet:
    """Her spaces, with their addresses."""
    rows = ((one.name, one.storage, one.created) for one in pods)
    return _sheet("spaces", ("space", "address", "since"), rows)


def known_by(links: Iterable[WebIdLink], issuers: Mapping[str, Iterable[str]]) -> Sheet:
    """The addresses that she is known by, with who signs her in there, a row each."""
    rows = ((one.webid, issuer) for one in links for issuer in (*issuers[one.id],) or (None,))
    return _sheet("identities", ("webid", "issuer"), rows)


def terms_of(settings: Iterable[tuple[str, TermsSetting]]) -> Sheet:
    """The conditions of each space, by name, and whether everybody has to accept them."""
    rows = ((space, one.preset, one.of_all) for space, one in settings)
    return _sheet("terms", ("space", "terms", "of_all"), rows)


def happened(events: Iterable[Event]) -> Sheet:
    """What was done in her account, the newest first."""
    return _sheet("events", ("time", "action"), ((one.time, one.action) for one in events))


def _sheet(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> Sheet:
    return Sheet(
        name=name,
        title="",
        columns=tuple(Column(name=one) for one in columns),
        rows=tuple(rows),
    )
