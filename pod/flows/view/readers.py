"""Who but the person can read a category, by the rules that are in force now."""

from collections.abc import Iterator
from dataclasses import dataclass

from acl import (
    ANYONE,
    OWN_PAGES,
    AclIndex,
    Agent,
    ConditionKind,
    Mode,
    classes,
    decide,
    readable,
)
from pod.flows.consent.names import names_of
from pod.flows.context import Pod
from vocab.iri import ResourceIri
from vocab.places import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who can read: by IRI, and by name where one is known. `all` is whether it is all of
    the category, or a part.
    """

    iri: str
    name: str
    all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """All of them but the owner; `everyone` is whether anybody at all can."""

    everyone: bool
    known: tuple[Reader, ...]


async def readers(container: str, pod: Pod) -> Readers:
    """Who can read what is in a container below /data/, in the order of their addresses."""
    acls = pod.store.snapshot().acls()
    place = ResourceIri(pod.store.storage, f"{DATA}{container}/")
    found: dict[str, bool] = {}
    for name, agent in _named(acls):
        whole = Mode.READ in decide(acls, place, agent).modes
        if whole or _reads_some(acls, place, agent):
            found[name] = found.get(name, False) or whole
    names = await names_of(found, pod)
    return Readers(
        everyone=Mode.READ in decide(acls, place, ANYONE).modes,
        known=tuple(
            Reader(iri=iri, name=names.get(iri, ""), all=found[iri]) for iri in sorted(found)
        ),
    )


def _named(acls: AclIndex) -> Iterator[tuple[str, Agent]]:
    """Everybody that a rule names: others by their WebIDs, and apps of the owner by their own."""
    seen = dict.fromkeys(rule for rules in acls.rules.values() for rule in rules)
    for rule in seen:
        clients: set[str | None] = {
            client
            for condition in rule.conditions
            if condition.kind is ConditionKind.CLIENT
            for client in condition.values
        }
        for webid in rule.agents:
            for client in clients or {None}:
                if webid not in acls.owners:
                    yield webid, Agent(webid=webid, client=client)
                elif client is not None and client != OWN_PAGES:
                    yield client, Agent(webid=webid, client=client)


def _reads_some(acls: AclIndex, place: ResourceIri, agent: Agent) -> bool:
    """Whether something in a container has rules of its own that let somebody read it."""
    within = [one for one in classes(acls) if one.source and one.source.path.startswith(place.path)]
    return bool(readable(acls, within, agent))
