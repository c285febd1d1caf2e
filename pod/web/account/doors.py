"""Ways in and out: the index, a new account, signing in and out, a password that was forgotten."""

from pod.account.controls import PASSWORD_LOGIN, Registration
from pod.account.fields import Field, described
from pod.account.journal import Action
from pod.flows.account.recover import recover
from pod.flows.account.register import register
from pod.flows.account.reset_password import forgot, reset_password
from pod.flows.account.session import end_session
from pod.flows.account.sign_in import sign_in
from pod.web.account.answers import signed_in
from pod.web.account.control import Asked, Control, Told

_EMAIL = Field(name="email")
_PASSWORD = Field(name="password", secret=True)
_INVITATION = Field(name="invite", required=False)


async def _index(_asked: Asked) -> Told:
    return Told()


async def _logins(asked: Asked) -> Told:
    return Told(value={"logins": {"Email/password": asked.server.base + PASSWORD_LOGIN}})


async def _creation(asked: Asked) -> Told:
    if asked.server.config.registration_mode is not Registration.INVITE:
        return Told()
    return Told(value=described((Field(name="invite"),)))


async def _create(asked: Asked) -> Told:
    begun = await register(asked.said.get("invite", ""), asked.asker, asked.server)
    return Told(value={"authorization": begun.token}, begun=begun)


async def _sign_in(asked: Asked) -> Told:
    begun = await sign_in(
        asked.said["email"],
        asked.said["password"],
        asked.asker,
        asked.server,
        remembered=asked.said.get("remember", False),
    )
    return Told(value={"authorization": begun.token, **await signed_in(asked)}, begun=begun)


async def _recover(asked: Asked) -> Told:
    begun = await recover(asked.said["code"], asked.asker, asked.server)
    return Told(value={"authorization": begun.token, **await signed_in(asked)}, begun=begun)


async def _sign_out(asked: Asked) -> Told:
    await end_session(asked.account, asked.session.id, asked.server, Action.SIGNED_OUT)
    return Told(ended=True)


async def _forgot(asked: Asked) -> Told:
    return Told(value={"email": await forgot(asked.said["email"], asked.asker, asked.server)})


async def _reset(asked: Asked) -> Told:
    await reset_password(asked.said["recordId"], asked.said["password"], asked.asker, asked.server)
    return Told()


DOORS = (
    Control(path="", get=_index),
    Control(path="login/", get=_logins),
    Control(
        path="login/password/",
        fields=(_EMAIL, _PASSWORD, Field(name="remember", kind="boolean", required=False)),
        post=_sign_in,
    ),
    Control(path="login/password/forgot/", fields=(_EMAIL,), post=_forgot),
    Control(path="login/password/reset/", fields=(Field(name="recordId"), _PASSWORD), post=_reset),
    Control(path="login/recovery/", fields=(Field(name="code", secret=True),), post=_recover),
    Control(path="account/", fields=(_INVITATION,), announced=False, get=_creation, post=_create),
    Control(path="account/*/logout/", post=_sign_out),
)
