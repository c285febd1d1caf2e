"""What the server's own database keeps of apps that people sign in to.

What apps hold arrives already hashed. Lists are texts divided by spaces; times are in UTC, whole
seconds.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredApp:
    """An app that has registered itself. `metadata` is what it said, as JSON; `method` is how it
    shows at the token endpoint who it is. It may be forgotten when it `expires`; None for one that
    somebody has signed in with.
    """

    id: str
    secret_hash: str | None = field(repr=False)
    method: str
    metadata: str
    created: datetime
    expires: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """An app's request while its person is being asked, in the browser of a mark that is kept as a
    hash: its parameters as JSON, what she was asked already, and as whom she wants to go on.
    """

    hash: str = field(repr=False)
    browser: str = field(repr=False)
    parameters: str
    done: str
    webid: str | None
    created: datetime
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptConsent:
    """What a person has allowed an app for good, where it is answered at one origin. `name` is
    what the app called itself then.
    """

    account: str
    client: str
    landing: str
    webid: str
    scopes: str
    name: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppName:
    """What an app called itself when a person signed in to it last."""

    account: str
    client: str
    name: str
    created: datetime


CODE = "code"
REFRESH = "refresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A code or a refresh token, by its `kind`; `used` is when it was used first.

    `family` is the same for all that came of one sign-in. The key `jkt` is that of the proof it
    is bound to; a code alone has an address, a challenge and a nonce.
    """

    hash: str = field(repr=False)
    kind: str
    family: str
    account: str
    client: str
    webid: str
    scopes: str
    jkt: str | None
    redirect_uri: str | None = None
    challenge: str | None = None
    nonce: str | None = None
    signed_in: datetime
    created: datetime
    expires: datetime
    used: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """An access token, or a family of them, that ended; kept until it would have anyway."""

    mark: str
    created: datetime
    expires: datetime
