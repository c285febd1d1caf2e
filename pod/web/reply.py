"""From problems to status codes and bodies (RFC 9457): the one table of them."""

import json
from functools import lru_cache
from http import HTTPStatus
from math import ceil
from typing import Any

from acl import Agent, Mode, Need, Refused
from pod.consent.pointer import pointer
from pod.consent.question import address_of
from pod.http.cors import PUBLIC
from pod.ldp.allow import is_own
from pod.model import Reply
from pod.problems import (
    Conflict,
    Forbidden,
    Malformed,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    NotModified,
    PreconditionFailed,
    Problem,
    RangeNotSatisfiable,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    UnknownContext,
    Unprocessable,
    Unproven,
    UnsupportedMediaType,
)

STATUS: dict[type[Problem], int] = {
    NotModified: 304,
    Malformed: 400,
    Unproven: 400,
    UnknownContext: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    NotAcceptable: 406,
    Conflict: 409,
    PreconditionFailed: 412,
    TooLarge: 413,
    UnsupportedMediaType: 415,
    RangeNotSatisfiable: 416,
    Unprocessable: 422,
    TooMany: 429,
    Unavailable: 503,
}

Headers = tuple[tuple[str, str], ...]


def reply_to(
    problem: Problem | Refused, challenge: str, links: Headers, asked: Need | None = None
) -> Reply:
    """The answer to a request that was not carried out.

    `challenge` is the WWW-Authenticate value; `links` are sent on every answer about a resource,
    refused or not, so that a client finds the ACL and the storage description. `asked` is what a
    refused request was for, by its method and address alone.
    """
    if isinstance(problem, Refused):
        return _refused(problem, challenge, links, asked or problem.need)
    status = STATUS[type(problem)]
    if status == 304:
        return Reply(status=304, headers=links)
    return Reply(
        status=status,
        headers=(*links, *_particular(problem, challenge), *_JSON),
        body=_body(status, str(problem)),
    )


def unexpected() -> Reply:
    """The answer when the server itself is at fault; the log has the reason."""
    detail = "the server failed to answer; nothing was changed, try again later"
    return Reply(status=500, headers=_JSON, body=_body(500, detail))


def unreadable() -> Reply:
    """The answer to what cannot be read as an HTTP request, or is too long to be one."""
    detail = "this cannot be read as an HTTP request; check its first line and its headers"
    # Whether an origin asks cannot be read either; this is the same for everyone.
    return Reply(status=400, headers=(PUBLIC, *_JSON), body=_body(400, detail))


def unknown_method() -> Reply:
    """The answer to a request with a method that is none of HTTP's."""
    detail = f"use one of {', '.join(_METHODS)} here"
    headers = (("Allow", ", ".join(_METHODS)), PUBLIC, *_JSON)
    return Reply(status=405, headers=headers, body=_body(405, detail))


_METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE")
_JSON: Headers = (("Content-Type", "application/problem+json"),)


def _refused(problem: Refused, challenge: str, links: Headers, asked: Need) -> Reply:
    agent = problem.access.agent
    if problem.anonymous:
        # RFC 9110 §11.6.1: a 401 "MUST send a WWW-Authenticate header field".
        headers = (*links, ("WWW-Authenticate", challenge), *_JSON)
        detail = "this needs somebody who signed in; send an access token and a DPoP proof"
        return Reply(status=401, headers=headers, body=_body(401, detail, asked, agent))
    detail = "you are signed in, but not allowed to do this; ask the owner of this pod"
    return Reply(status=403, headers=(*links, *_JSON), body=_body(403, detail, asked, agent))


def _particular(problem: Problem, challenge: str) -> Headers:
    match problem:
        case Unauthenticated():
            field = ("WWW-Authenticate", challenge)
        case MethodNotAllowed():
            field = ("Allow", ", ".join(problem.allow))
        case UnsupportedMediaType() if problem.accept_patch:
            # RFC 5789 §2.2: "Such a response SHOULD include an Accept-Patch response header".
            field = ("Accept-Patch", ", ".join(problem.accept_patch))
        case UnsupportedMediaType() if problem.encoding:
            # RFC 9110 §15.5.16: "the Accept-Encoding response header field ought to be used".
            field = ("Accept-Encoding", problem.encoding)
        case RangeNotSatisfiable():
            field = ("Content-Range", f"bytes */{problem.size}")
        case TooMany():
            field = ("Retry-After", str(ceil(problem.wait.total_seconds())))
        case Unavailable():
            field = ("Retry-After", "5")
        case _:
            return ()
    return (field,)


@lru_cache(maxsize=1024)
def _body(status: int, detail: str, asked: Need | None = None, agent: Agent | None = None) -> bytes:
    # RFC 9457 §4.2.1: the type about:blank, which is meant where none is said, says no more than
    # the status; then "the title SHOULD be the same as the recommended HTTP status phrase".
    title = HTTPStatus(status).phrase
    problem = {"title": title, "status": status, "detail": detail}
    if asked is None or agent is None:
        return json.dumps(problem).encode()
    # Where the owner, and nobody else, is told why, and where to ask her: what both say is known to
    # who was refused. What is there is not: the need that was not met would tell that.
    return json.dumps(
        {**problem, "why": address_of(asked, agent), **_pointer(asked, agent)}
    ).encode()


def _pointer(asked: Need, agent: Agent) -> dict[str, Any]:
    """Self Data CAP-04: where to ask for access, and what to send there, but for the reason."""
    if asked.mode is Mode.CONTROL or asked.on.is_auxiliary or is_own(asked.on):
        return {}
    return {"accessRequest": pointer(asked, agent)}
