"""What the flows ask of the server's own store: accounts, scripts' credentials, signing keys.

Secrets arrive already hashed; nothing here can be used to sign in, but for the signing keys.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who can sign in. `name` is also her pod's; `created` is in UTC, whole seconds."""

    id: str
    name: str
    email: str
    password_hash: str = field(repr=False)
    webid: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Credentials that an account has made for a script. `account` is the account's id."""

    id: str
    secret_hash: str = field(repr=False)
    account: str
    label: str
    webid: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key of the issuer: `private` is a private JWK in JSON (RFC 7517).

    `retired` is when the next key took over; None for the one that signs.
    """

    kid: str
    private: str = field(repr=False)
    created: datetime
    retired: datetime | None = None


class ServerStore(Protocol):
    """The server-wide database. Each `now` is the time in UTC."""

    async def create_account(
        self, *, name: str, email: str, password_hash: str, webid: str, now: datetime
    ) -> Account:
        """Raises Conflict when the name or the email address is taken."""
        ...

    async def account_by_name(self, name: str) -> Account | None: ...

    async def account_by_email(self, email: str) -> Account | None:
        """The account of an address; capital letters make no difference."""
        ...

    async def delete_account(self, name: str) -> None:
        """Remove an account and its clients. Raises NotFound when there is none."""
        ...

    async def add_client(  # noqa: PLR0913 - what is to be kept, each by its name
        self,
        *,
        id: str,  # noqa: A002 - as the field is called
        secret_hash: str,
        account: str,
        label: str,
        webid: str,
        now: datetime,
    ) -> Client:
        """Raises NotFound when there is no such account, Conflict when the id is taken."""
        ...

    async def client(self, id: str) -> Client | None: ...  # noqa: A002 - as the field is called

    async def clients_of(self, account: str) -> tuple[Client, ...]:
        """The clients of an account, by its id; the oldest first."""
        ...

    async def delete_client(self, id: str) -> None:  # noqa: A002 - as the field is called
        """Raises NotFound when there is none."""
        ...

    async def signing_keys(self) -> tuple[SigningKey, ...]:
        """The newest first: that is the one that signs."""
        ...

    async def add_signing_key(self, *, kid: str, private: str, now: datetime) -> SigningKey:
        """Add a key, which takes over from the others."""
        ...
