"""How one page of an account leads to the next."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote

from pod.account.session import is_fresh
from pod.model import Reply
from pod.problems import Problem
from pod.store.server_values import Session
from pod.web.places import CONFIRM, REQUESTS, SIGN_IN, link
from pod.web.reply import STATUS
from pod.web.ui.page import page
from pod.web.ui.refusals import in_words
from pod.web.visit import Visit, see_other

_REQUEST: Final = re.compile(
    re.escape(REQUESTS) + r"one\?space=[a-z0-9-]{1,63}&request=[A-Za-z0-9_-]{1,100}", re.ASCII
)

Show = Callable[[Visit], Awaitable[Reply]]
Act = Callable[[Visit, Session], Awaitable[Reply]]


def signed_in(act: Act) -> Show:
    """A page for somebody who is signed in; everybody else signs in first."""

    async def show(visit: Visit) -> Reply:
        if visit.session is None:
            return see_other(SIGN_IN)
        return await act(visit, visit.session)

    return show


def confirmed(act: Act, back: str) -> Show:
    """An act for somebody who has shown lately who she is; she does so first, then comes back."""

    async def show(visit: Visit) -> Reply:
        session = visit.session
        if session is None:
            return see_other(SIGN_IN)
        if not is_fresh(session.created, visit.server.now()):
            return see_other(f"{CONFIRM}?next={quote(back)}")
        return await act(visit, session)

    return show


def request_page(space: str, request: str) -> str:
    """Where a person decides on a request for access to a space, by their names."""
    return link(REQUESTS + "one", space=space, request=request)


def is_request_page(address: str) -> bool:
    """Whether an address is that of such a page."""
    return _REQUEST.fullmatch(address) is not None


def failed(name: str, visit: Visit, problem: Problem, values: Mapping[str, object]) -> Reply:
    """A page again, with what was wrong with what was sent."""
    status = STATUS[type(problem)]
    wrong = in_words(str(problem), visit.look.language)
    return page(name, visit.look, {**values, "wrong": wrong}, status=status)
