"""Whether what lies in a pod keeps to the shapes of its classes, whoever wrote it.

Apps write what they like, and importers what conforms. So what apps wrote is looked at afterwards,
by our shapes and by those of the extension profiles of the server alike.
"""

from collections.abc import Iterator

from pod.flows.context import Pod
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.extended import Vocabulary
from vocab.iri import ResourceIri
from vocab.places import DATA
from vocab.shapes import Violation


def departures(pod: Pod) -> Iterator[Violation]:
    """What keeps records below data/ from conforming, document by document."""
    known = Vocabulary.of(pod.server.profiles.values())
    found = pod.store.snapshot()
    for one in found.documents(ResourceIri(pod.store.storage, DATA)):
        syntax = RdfFormat.of(one.media_type)
        if syntax is not None:
            yield from known.validator.validate(
                parse(found.read(one.content), syntax, str(one.iri))
            )
