"""Somebody at a page of the server: who she is by her cookie, what she sent, how she reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from pod.account.session import INTERACTION, REMEMBERED, cookie, is_own_page, shown_cookie
from pod.flows.account.session import Asker, SignedIn, session_of
from pod.flows.body import whole
from pod.flows.context import Server
from pod.model import Reply
from pod.oidc.interaction import Begun, read_begun
from pod.problems import Malformed
from pod.store.server_values import Session
from pod.web.incoming import Fields, path_of, pieces_of
from pod.web.look import look_of
from pod.web.ui.page import Look
from pod.web.upload import FORM as WITH_FILES
from pod.web.upload import Form, form_of

FORM_LIMIT = 64 * 1024
_MOST_FIELDS = 100  # the screen of an app that says nothing about itself has most
_FORM = "application/x-www-form-urlencoded"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of a browser. `query` are the parameters of its address, and `pairs` the same of
    a GET, or the fields of a form; `begun` is what the browser keeps of requests of apps.

    `is_own_page` is whether it comes from a page of this server, or from no page at all. `files`
    is a form with files where a page takes one: it is still arriving, and its fields are not in
    `pairs`.
    """

    server: Server
    method: str
    peer: str
    session: Session | None
    begun: Begun | None
    is_own_page: bool
    look: Look
    query: Mapping[str, str]
    pairs: Pairs
    files: Form | None = None

    @property
    def form(self) -> Mapping[str, str]:
        return dict(self.pairs)

    @property
    def asker(self) -> Asker:
        return Asker(peer=self.peer, session=self.session)


async def visit_of(
    incoming: web.BaseRequest, peer: str, server: Server, *, takes_files: bool = False
) -> Visit:
    """Raises Malformed for a form that cannot be read, and TooLarge."""
    files = form_of(incoming) if takes_files and _sent_as(incoming) == WITH_FILES else None
    headers = Fields(incoming.headers)
    query = _read(path_of(incoming).partition("?")[2])
    carried = shown_cookie(headers, incoming.method, server.base)
    session = await session_of(carried, server)
    return Visit(
        server=server,
        method=incoming.method,
        peer=peer,
        session=session,
        begun=read_begun(shown_cookie(headers, incoming.method, server.base, INTERACTION)),
        is_own_page=is_own_page(headers, incoming.method, server.base),
        look=look_of(incoming, server, is_signed_in=session is not None),
        query=dict(query),
        pairs=await _pairs(incoming, query, files),
        files=files,
    )


def see_other(address: str, *cookies: str) -> Reply:
    """The way from a form to the page that comes after it."""
    headers = (("Location", address), ("Cache-Control", "no-store"))
    return Reply(status=303, headers=(*headers, *(("Set-Cookie", kept) for kept in cookies)))


def kept_cookie(begun: SignedIn, base: str) -> str:
    """The cookie of a session that begins."""
    lasting = int(REMEMBERED.total_seconds()) if begun.session.remembered else None
    return cookie(begun.token, base, lasting)


def no_cookie(base: str) -> str:
    """The cookie of a session that ends."""
    return cookie("", base, 0)


async def _pairs(incoming: web.BaseRequest, query: Pairs, files: Form | None) -> Pairs:
    if incoming.method != "POST":
        return query
    return () if files else await _sent(incoming)


def _sent_as(incoming: web.BaseRequest) -> str:
    return incoming.headers.get("Content-Type", "").partition(";")[0].strip().lower()


async def _sent(incoming: web.BaseRequest) -> Pairs:
    body = await whole(pieces_of(incoming), FORM_LIMIT)
    if body and _sent_as(incoming) != _FORM:
        raise Malformed("send a form, as application/x-www-form-urlencoded")
    return _read(body.decode("utf-8", errors="replace"))


def _read(text: str) -> Pairs:
    try:
        return tuple(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Malformed("there are too many fields; go back and try again") from error
