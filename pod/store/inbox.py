"""The inbox of a resource, read from its description once, when that is written.

It stands in the row of the resource itself, since every representation of that names it.
"""

from collections.abc import Callable

from pod.model import Content, Resource
from pod.problems import Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode
from vocab.names import LDP

LONGEST = 1000  # bytes; an answer has to carry it in its head


def inbox_in(description: Resource, read: Callable[[Content], bytes]) -> str | None:
    """The IRI that a description says is the inbox of its subject; None where it names none.

    Of several it is the first in order, and none that is longer than LONGEST.
    """
    syntax = RdfFormat.of(description.media_type)
    if syntax is None:
        return None
    try:
        graph = parse(read(description.content), syntax, str(description.iri))
    except (Problem, OSError):
        return None
    subject, inbox = NamedNode(str(description.iri.subject)), NamedNode(LDP.inbox)
    said = {t.object for t in graph if (t.subject, t.predicate) == (subject, inbox)}
    iris = {node.value for node in said if isinstance(node, NamedNode)}
    return min((iri for iri in iris if len(iri.encode()) <= LONGEST), default=None)


def to_row(inbox: str | None, storage: str) -> str | None:
    """An inbox as it stands in a row, so that one in the pod moves with it."""
    if inbox is None or not inbox.startswith(storage):
        return inbox
    return "/" + inbox.removeprefix(storage)


def from_row(text: str | None, storage: str) -> str | None:
    """An inbox from what stands in a row. Absolute IRIs begin with their scheme."""
    return storage + text[1:] if text and text.startswith("/") else text
