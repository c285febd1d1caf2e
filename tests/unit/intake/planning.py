"""An import planned with all of it in memory, of which a pod has only one part at a time there."""

from dataclasses import dataclass

from pod.intake.documents import written
from pod.intake.plan import Summary, provenance, summary
from pod.intake.sorting import Sorting
from pod.intake.sources import sources_of
from vocab.graph import nodes_of


class MemoryPartitions:
    def __init__(self):
        self._values = {}

    def put(self, key, value):
        self._values.setdefault(key, []).append(value)

    def keys(self):
        return self._values.keys()

    def take(self, key):
        return self._values.pop(key, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Summary):
    """What an import comes to: the documents to write, in order, and what there is to tell."""

    documents: tuple


def plan(export, items, naming, held, now, partitions=None):
    """Plans an import; `held` has the triples of each document that the pod has of the holder."""
    nodes = {path: nodes_of(graph) for path, graph in held.items()}
    sources = sources_of(naming, export.format, nodes.get, nodes.keys, export.made)
    sorting = Sorting(sources, partitions or MemoryPartitions())
    for item in items:
        sorting.add(item)
    documents = list(written(export, sorting, now))
    if documents:
        documents += provenance(export, sorting, now)
    documents.sort(key=lambda document: document.path)
    told = summary(export, sorting.tally, (document.path for document in documents))
    said = {name: getattr(told, name) for name in Summary.__dataclass_fields__}
    return Plan(documents=tuple(documents), **said)
