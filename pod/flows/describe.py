"""The storage description: what a pod says of itself to whoever asks (STO-04 to STO-06)."""

from acl import ANYONE, Access, Mode
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.description import storage_description
from pod.ldp.represent import represent
from pod.model import Request


async def describe(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The description, in any format of RDF. It is about the server's own doing, not her data."""
    found = storage_description(pod.store.storage, pod.store.identity.created)
    access = Access(target=found.iri, agent=ANYONE, modes=Mode.READ, public=Mode.READ, source=None)
    return Outcome(represent(request, found, access, pod.store.snapshot()))
