"""What somebody answers an app, in steps as scripts for Community Solid Server 7 take them.

Each step says where to go on: to the page of the interaction, which leads back to the app once
nothing is left to ask.
"""

from collections.abc import Mapping

from pod.account.controls import ANSWERS as ADDRESSES
from pod.account.controls import LOGINS
from pod.account.fields import Field
from pod.flows.account.link_webid import webids_of
from pod.flows.oidc.interact import (
    Waiting,
    agree,
    cancel,
    forget,
    is_waiting,
    note_done,
    pick,
    prompt,
    waiting,
)
from pod.oidc.client_document import CONTEXT
from pod.oidc.interaction import Ask, page_of
from pod.problems import Malformed, NotFound, Unauthenticated
from pod.store.server_values import Session
from pod.web.account.control import Asked, Control, Told

_PROMPTS = {
    Ask.SIGN_IN: ("account", LOGINS),
    Ask.CHOOSE_WEBID: ("login", ADDRESSES["webId"]),
    Ask.CONSENT: ("consent", ADDRESSES["consent"]),
}
_REMEMBER = Field(name="remember", kind="boolean", required=False)
_ACCESS = Field(name="access", required=False)
EVERYTHING = "everything"


async def signed_in(asked: Asked) -> Mapping[str, str]:
    """Where somebody goes on who has signed in for an app; nothing where no app waits."""
    if not await is_waiting(asked.begun, asked.server):
        return {}
    found = await _waiting(asked)
    await note_done(found, Ask.SIGN_IN, asked.server)
    return {"location": _on(found, asked)}


async def _prompt(asked: Asked) -> Told:
    step = await prompt(await _waiting(asked), asked.asker.session, asked.server)
    name, path = _PROMPTS[step]
    return Told(value={"location": asked.server.base + path, "prompt": name})


async def _webids(asked: Asked) -> Told:
    links = await webids_of(_session(asked).account, asked.server)
    return Told(value={"webIds": [link.webid for link in links]})


async def _pick(asked: Asked) -> Told:
    found = await _waiting(asked)
    await pick(found, asked.said["webId"], _session(asked), asked.server)
    return Told(value={"location": _on(found, asked)})


async def _forget(asked: Asked) -> Told:
    found = await _waiting(asked)
    await forget(found, asked.server)
    return Told(value={"location": _on(found, asked)})


async def _asked_for(asked: Asked) -> Told:
    found = await _waiting(asked)
    app = found.asked.answerable.app
    said = {
        "@context": CONTEXT,
        "client_id": app.id,
        "client_name": app.name,
        "client_uri": app.uri,
        "logo_uri": app.logo,
        "grant_types": sorted(app.grant_types),
        "scope": " ".join(found.asked.scopes),
    }
    client = {name: value for name, value in said.items() if value}
    picked = {} if found.webid is None else {"webId": found.webid}
    return Told(value={"client": client, **picked})


async def _consent(asked: Asked) -> Told:
    found, remembered = await _waiting(asked), asked.said.get("remember", False)
    # Scripts that were written for Community Solid Server know one kind of consent: to all that the
    # person may. Those that want another say so.
    trusted = asked.said.get("access", EVERYTHING) == EVERYTHING
    session = _session(asked)
    await agree(found, session, asked.server, remembered=remembered, trusted=trusted)
    return Told(value={"location": _on(found, asked)})


async def _cancel(asked: Asked) -> Told:
    found = await _waiting(asked)
    await cancel(found, asked.server)
    return Told(value={"location": _on(found, asked)})


async def _waiting(asked: Asked) -> Waiting:
    begun = asked.begun
    try:
        return await waiting("" if begun is None else begun.last, begun, asked.server)
    except NotFound as problem:
        raise Malformed("no app waits for an answer; begin again from the app") from problem


def _session(asked: Asked) -> Session:
    if asked.asker.session is None:
        raise Unauthenticated("sign in first")
    return asked.asker.session


def _on(found: Waiting, asked: Asked) -> str:
    return asked.server.base.rstrip("/") + page_of(found.id)


ANSWERS = (
    Control(path="oidc/prompt/", get=_prompt, post=_prompt),
    Control(
        path="oidc/pick-webid/",
        fields=(Field(name="webId"), _REMEMBER),
        get=_webids,
        post=_pick,
    ),
    Control(path="oidc/forget-webid/", post=_forget),
    Control(path="oidc/consent/", fields=(_REMEMBER, _ACCESS), get=_asked_for, post=_consent),
    Control(path="oidc/cancel/", post=_cancel),
)
