"""One request, from its address to its answer."""

import logging

from aiohttp import web

from acl import Refused
from pod.flows.context import Pod, Server
from pod.flows.run import run
from pod.http.cors import is_preflight, preflight
from pod.ldp.allow import allow_headers
from pod.ldp.links import discovery_links
from pod.ldp.represent import VARY
from pod.model import Reply, Request
from pod.oidc.credentials import challenge
from pod.problems import NotFound, Problem, Unauthenticated
from pod.web.incoming import check_host, path_of, pieces_of, resource_request
from pod.web.own import answer_own
from pod.web.reply import reply_to, unexpected
from pod.web.routes import flow_for
from pod.web.send import Unanswered, send

log = logging.getLogger("pod")


class Site:
    """The web site of one server: its own addresses, and those of every pod on it."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def handle(self, incoming: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, whatever happens."""
        try:
            return await self._answer(incoming)
        except ConnectionError:
            return Unanswered()

    async def _answer(self, incoming: web.BaseRequest) -> web.StreamResponse:
        pod: Pod | None = None
        request: Request | None = None
        try:
            check_host(incoming, self.server.config)
            first, slash, rest = path_of(incoming)[1:].partition("/")
            pods = self.server.pods
            pod = (pods.at_hand(first) or await pods.find(first)) if slash else None
            if pod is None:
                reply = await answer_own(incoming, self.server)
            else:
                request = resource_request(incoming, pod.store.storage, rest)
                flow = flow_for(request.method, request.target)
                reply = await run(flow, request, pod, pieces_of(incoming))
        except (Problem, Refused) as problem:
            reply = self._refusal(problem, request)
        except ConnectionError:
            raise  # nobody is left to answer
        except Exception:
            log.exception("a request failed")
            reply = unexpected()
        if is_preflight(incoming.method, incoming.headers):
            reply = preflight(reply, incoming.headers["Access-Control-Request-Method"])
        return await send(incoming, reply, pod.store if pod else None)

    def _refusal(self, problem: Problem | Refused, request: Request | None) -> Reply:
        links = () if request is None else (VARY, *discovery_links(request.target))
        if request is not None and isinstance(problem, NotFound):
            # HTTP-15: for clients, what does not say how it is patched cannot be made by a patch.
            links = (*links, *allow_headers(request.target))
        error = problem.error if isinstance(problem, Unauthenticated) else None
        return reply_to(problem, challenge(self.server.base, error), links)
