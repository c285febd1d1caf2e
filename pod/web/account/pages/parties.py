"""The apps and organisations of the page of apps: what each has in which space, and as rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pod.consent.deed import Who
from pod.flows.account.apps import AllowedApp, apps_of
from pod.flows.holdings import Held, Holding, holdings
from pod.flows.own_spaces import own_spaces
from pod.oidc.tokens import client_iri
from pod.store.server_values import Session
from pod.web.ui.sheet import Column, Sheet, Value
from pod.web.ui.told import Teller, short
from pod.web.visit import Visit

_COLUMNS = ("app", "address", "space", "data", "reason", "since", "until", "state", "used")


@dataclass(slots=True)
class Party:
    """One app or organisation, by its IRI: what it has in each space, by name, and whether it is
    let in.
    """

    id: str
    is_app: bool
    name: str = ""
    signed_in: AllowedApp | None = None
    spaces: list[tuple[str, Holding]] = field(default_factory=list)

    @property
    def called(self) -> str:
        """What to call it."""
        return self.name or short(self.id)

    @property
    def has_access(self) -> bool:
        return any(one.held or one.is_trusted for _, one in self.spaces)

    @property
    def has_any(self) -> bool:
        return self.has_access or self.signed_in is not None


async def parties_of(visit: Visit, session: Session) -> list[Party]:
    """All that have or had anything, those first that are signed in to; then by their IRIs."""
    server, found = visit.server, dict[str, Party]()
    for app in await apps_of(session.account, server):
        iri = client_iri(server.base, app.client)
        found[iri] = Party(iri, is_app=True, name=app.name, signed_in=app)
    for pod in await own_spaces(session.account, server):
        for one in await holdings(pod):
            who = one.party
            party = found.setdefault(who.name, Party(who.name, who.who is Who.APP))
            party.name = party.name or one.name
            party.spaces.append((pod.store.name, one))
    return list(found.values())


def access_sheet(parties: Iterable[Party], teller: Teller) -> Sheet:
    """Every access that was given, those that have ended too, a row each."""
    columns = (
        *(Column(name=name, title=teller.say(f"apps.col_{name}")) for name in _COLUMNS),
        Column(name="rows", title=teller.say("apps.col_rows"), is_number=True),
        Column(name="leaves", title=teller.say("apps.col_leaves")),
    )
    rows = tuple(
        _row(party, space, held, teller)
        for party in parties
        for space, one in party.spaces
        for held in _each(one)
    )
    return Sheet(name="access", title=teller.say("apps.table"), columns=columns, rows=rows)


def _each(one: Holding) -> Iterator[Held | None]:
    """The grants, and None for what an app may do that she trusts with everything."""
    yield from (*one.held, *one.past, *((None,) if one.is_trusted else ()))


def _row(party: Party, space: str, held: Held | None, teller: Teller) -> tuple[Value, ...]:
    who = (party.name or party.id, party.id, space)
    if held is None:
        return (*who, teller.say("apps.trusted"), *(None,) * 7)
    grant = held.grant
    state = "stopped" if held.is_over else grant.state.value
    return (
        *who,
        ", ".join(teller.items(grant.items)),
        teller.purpose(grant.purpose),
        grant.since,
        grant.changed if held.is_over else grant.until,
        teller.say(f"apps.state_{state}"),
        held.used,
        held.left.rows if held.left else 0,
        held.leaves,
    )
