"""Which categories of data a query asks for, by what it names."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pod.sparql.dataset import Plan
from vocab.kinds import DOMAINS, KINDS
from vocab.places import DATA


def categories_asked(plan: Plan, storage: str, readable: frozenset[str]) -> tuple[str, ...]:
    """The domains that a query asks for, of those that its asker may read, in order.

    Where it names its documents, those that they are in; else those of the classes that it names;
    else, or where a variable stands for a property, all of them.
    """
    if plan.default_graphs is not None:
        graphs = plan.default_graphs | (plan.named_graphs or frozenset())
        asked = {_domain(graph.removeprefix(storage)) for graph in graphs}
    elif plan.named.any_property:
        asked = set(readable)
    else:
        named = (_domains().get(iri, frozenset()) for iri in plan.named.classes)
        asked = set().union(*named) or set(readable)
    return tuple(sorted(asked & readable))


def _domain(path: str) -> str:
    domain = path.removeprefix(DATA).partition("/")[0]
    return domain if path.startswith(DATA) and domain in DOMAINS else ""


@cache
def _domains() -> Mapping[str, frozenset[str]]:
    """The domains that records of a class are in, by the class."""
    found: dict[str, frozenset[str]] = {}
    for kind in KINDS.values():
        own = DOMAINS if kind.domain is None else frozenset({kind.domain})
        for iri in kind.types:
            found[iri] = found.get(iri, frozenset()) | own
    return MappingProxyType(found)
