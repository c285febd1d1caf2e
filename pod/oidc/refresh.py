"""Refresh tokens: bound to a key, good for one use, with a grace for answers that got lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from pod.oidc.oauth_error import OAuthError

LIFETIME = timedelta(days=90)
"""How long one that is not used is good for; each use begins it anew."""

GRACE = timedelta(minutes=1)
"""How long after its use one is still taken: the answer to the first use may have been lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """What a refresh token stands for. Times are in UTC; `used` is None until its first use.

    RFC 9449 §5: "Refresh tokens issued to public clients MUST be bound to the public key", `jkt`.
    """

    client: str
    jkt: str
    expires: datetime
    used: datetime | None


class Turn(Enum):
    """What is to be done with a refresh token that was presented."""

    GIVE = "give the next one"
    END = "end the whole family: somebody else has it"


def turn(token: RefreshToken | None, client: str, jkt: str, now: datetime) -> Turn:
    """What to do with a token that this client presented with this key. Raises OAuthError.

    RFC 9700 §4.14.2: "the authorization server [...] revokes the active refresh token" when one
    is used that was used before.
    """
    if token is None or token.expires <= now or token.client != client:
        raise OAuthError("invalid_grant", "this refresh token is not good any more; sign in again")
    if token.jkt != jkt:
        raise OAuthError("invalid_grant", "sign the proof with the key the token is bound to")
    if token.used is not None and now - token.used > GRACE:
        return Turn.END
    return Turn.GIVE


def narrowed(granted: tuple[str, ...], asked: str | None) -> tuple[str, ...]:
    """The scopes of the next access token. Raises OAuthError for one that was not granted."""
    if asked is None:
        return granted
    wanted = {*asked.split(), "webid"}
    # RFC 6749 §6: "MUST NOT include any scope not originally granted by the resource owner".
    if not wanted <= {*granted, "webid"}:
        raise OAuthError("invalid_scope", "ask for nothing that was not granted before")
    return tuple(scope for scope in granted if scope in wanted)
