"""The addresses of the account API, as Community Solid Server 7 has them, and who is told which."""

from enum import Enum

# Clients hard-code the index alone (ACC-01) and this number tells them what to expect.
VERSION = "0.5"

INDEX = ".account/"
LOGINS = INDEX + "login/"
PASSWORD_LOGIN = LOGINS + "password/"
PASSWORD_FORGOT = PASSWORD_LOGIN + "forgot/"
PASSWORD_RESET = PASSWORD_LOGIN + "reset/"
RECOVERY_LOGIN = LOGINS + "recovery/"
ACCOUNTS = INDEX + "account/"

OIDC = INDEX + "oidc/"
ANSWERS = {
    "prompt": OIDC + "prompt/",
    "webId": OIDC + "pick-webid/",
    "forgetWebId": OIDC + "forget-webid/",
    "consent": OIDC + "consent/",
    "cancel": OIDC + "cancel/",
}
"""For who is asked on behalf of an app."""

# Below the address of an account.
LOGOUT = "logout/"
WEBIDS = "webid/"
PODS = "pod/"
CREDENTIALS = "client-credentials/"
PASSWORDS = "login/password/"
RECOVERY = "login/recovery/"
SESSIONS = "session/"
JOURNAL = "journal/"


class Registration(Enum):
    """Who may make an account: anybody, whoever has an invitation, or nobody but the host."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


def account_address(base: str, account: str) -> str:
    """The address of an account by its id; what is its own is below. `base` ends in a slash."""
    return f"{base}{ACCOUNTS}{account}/"


def controls(
    base: str, account: str | None, registration: Registration, *, answering: bool = False
) -> dict[str, dict[str, str]]:
    """What can be asked for, by whoever is signed in as this account, or is not signed in; and
    while she is `answering` the request of an app.
    """
    told = {
        "main": {"index": base + INDEX, "logins": base + LOGINS},
        "account": {"create": base + ACCOUNTS},
        "password": {
            "login": base + PASSWORD_LOGIN,
            "forgot": base + PASSWORD_FORGOT,
            "reset": base + PASSWORD_RESET,
        },
        "recovery": {"login": base + RECOVERY_LOGIN},
    }
    told["html"] = {"login": base + INDEX + "sign-in/", "account": base + INDEX}
    if registration is Registration.CLOSED:
        del told["account"]["create"]
    else:
        told["html"]["register"] = base + INDEX + "sign-up/"
    if account is not None:
        own = account_address(base, account)
        told["account"] |= {
            "account": own,
            "logout": own + LOGOUT,
            "webId": own + WEBIDS,
            "pod": own + PODS,
            "clientCredentials": own + CREDENTIALS,
            "sessions": own + SESSIONS,
            "journal": own + JOURNAL,
        }
        told["password"]["create"] = own + PASSWORDS
        told["recovery"]["create"] = own + RECOVERY
    if answering:
        told["oidc"] = {name: base + path for name, path in ANSWERS.items()}
    return {name: part for name, part in told.items() if part}
