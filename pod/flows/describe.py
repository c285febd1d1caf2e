"""The storage description: what a pod says of itself to whoever asks (STO-04 to STO-06)."""

from dataclasses import replace

from acl import ANYONE, Access, Mode
from pod.flows.context import Pod
from pod.flows.offer import services_of
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.description import storage_description, storage_graph
from pod.ldp.represent import answer, choose, show
from pod.model import Request
from pod.notify.description import beside, graph, services
from pod.rdf.formats import Form, RdfFormat


async def describe(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The description, in any format of RDF. It is about the server's own doing, not her data."""
    storage, created = pod.store.storage, pod.store.identity.created
    base = pod.server.base
    node = services(str(request.target), storage, services_of(pod))
    found = storage_description(storage, base, graph(node), created)
    access = Access(target=found.iri, agent=ANYONE, modes=Mode.READ, public=Mode.READ, source=None)
    form = choose(found, request.headers.get("Accept"))
    shown = show(found, form, pod.store.snapshot())
    if form == Form(RdfFormat.JSON_LD):
        # NTF-02: in the shape of the protocol's examples, for those who read it as JSON.
        shown = replace(shown, body=beside(node, storage_graph(storage, base)))
    return Outcome(answer(request, shown, access))
