"""One request, from its address to its answer."""

import logging
from functools import partial

from aiohttp import web

from acl import Refused
from pod.flows.browse import browse
from pod.flows.context import Pod, Server
from pod.flows.outcome import Flow
from pod.flows.read import read
from pod.flows.run import note_refusal, run
from pod.http.cors import is_preflight, preflight
from pod.http.forwarded import Proxies
from pod.ldp.allow import allow_headers, is_own
from pod.ldp.constraints import constrained_by
from pod.ldp.links import asking_links, discovery_links
from pod.ldp.navigate import is_navigation
from pod.ldp.needs import asked_of
from pod.ldp.represent import VARY
from pod.model import Reply, Request
from pod.oidc.credentials import challenge
from pod.problems import NotFound, Problem, Unauthenticated
from pod.web.account.pages.table import answer_page, is_page
from pod.web.account.table import PLACE as ACCOUNTS
from pod.web.account.table import answer_account
from pod.web.arrival import arrival_of
from pod.web.browser import PLACE, browser_of
from pod.web.incoming import path_of, pieces_of, resource_request
from pod.web.lines import serve, stays_open
from pod.web.oidc.table import PLACE as SIGN_IN
from pod.web.oidc.table import answer_sign_in
from pod.web.own import answer_own, nothing_here, wants_page
from pod.web.packing import in_gzip
from pod.web.reply import reply_to, unexpected
from pod.web.routes import flow_for
from pod.web.send import Unanswered, send
from pod.web.ui.parts import PLACE as PARTS
from pod.web.ui.parts import answer_part

log = logging.getLogger("pod")

_PLACES = {ACCOUNTS: answer_account, SIGN_IN: answer_sign_in, PARTS: answer_part}


class Site:
    """The web site of one server: its own addresses, and those of every pod on it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._proxies = Proxies.of(server.config.trusted_proxies)
        self._browser = browser_of(server)

    async def handle(self, incoming: web.BaseRequest, scheme: str = "") -> web.StreamResponse:
        """Answer one request, whatever happens. `scheme` is that of a port which has no TLS; "" for
        one where a proxy in front may have done it.
        """
        try:
            return await self._answer(incoming, scheme)
        except ConnectionError:
            return Unanswered()

    async def _answer(self, incoming: web.BaseRequest, scheme: str) -> web.StreamResponse:
        pod: Pod | None = None
        request: Request | None = None
        addresses = self.server.addresses
        try:
            arrival = arrival_of(incoming, self._proxies, scheme)
            if arrival.scheme == "http" and addresses.scheme == "https":
                moved = _to(addresses.twin(arrival.host, path_of(incoming)))
                return await send(incoming, moved, None)
            name, rest = addresses.locate(arrival.host, path_of(incoming))
            pod = await self._pod(name)
            if pod is None:
                own = await self._own(incoming, arrival.peer)
                reply = await in_gzip(own, incoming, self.server.base)
            else:
                request = resource_request(incoming, pod.store.storage, rest, arrival.peer)
                if stays_open(request):
                    return await serve(incoming, request, pod)
                reply = await run(self._flow(request), request, pod, pieces_of(incoming))
        except (Problem, Refused) as problem:
            reply = self._refusal(problem, request)
            note_refusal(request, problem, reply, pod)
        except ConnectionError:
            raise  # nobody is left to answer
        except Exception:
            log.exception("a request failed")
            reply = unexpected()
        if is_preflight(incoming.method, incoming.headers):
            reply = preflight(reply, incoming.headers["Access-Control-Request-Method"])
        return await send(incoming, reply, pod.store if pod else None)

    async def _pod(self, name: str | None) -> Pod | None:
        """The pod of a name; None where the server itself is meant, or may be."""
        if name is None:
            return None
        pods = self.server.pods
        pod = pods.at_hand(name) or await pods.find(name)
        if pod is None and self.server.addresses.by_host:
            raise NotFound("there is no pod of this name here; check the address")
        return pod

    async def _own(self, incoming: web.BaseRequest, peer: str) -> Reply:
        path = path_of(incoming)
        if self._browser is not None and path.startswith(PLACE):
            return self._browser.answer(incoming)
        if is_page(incoming):
            return await answer_page(incoming, peer, self.server)
        for place, answer in _PLACES.items():
            if path.startswith(place):
                reply = await answer(incoming, peer, self.server)
                is_lost = place == ACCOUNTS and reply.status == 404 and wants_page(incoming)
                return nothing_here(incoming, self.server) if is_lost else reply
        return await answer_own(incoming, self.server)

    def _flow(self, request: Request) -> Flow:
        flow = flow_for(request.method, request.target)
        if flow is read and self._browser is not None and is_navigation(request):
            return partial(browse, page=self._browser.address)
        return flow

    def _refusal(self, problem: Problem | Refused, request: Request | None) -> Reply:
        links = () if request is None else (VARY, *discovery_links(request.target))
        if request is not None and isinstance(problem, NotFound):
            # HTTP-15: for clients, what does not say how it is patched cannot be made by a patch.
            links = (*links, *allow_headers(request.target))
        if request is not None:
            links = (*links, *constrained_by(problem, self.server.base))
        if request is not None and isinstance(problem, Refused):
            links = (*links, *asking_links(request.target))
        error = problem.error if isinstance(problem, Unauthenticated) else None
        asked = None
        # At the server's own addresses, what is asked for stands in the body, as it was sent.
        if request is not None and not is_own(request.target):
            asked = asked_of(request.method, request.target)
        return reply_to(problem, challenge(self.server.base, error), links, asked)


def _to(twin: str) -> Reply:
    """The answer to a request by http where there is https: the same address by that."""
    # Solid Protocol §2.1 #server-tls-https-redirect: "redirect all http URIs to their https
    # counterparts using a response with a 301 status code and a Location header".
    return Reply(status=301, headers=(("Location", twin),))
