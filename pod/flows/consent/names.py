"""What the apps and people of explanations call themselves, as far as this server knows them."""

from collections.abc import Collection, Mapping

from pod.consent.manifest import read_manifest
from pod.flows.context import Pod
from pod.oidc.tokens import client_iri
from pod.store.server import Tables


async def names_of(clients: Collection[str], pod: Pod) -> Mapping[str, str]:
    """The names of apps by their IRIs, as access rules have them; those that are known.

    Nobody is asked: an app does not learn that its doings are looked at. What it called itself
    when access was asked for comes first, then what it did when its person signed in.
    """
    base = pod.server.base
    requests = [
        (one.client, read_manifest(one.manifest).name)
        for one in pod.store.snapshot().agreements.requests.all()
        if one.client in clients
    ]

    def found(tables: Tables) -> dict[str, str]:
        scripts = {client_iri(base, one.id): one.label for one in tables.clients.all()}
        consents = {client_iri(base, one.client): one.name for one in tables.consents.all()}
        return {name: said for name, said in (scripts | consents).items() if name in clients}

    names = await pod.server.accounts.read(found) if clients else {}
    asked = {client: name for client, name in reversed(requests) if client is not None and name}
    return {client: " ".join(name.split()) for client, name in (names | asked).items() if name}
