"""The addresses of sign-in, and the way from a request at one of them to an answer."""

import re

from aiohttp import web

from pod.flows.context import Server
from pod.model import Reply
from pod.problems import Forbidden, Malformed, NotFound, TooMany
from pod.web.incoming import path_of
from pod.web.methods import chosen, options
from pod.web.oidc.data import ask_data, gives_data
from pod.web.oidc.end import asks_to_end, ends
from pod.web.oidc.endpoints import ENDPOINTS
from pod.web.oidc.pages import (
    Show,
    arrive,
    ask,
    decides,
    failed,
    shows_logo,
    signs_in,
    switches,
)
from pod.web.visit import visit_of

PLACE = "/.oidc/"
PAGES: dict[str, dict[str, Show]] = {
    "/.oidc/auth": {"GET": arrive, "POST": arrive},
    "/.oidc/interaction/*/": {"GET": ask},
    "/.oidc/interaction/*/logo": {"GET": shows_logo},
    "/.oidc/interaction/*/sign-in": {"POST": signs_in},
    "/.oidc/interaction/*/consent": {"POST": decides},
    "/.oidc/interaction/*/data/*": {"GET": ask_data, "POST": gives_data},
    "/.oidc/interaction/*/switch": {"POST": switches},
    "/.oidc/session/end": {"GET": asks_to_end, "POST": asks_to_end},
    "/.oidc/session/end/confirm": {"POST": ends},
}
# An app may send its own form here; whose session it is counts for nothing then.
_FOR_APPS = frozenset({arrive, asks_to_end})

_PATTERNS = tuple(
    (re.compile(re.escape(path).replace(r"\*", "([A-Za-z0-9_-]+)")), shows)
    for path, shows in PAGES.items()
)


async def answer_sign_in(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    """The answer at an address below `/.oidc/`. Raises NotFound and MethodNotAllowed."""
    path = path_of(incoming).partition("?")[0]
    if path in ENDPOINTS:
        answers = ENDPOINTS[path]
        if incoming.method == "OPTIONS":
            return options(answers)
        return await chosen(incoming.method, answers)(incoming, peer, server)
    for pattern, shows in _PATTERNS:
        found = pattern.fullmatch(path)
        if found is not None:
            if incoming.method == "OPTIONS":
                return options(shows)
            interaction = "/".join(found.groups())
            show = chosen(incoming.method, shows)
            return await _shown(incoming, peer, server, show, interaction)
    raise NotFound("nothing is at this address; apps find theirs in the issuer's configuration")


async def _shown(
    incoming: web.BaseRequest, peer: str, server: Server, show: Show, interaction: str
) -> Reply:
    visit = await visit_of(incoming, peer, server)
    if not visit.is_own_page and show not in _FOR_APPS:
        return failed(visit, Forbidden("the form came from another page than ours"))
    try:
        return await show(visit, interaction)
    except (Malformed, NotFound, Forbidden, TooMany) as problem:
        return failed(visit, problem)
