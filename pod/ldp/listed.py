"""What a listing says: of which subjects and with which properties, counted as it passes."""

from collections.abc import Iterable, Iterator

from pod.model import Member, Said
from pod.rdf.said import fields_of
from vocab.graph import Graph, NamedNode
from vocab.iri import ResourceIri
from vocab.names import DCTERMS, LDP, RDF, STAT

_OF_ALL = frozenset({RDF.type, DCTERMS.modified})
_OF_MEMBERS = frozenset({LDP.contains, STAT.mtime})


class Listed:
    """One listing: `description` is what a client said of the container."""

    def __init__(self, container: ResourceIri, description: Graph) -> None:
        self._described = frozenset(one.predicate.value for one in description)
        # Subjects that the members, as they pass, may turn out to be.
        self._others = {one.subject for one in description} - {NamedNode(str(container))}
        self._subjects = 0
        self._documents = False

    def all(self, members: Iterable[Member]) -> Said:
        """What the listing of these members says."""
        for _ in self.passing(members):
            pass
        return self.said

    def passing(self, members: Iterable[Member]) -> Iterator[Member]:
        """The members, which are counted the first time they pass."""
        return iter(members) if self._subjects else self._counted(members)

    @property
    def said(self) -> Said:
        """What was counted, when all members have passed."""
        members = _OF_MEMBERS if self._subjects > 1 else frozenset()
        sizes = frozenset({STAT.size}) if self._documents else frozenset()
        fields = fields_of(_OF_ALL | members | sizes | self._described)
        return Said(self._subjects + len(self._others), fields)

    def _counted(self, members: Iterable[Member]) -> Iterator[Member]:
        self._subjects = 1  # the container
        for member in members:
            self._subjects += 1
            if not member.iri.is_container:
                self._documents = True
            if self._others:
                self._others.discard(NamedNode(str(member.iri)))
            yield member
