"""A web browser opens an address: it gets what it can show itself, or is sent to a page."""

from acl import Refused
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.flows.read import read
from pod.ldp.navigate import is_for_browsers, to_page
from pod.model import Request
from pod.problems import NotAcceptable, NotFound


async def browse(request: Request, pod: Pod, pieces: Pieces, *, page: str) -> Outcome:
    """What is stored, if a stranger may read it and it is no RDF; else the way to `page`."""
    found = pod.store.view(request.target).load(request.target)
    if found is not None and is_for_browsers(found):
        try:
            return await read(request, pod, pieces)
        except (Refused, NotFound, NotAcceptable):
            pass  # the answer must not tell that something is there
    return Outcome(to_page(request, page))
