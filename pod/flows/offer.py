"""What the server says of its subscription services, and of who sends the messages."""

import hashlib

from acl import ANYONE, Access, Mode
from pod.channel import ChannelType
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.allow import NOTIFICATIONS, SENDER, SERVICES
from pod.ldp.represent import represent
from pod.model import Request, Resource
from pod.notify.description import Node, document, sender, service
from pod.rdf.formats import RdfFormat


async def offer(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The description of a service or of the sender, in any format of RDF. Anyone may read it."""
    address = str(request.target)
    if request.target.path == SENDER:
        node = sender(address, pod.server.base)
    else:
        node = service(service_type(request), address)
    found = described(request, node, pod)
    access = Access(target=found.iri, agent=ANYONE, modes=Mode.READ, public=Mode.READ, source=None)
    return Outcome(represent(request, found, access, pod.store.snapshot()))


def service_type(request: Request) -> ChannelType:
    """The type of the channels that the service at the target makes."""
    return ChannelType(SERVICES[request.target.path])


def services_of(pod: Pod) -> dict[ChannelType, str]:
    """The addresses of the services of a pod."""
    place = pod.store.storage + NOTIFICATIONS
    return {kind: f"{place}{kind.value}" for kind in ChannelType}


def described(request: Request, node: Node, pod: Pod) -> Resource:
    """What is said of the target, as a resource that is represented like any other."""
    text = document(node)
    return Resource(
        iri=request.target,
        media_type=RdfFormat.JSON_LD.media_type,
        content=text,
        version=hashlib.sha256(text).hexdigest()[:16],
        modified=pod.store.identity.created,
    )
