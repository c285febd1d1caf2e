"""The records of a pod as they lie in its documents, looked at by their properties."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from vocab.graph import Graph, Node, nodes_of
from vocab.names import RDF, SD


@dataclass(frozen=True, slots=True)
class Held:
    """One record: its IRI, and what is said of it, by the IRIs of properties."""

    iri: str
    said: Node

    def is_a(self, kind: str) -> bool:
        """Whether it has a class, by its IRI."""
        return any(term.value == kind for term in self.said.get(RDF.type, ()))

    def texts(self, name: str) -> list[str]:
        """All that is said with a property, in alphabetical order."""
        return sorted(term.value for term in self.said.get(name, ()))

    def text(self, name: str) -> str:
        """What is said with a property; "" where nothing is."""
        return next(iter(self.texts(name)), "")

    def number(self, name: str) -> Decimal | None:
        try:
            return Decimal(self.text(name))
        except InvalidOperation:
            return None

    def day(self, name: str) -> date | None:
        """A civil date."""
        try:
            return date.fromisoformat(self.text(name)[:10])
        except ValueError:
            return None

    def moment(self, name: str) -> datetime | None:
        """An instant, with its offset; None too for one without."""
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            return None
        return found if found.tzinfo else None


def held(graphs: Iterable[Graph]) -> Mapping[str, Held]:
    """Every record of some documents, by IRI: what a holder gave, and the accounts it hangs on."""
    found: dict[str, Held] = {}
    for graph in graphs:
        for subject, said in nodes_of(graph).items():
            if not subject.startswith("_:") and SD.holder in said:
                found[subject] = Held(subject, said)
    return dict(sorted(found.items()))


def of_class(records: Mapping[str, Held], kind: str) -> Iterator[Held]:
    """Those of a class, by its IRI, in the order of their IRIs."""
    return (one for one in records.values() if one.is_a(kind))
