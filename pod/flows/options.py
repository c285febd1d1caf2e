"""OPTIONS, which anyone may ask: what can be done at an address, not whether anything is there."""

from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.represent import options as represented
from pod.model import Request


async def options(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The methods and formats of the target."""
    return Outcome(represented(request.target, pod.store.snapshot()))
