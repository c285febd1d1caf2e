"""What the server's own database keeps: accounts and all that is theirs, and the signing keys.

Secrets arrive already hashed; nothing here can be used to sign in, but for the signing keys. Ids
are random text. Each `created` is in UTC, whole seconds.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can sign in, once she has a login; until then it is pending and ends soon."""

    id: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A way into an account. Its id is the key of what its kind needs besides."""

    id: str
    account: str
    kind: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Password:
    """What a login of the kind `PASSWORD` needs. Capitals in the e-mail make no difference; for
    who gives none, it is a name.
    """

    login: str
    email: str
    hash: str = field(repr=False)


PASSWORD = "password"  # noqa: S105 - the name of a kind of login
PASSKEY = "passkey"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPasskey:
    """What a login of the kind `PASSKEY` needs. `name` is what the person calls it."""

    login: str
    credential: str
    public_key: bytes = field(repr=False)
    signatures: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebIdLink:
    """A WebID that an account may sign in as: of a pod of its own, or proven to be its own."""

    id: str
    account: str
    webid: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedPod:
    """A pod and the account that made it. `storage` is the address of its root."""

    name: str
    account: str
    storage: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PodOwner:
    """Somebody who controls a pod; the pod's root tells everybody so where it is `visible`."""

    pod: str
    webid: str
    visible: bool
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Credentials that an account has made for a script, to act as one of its WebIDs."""

    id: str
    secret_hash: str = field(repr=False)
    account: str
    label: str
    webid: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is signed in. `created` is when she showed a login; `expires` is in UTC.

    `remembered` is whether the browser keeps it after it was closed.
    """

    id: str
    hash: str = field(repr=False)
    account: str
    created: datetime
    expires: datetime
    remembered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Something good for one use: `about` says of what, in the words of its purpose."""

    hash: str = field(repr=False)
    purpose: str
    account: str | None
    about: str
    created: datetime
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the journal of an account. `number` is given when it is written."""

    time: datetime
    account: str
    action: str
    about: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key of the issuer: `private` is a private JWK in JSON (RFC 7517)."""

    kid: str
    private: str = field(repr=False)
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptJournalKey:
    """A key that journals are signed with: `private` is a private JWK in JSON (RFC 8037)."""

    kid: str
    private: str = field(repr=False)
    created: datetime
