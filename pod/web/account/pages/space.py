"""The spaces of who is at a page, and what the page says things with."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pod.consent.deed import Party
from pod.flows.consent.names import names_of
from pod.flows.context import Pod
from pod.flows.own_spaces import own_space, own_spaces
from pod.problems import NotFound
from pod.store.server_values import Session
from pod.web.ui.told import Teller
from pod.web.visit import Visit


async def chosen_space(visit: Visit, session: Session) -> Pod:
    """The space that the address or the form names, or the first there is. Raises NotFound."""
    name = visit.form.get("space") or visit.query.get("space")
    if name:
        return await own_space(session.account, name, visit.server)
    found = await own_spaces(session.account, visit.server)
    if not found:
        raise NotFound("this account has no space yet")
    return found[0]


def teller(visit: Visit, names: Mapping[str, str] = MappingProxyType({})) -> Teller:
    """What the page says things with; `names` are those of apps, by their IRIs."""
    return Teller(language=visit.look.language, now=visit.server.now(), names=names)


async def teller_of(visit: Visit, pod: Pod, parties: Iterable[Party]) -> Teller:
    """What the page says things with, that knows the names of these."""
    known = frozenset(party.name for party in parties if party.name)
    return teller(visit, await names_of(known, pod))
