"""The page of apps: what each may do in which space, who is signed in to, and keys for scripts."""

from dataclasses import dataclass, field

from pod.consent.deed import Who
from pod.flows.account.apps import AllowedApp, apps_of
from pod.flows.account.issue_credentials import credentials_of, issue_credentials
from pod.flows.account.link_webid import webids_of
from pod.flows.account.revoke_credentials import revoke_credentials
from pod.flows.holdings import Holding, holdings
from pod.flows.own_spaces import own_spaces
from pod.model import Reply
from pod.oidc.tokens import client_iri
from pod.problems import Malformed
from pod.store.server_values import Session
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import teller
from pod.web.places import APPS, HOME, JOURNAL, TERMS
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other


@dataclass(slots=True)
class Shown:
    """One app or organisation, by its IRI: what it has in each space, by name, and whether it is
    let in.
    """

    id: str
    is_app: bool
    name: str = ""
    signed_in: AllowedApp | None = None
    spaces: list[tuple[str, Holding]] = field(default_factory=list)

    @property
    def has_access(self) -> bool:
        return any(one.held or one.is_trusted for _, one in self.spaces)

    @property
    def has_any(self) -> bool:
        return self.has_access or self.signed_in is not None


async def apps(visit: Visit, session: Session) -> Reply:
    return page("apps", visit.look, await values_of(visit, session))


async def makes_credentials(visit: Visit, session: Session) -> Reply:
    form = visit.form
    try:
        client, secret = await issue_credentials(
            session.account, form.get("label", "").strip(), form.get("webid", ""), visit.server
        )
    except Malformed as problem:
        return failed("apps", visit, problem, await values_of(visit, session))
    made = {"id": client.id, "secret": secret}
    return page("apps", visit.look, await values_of(visit, session) | {"made": made})


async def revokes_credentials(visit: Visit, session: Session) -> Reply:
    await revoke_credentials(session.account, visit.form.get("client", ""), visit.server)
    return see_other(APPS)


async def values_of(visit: Visit, session: Session) -> dict[str, object]:
    """What the page is filled with."""
    shown = await _shown(visit, session)
    return {
        "wrong": "",
        "made": None,
        "home": HOME,
        "here": APPS,
        "journal": JOURNAL,
        "terms": TERMS,
        "told": teller(visit),
        "apps": [one for one in shown if one.has_any],
        "past": [one for one in shown if any(each.past for _, each in one.spaces)],
        "can_pause": any(one.has_access for one in shown),
        "credentials": await credentials_of(session.account, visit.server),
        "webids": await webids_of(session.account, visit.server),
    }


async def _shown(visit: Visit, session: Session) -> list[Shown]:
    """All that have or had anything, those first that are signed in to; then by their IRIs."""
    server, found = visit.server, dict[str, Shown]()
    for app in await apps_of(session.account, server):
        iri = client_iri(server.base, app.client)
        found[iri] = Shown(iri, is_app=True, name=app.name, signed_in=app)
    for pod in await own_spaces(session.account, server):
        for one in await holdings(pod):
            party = one.party
            shown = found.setdefault(party.name, Shown(party.name, party.who is Who.APP))
            shown.name = shown.name or one.name
            shown.spaces.append((pod.store.name, one))
    return list(found.values())
