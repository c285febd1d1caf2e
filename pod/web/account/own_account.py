"""An account itself: its logins, its sessions, its journal, and its end."""

from datetime import datetime

from pod.account.controls import PASSWORDS, SESSIONS
from pod.account.email import canonical_email, canonical_name
from pod.account.fields import Field
from pod.account.journal import Action
from pod.account.session import is_fresh
from pod.flows.account.add_password import add_password, passwords_of
from pod.flows.account.change_password import change_password
from pod.flows.account.delete_account import delete_account
from pod.flows.account.journal import journal
from pod.flows.account.recover import codes_left, make_codes
from pod.flows.account.remove_login import remove_login
from pod.flows.account.session import end_session, has_login, sessions_of
from pod.problems import Forbidden, Malformed, NotFound
from pod.web.account.control import Asked, Control, Told


def check_fresh(asked: Asked) -> None:
    """Raise Forbidden where somebody may have left a browser open, or lost a cookie."""
    # CON-02: what cannot be undone, and what lets others in, is for who has shown who she is.
    if not is_fresh(asked.session.created, asked.server.now()):
        raise Forbidden(
            "sign in again, and repeat this within 10 minutes: it must be you who does it"
        )


async def _account(_asked: Asked) -> Told:
    return Told()


async def _delete(asked: Asked) -> Told:
    check_fresh(asked)
    await delete_account(asked.account, asked.server)
    return Told(ended=True)


async def _passwords(asked: Asked) -> Told:
    found = await passwords_of(asked.account, asked.server)
    logins = {one.email: asked.at(PASSWORDS, one.login, "/") for one in found}
    return Told(value={"passwordLogins": logins})


async def _add_password(asked: Asked) -> Told:
    if await has_login(asked.account, asked.server):
        check_fresh(asked)  # else there is none to sign in again with
    login = await add_password(asked.account, _name(asked), asked.said["password"], asked.server)
    return Told(value={"resource": asked.at(PASSWORDS, login.id, "/")})


def _name(asked: Asked) -> str:
    """What she signs in with: an e-mail address, or a name where she gives none."""
    if "email" in asked.said:
        return canonical_email(asked.said["email"])
    if "name" not in asked.said:
        raise Malformed("give an `email`, or a `name` to sign in with")
    return canonical_name(asked.said["name"])


async def _password(asked: Asked) -> Told:
    for one in await passwords_of(asked.account, asked.server):
        if one.login == asked.named:
            return Told(value={"email": one.email})
    raise NotFound("this account has no such login")


async def _change_password(asked: Asked) -> Told:
    old, new = asked.said["oldPassword"], asked.said["newPassword"]
    await change_password(asked.named, old, new, asked.asker, asked.server)
    return Told()


async def _remove_password(asked: Asked) -> Told:
    check_fresh(asked)
    await remove_login(asked.account, asked.named, asked.server)
    return Told()


async def _codes_left(asked: Asked) -> Told:
    return Told(value={"left": await codes_left(asked.account, asked.server)})


async def _make_codes(asked: Asked) -> Told:
    check_fresh(asked)
    return Told(value={"codes": await make_codes(asked.account, asked.server)})


async def _sessions(asked: Asked) -> Told:
    sessions = {
        asked.at(SESSIONS, session.id, "/"): {
            "created": _text(session.created),
            "expires": _text(session.expires),
            "remembered": session.remembered,
            "current": session.id == asked.session.id,
        }
        for session in await sessions_of(asked.account, asked.server)
    }
    return Told(value={"sessions": sessions})


async def _end_session(asked: Asked) -> Told:
    await end_session(asked.account, asked.named, asked.server, Action.SESSION_ENDED)
    return Told(ended=asked.named == asked.session.id)


async def _journal(asked: Asked) -> Told:
    events = [
        {"time": _text(event.time), "action": event.action, "about": event.about}
        for event in await journal(asked.account, asked.server)
    ]
    return Told(value={"events": events})


def _text(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


OWN_ACCOUNT = (
    Control(path="account/*/", get=_account, delete=_delete),
    Control(
        path="account/*/login/password/",
        fields=(
            Field(name="email", required=False),
            Field(name="name", required=False),
            Field(name="password", secret=True),
        ),
        get=_passwords,
        post=_add_password,
    ),
    Control(
        path="account/*/login/password/*/",
        fields=(
            Field(name="oldPassword", secret=True),
            Field(name="newPassword", secret=True),
        ),
        get=_password,
        post=_change_password,
        delete=_remove_password,
    ),
    Control(path="account/*/login/recovery/", get=_codes_left, post=_make_codes),
    Control(path="account/*/session/", get=_sessions),
    Control(path="account/*/session/*/", delete=_end_session),
    Control(path="account/*/journal/", get=_journal),
)
