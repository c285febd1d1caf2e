"""What the apps and people of explanations call themselves, as far as this server knows them."""

from collections.abc import Collection, Mapping

from pod.agreements import AccessGrant, AccessRequest
from pod.consent.asked import of_request
from pod.consent.manifest import read_manifest
from pod.consent.record import asker_name
from pod.flows.context import Pod
from pod.oidc.tokens import client_ids
from pod.store.server import Tables
from pod.store.table import Table


async def names_of(clients: Collection[str], pod: Pod) -> Mapping[str, str]:
    """The names of apps and organisations by their IRIs, as access rules have them; those that are
    known.

    Nobody is asked: an app does not learn that its doings are looked at. What it called itself
    when access was asked for comes first, then what it did when its person signed in, and when she
    agreed to something: her records tell of who was stopped, too.
    """
    wanted = {client: client_ids(pod.server.base, client) for client in clients}

    def known(tables: Tables) -> dict[str, str]:
        return {client: _known(ids, tables) for client, ids in wanted.items()}

    names = await pod.server.accounts.read(known) if wanted else {}
    agreed = pod.store.snapshot().agreements
    found = {
        client: _asked(client, agreed.requests) or name or _recorded(client, agreed.grants)
        for client, name in names.items()
    }
    return {client: " ".join(name.split()) for client, name in found.items() if name}


def _asked(client: str, requests: Table[AccessRequest]) -> str:
    """What an app called itself when it asked for access last, or an organisation that asked for
    itself; "" where neither did.
    """
    names = (read_manifest(one.manifest).name for one in requests.all(client=client))
    own = (of_request(one) for one in requests.all(agent=client) if one.client is None)
    said = (one.name for one in own if one.name != client)
    return next(filter(None, (*names, *said)), "")


def _recorded(client: str, grants: Table[AccessGrant]) -> str:
    """What was called itself who was given access, as the latest record that says it has it."""
    own = (one for one in grants.all(agent=client) if one.client is None)
    every = (*grants.all(client=client), *own)
    return next(filter(None, (asker_name(one.record) for one in every)), "")


def _known(ids: Collection[str], tables: Tables) -> str:
    """What a client called itself when a person signed in last, or what she calls her script."""
    signed_in = [one for id_ in ids for one in tables.app_names.all(client=id_)]
    signed_in.sort(key=lambda one: one.created, reverse=True)
    scripts = (tables.clients.find(id=id_) for id_ in ids)
    names = (*(one.name for one in signed_in), *(one.label for one in scripts if one))
    return next(filter(None, names), "")
