"""The table of the account API, and the way from a request at one of its addresses to an answer."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from aiohttp import web

from pod.account.controls import INDEX, VERSION, controls
from pod.account.fields import described, read_fields
from pod.account.session import (
    INTERACTION,
    REMEMBERED,
    cookie,
    is_own_page,
    shown_cookie,
    shown_token,
)
from pod.flows.account.session import Asker, session_of
from pod.flows.body import whole
from pod.flows.context import Server
from pod.flows.oidc.interact import is_waiting
from pod.model import Reply
from pod.oidc.interaction import Begun, read_begun
from pod.problems import (
    Conflict,
    Forbidden,
    Malformed,
    MethodNotAllowed,
    NotFound,
    Problem,
    Unauthenticated,
    Unproven,
)
from pod.store.server_values import Session
from pod.web.account.answers import ANSWERS
from pod.web.account.belongings import BELONGINGS
from pod.web.account.control import Act, Asked, Control, Told
from pod.web.account.doors import DOORS
from pod.web.account.own_account import OWN_ACCOUNT
from pod.web.incoming import Fields, path_of, pieces_of
from pod.web.reply import reply_to

PLACE = "/" + INDEX
BODY_LIMIT = 64 * 1024
CONTROLS: tuple[Control, ...] = (*DOORS, *ANSWERS, *OWN_ACCOUNT, *BELONGINGS)
_SEPARATE = ("Cache-Control", "no-store"), ("Vary", "Cookie, Authorization")


async def answer_account(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    """The answer at an address below `/.account/`; `peer` is the address that asks."""
    try:
        return await _answered(incoming, peer, server)
    except Problem as problem:
        return _refusal(problem, server.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """Who asks: the session, if there is one; the token, where a cookie has shown it; what she has
    begun for an app; and whether the request is from a page of this server, which alone is given a
    cookie. `by_browser` is whether no token of a script came with it.
    """

    session: Session | None
    by_browser: bool
    carried: str | None
    begun: Begun | None
    is_own_page: bool


async def _answered(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    control, account, named = _place(path_of(incoming).partition("?")[0].removeprefix(PLACE))
    if incoming.method == "OPTIONS":
        return Reply(status=204, headers=(("Allow", ", ".join(control.methods)),))
    if incoming.method not in control.methods:
        raise MethodNotAllowed(f"use one of {', '.join(control.methods)} here", control.methods)
    visit = await _visit(incoming, server)
    if account:
        _check_own(account, visit.session)
    asked = Asked(
        server=server,
        asker=Asker(peer=peer, session=visit.session),
        named=named,
        said=await _said(incoming, control),
        begun=visit.begun,
        by_browser=visit.by_browser,
    )
    act = control.act(incoming.method)
    told = Told() if act is None else await _done(act, asked)
    if incoming.method in {"GET", "HEAD"} and control.fields and control.announced:
        told = replace(told, value={**described(control.fields), **told.value})
    return _reply(told, visit, server, answering=await is_waiting(visit.begun, server))


async def _visit(incoming: web.BaseRequest, server: Server) -> _Visit:
    headers = Fields(incoming.headers)
    carried = shown_cookie(headers, incoming.method, server.base)
    return _Visit(
        session=await session_of(shown_token(headers) or carried, server),
        by_browser=shown_token(headers) is None,
        carried=carried,
        begun=read_begun(shown_cookie(headers, incoming.method, server.base, INTERACTION)),
        is_own_page=is_own_page(headers, incoming.method, server.base),
    )


def _check_own(account: str, session: Session | None) -> None:
    if session is None:
        raise Unauthenticated("sign in first: this is for whoever is signed in to the account")
    if session.account != account:
        raise Forbidden("this is the address of another account; sign in to that one")


async def _said(incoming: web.BaseRequest, control: Control) -> Mapping[str, Any]:
    if incoming.method != "POST":
        return {}
    body = await whole(pieces_of(incoming), BODY_LIMIT)
    return read_fields(control.fields, incoming.headers.get("Content-Type", ""), body)


async def _done(act: Act, asked: Asked) -> Told:
    try:
        return await act(asked)
    except Conflict as problem:
        # ACC-04: what is taken is answered with 400, as the clients of this API know it.
        raise Malformed(str(problem)) from problem


def _reply(told: Told, visit: _Visit, server: Server, *, answering: bool) -> Reply:
    session = told.begun.session if told.begun else None if told.ended else visit.session
    account = None if session is None else session.account
    mode = server.config.registration_mode
    value = {
        **told.value,
        "controls": controls(server.base, account, mode, answering=answering),
        "version": VERSION,
    }
    return Reply(
        status=200,
        headers=(("Content-Type", "application/json"), *_SEPARATE, *_cookies(told, visit, server)),
        body=json.dumps(value).encode(),
    )


def _cookies(told: Told, visit: _Visit, server: Server) -> tuple[tuple[str, str], ...]:
    """The cookie of a session that began, that ended, or that is to be remembered for longer."""
    if not visit.is_own_page:
        return ()
    lasting = int(REMEMBERED.total_seconds())
    if told.begun is not None:
        seconds = lasting if told.begun.session.remembered else None
        kept = cookie(told.begun.token, server.base, seconds)
    elif told.ended:
        kept = cookie("", server.base, 0)
    elif visit.carried and visit.session is not None and visit.session.remembered:
        kept = cookie(visit.carried, server.base, lasting)
    else:
        return ()
    return (("Set-Cookie", kept),)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Control], ...]:
    return tuple(
        (re.compile(re.escape(control.path).replace(r"\*", "([A-Za-z0-9_-]+)")), control)
        for control in CONTROLS
    )


def _place(path: str) -> tuple[Control, str, str]:
    """The control at a path, the account that it is of, and what its last part names; "" where
    there is none. Raises NotFound.
    """
    for pattern, control in _patterns():
        found = pattern.fullmatch(path)
        if found is not None:
            account, named = (*found.groups(), "", "")[:2]
            return control, account, named
    raise NotFound("nothing is at this address; the index is at /.account/, with its last slash")


def _refusal(problem: Problem, base: str) -> Reply:
    """The answer to what was not done, for clients that read `message` too."""
    asking = f'CSS-Account-Token realm="{base}"'
    reply = reply_to(problem, asking, _SEPARATE)
    told = json.loads(reply.body if isinstance(reply.body, bytes) else b"{}")
    detail = told["detail"]
    told |= {"name": type(problem).__name__, "statusCode": told["status"]}
    told |= {"message": f"{detail[0].upper()}{detail[1:]}."}
    if isinstance(problem, Unproven):
        told["details"] = {"quad": problem.statement}
    return replace(reply, body=json.dumps(told).encode())
