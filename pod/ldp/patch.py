"""What a PATCH does to what is there (Solid Protocol §5.3.1)."""

from datetime import datetime

from pod.ldp.allow import check_address
from pod.ldp.containers import listing
from pod.ldp.facts import Facts
from pod.ldp.operation import Operation
from pod.ldp.place import changes_to, check_graph, check_place
from pod.model import Change, Draft, Resource
from pod.problems import Conflict, NotFound, TooLarge, UnsupportedMediaType
from pod.rdf.formats import Form, RdfFormat
from pod.rdf.parse import LIMIT, parse
from pod.rdf.patch import Patch
from pod.rdf.patched import Patched, created, patched
from pod.rdf.reading import MAX_STATEMENTS
from vocab.graph import Graph, NamedNode
from vocab.names import LDP

NOTHING: Graph = frozenset()


def patch(operation: Operation, facts: Facts, now: datetime) -> tuple[Change, ...]:
    """The containers that are created on the way, outermost first, and the resource itself.

    Nothing where the document already says what it would then. `now` is in UTC. Raises Conflict,
    NotFound, MethodNotAllowed, UnsupportedMediaType, Unprocessable or TooLarge.
    """
    target, before = operation.target, facts.before
    check_address(target)
    if before is None:
        check_place(facts)
        after, media_type = created(str(target), operation.patch), RdfFormat.TURTLE.media_type
        if not after.graph:
            raise NotFound("nothing is here to patch; create it by adding something")
    else:
        after, media_type = _patched(operation.patch, before, facts), before.media_type
    check_graph(after.graph, target, facts)
    if not (after.difference.added or after.difference.removed):
        # N3-17: what changes nothing makes no new version.
        return ()
    if len(after.graph) > MAX_STATEMENTS:
        raise TooLarge(f"the document would have more than {MAX_STATEMENTS} statements; split it")
    if len(after.text) > LIMIT:
        raise TooLarge(f"the document would have more than {LIMIT // 2**20} MiB; split it")
    draft = Draft(media_type=media_type, content=after.text, modified=now.replace(microsecond=0))
    return changes_to(target, facts, draft)


def _patched(asked: Patch, before: Resource, facts: Facts) -> Patched:
    syntax = RdfFormat.of(before.media_type)
    if syntax is None:
        # RFC 5789 §2.2: "a patch document format that the server does not support for the
        # resource"; there is none that it does.
        raise UnsupportedMediaType("this is not an RDF document; replace it by PUT")
    if before.size > LIMIT:
        raise TooLarge(f"documents of more than {LIMIT // 2**20} MiB are replaced by PUT")
    given = _listed(before, facts) if before.iri.is_container and asked.reads else NOTHING
    after = patched(facts.text(), syntax, str(before.iri), asked, given)
    if after.difference.removed & given:
        # Solid Protocol §5.3 #server-protect-containment: "Servers MUST NOT allow HTTP PUT or
        # PATCH on a container to update its containment triples; if the server receives such a
        # request, it MUST respond with a 409 status code".
        raise Conflict("the server itself says what a container holds; leave that as it is")
    return after


def _listed(container: Resource, facts: Facts) -> Graph:
    """What the server says of the members of a container: conditions may be about it.

    What it says of the container itself is what every container is, and no condition.
    """
    text = listing(container, facts.members(), Form(RdfFormat.N_TRIPLES))
    listed = parse(text, RdfFormat.N_TRIPLES, str(container.iri))
    own, contains = NamedNode(str(container.iri)), NamedNode(LDP.contains)
    return frozenset(t for t in listed if t.subject != own or t.predicate == contains)
