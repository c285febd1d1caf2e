"""What a person has to be asked before an app gets its code (OpenID Connect Core §3.1.2.3)."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from pod.oidc.authorization import Authorization
from pod.oidc.oauth_error import OAuthError

MARK_BYTES = 16
_DATA_PAGE = re.compile(r"/\.oidc/interaction/[A-Za-z0-9_-]+/data/[1-9][0-9]?", re.ASCII)
_KEPT = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Begun:
    """What a browser keeps of the requests that it has brought: a mark of its own, which each of
    them is bound to, and the id of the last. Who has but an id, from a log for one, has nothing.
    """

    mark: str = field(repr=False)
    last: str

    @property
    def text(self) -> str:
        return f"{self.mark}.{self.last}"


def read_begun(text: str | None) -> Begun | None:
    """What a browser shows of that; None where it is nothing, or was not made here."""
    found = _KEPT.fullmatch(text or "")
    return None if found is None else Begun(found[1], found[2])


def page_of(interaction: str) -> str:
    """The path of the page that asks what is still to be asked."""
    return f"/.oidc/interaction/{interaction}/"


def data_page(interaction: str, step: int) -> str:
    """The path of the page that asks what an app may do, the first of them being 1."""
    return f"{page_of(interaction)}data/{step}"


def is_data_page(path: str) -> bool:
    """Whether a path is that of such a page."""
    return _DATA_PAGE.fullmatch(path) is not None


class Ask(Enum):
    """What a page asks a person for. The value is the error where no page may be shown."""

    SIGN_IN = "login_required"
    CHOOSE_WEBID = "account_selection_required"
    CONSENT = "consent_required"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person at this browser: her account, when she proved who she is (UTC), and her WebIDs."""

    account: str
    at: datetime
    webids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person has allowed an app, for good or for this once."""

    webid: str
    scopes: frozenset[str]


def next_step(
    asked: Authorization,
    person: SignedIn | None,
    consents: Collection[Consent],
    done: Collection[Ask],
    now: datetime,
) -> Ask | Consent:
    """What to ask next, or the consent that the code is given on.

    `consents` are those this person has given this app; `done` is what she was asked already for
    this very request. Raises OAuthError where something is to be asked and the app forbids it.
    """
    step = _step(asked, person, consents, done, now)
    if isinstance(step, Ask) and "none" in asked.prompts:
        # §3.1.2.6: "login_required", "account_selection_required", "consent_required".
        raise OAuthError(step.value, "the person has to be asked, which the app does not want")
    return step


def _step(
    asked: Authorization,
    person: SignedIn | None,
    consents: Collection[Consent],
    done: Collection[Ask],
    now: datetime,
) -> Ask | Consent:
    if person is None or _sign_in_again(asked, person, done, now):
        return Ask.SIGN_IN
    usable = [consent for consent in consents if consent.webid in person.webids]
    if "select_account" in asked.prompts and Ask.CHOOSE_WEBID not in done:
        return Ask.CHOOSE_WEBID
    if "consent" in asked.prompts and Ask.CONSENT not in done:
        return Ask.CONSENT
    wanted = frozenset(asked.scopes)
    enough = next((consent for consent in usable if wanted <= consent.scopes), None)
    return Ask.CONSENT if enough is None else enough


def _sign_in_again(
    asked: Authorization, person: SignedIn, done: Collection[Ask], now: datetime
) -> bool:
    if Ask.SIGN_IN in done:
        return False
    # §3.1.2.1: "If the elapsed time is greater than this value, the OP MUST attempt to actively
    # re-authenticate the End-User."
    old = asked.max_age is not None and now - person.at > timedelta(seconds=asked.max_age)
    return old or "login" in asked.prompts
