"""What is noted of an account, for whoever owns it to look through: never what was sent, nor from
which address on the network.
"""

from enum import StrEnum


class Action(StrEnum):
    """What happened; each line says besides what it happened to."""

    MADE = "account made"
    DELETED = "account deleted"
    LOGIN_ADDED = "login added"
    LOGIN_REMOVED = "login removed"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the name of what happened
    PASSWORD_RESET = "password reset"  # noqa: S105 - the name of what happened
    RESET_OFFERED = "password reset offered"
    RECOVERY_MADE = "recovery codes made"
    RECOVERED = "signed in with a recovery code"
    SIGNED_IN = "signed in"
    APP_STOPPED = "app stopped"
    REFUSED = "sign-in refused"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    WEBID_LINKED = "WebID linked"
    WEBID_UNLINKED = "WebID unlinked"
    ISSUER_ADDED = "issuer added"
    ISSUER_REMOVED = "issuer removed"
    POD_MADE = "pod made"
    POD_DELETED = "pod deleted"
    OWNER_SET = "pod owner set"
    OWNER_REMOVED = "pod owner removed"
    CREDENTIALS_MADE = "credentials made"
    CREDENTIALS_REVOKED = "credentials revoked"
