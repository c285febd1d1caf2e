"""What acts as a person may do in her pods once she has let it in: an app, or her own script."""

from pod.flows.context import Server
from pod.flows.own_spaces import spaces_owned_by
from pod.flows.trust import trust
from pod.oidc.tokens import client_iri


async def admit(client: str, webid: str, account: str, server: Server) -> None:
    """Let a client, by its id, do all that a person may in each pod of her account that her WebID
    owns: what every app may on other Solid servers.
    """
    for pod in await spaces_owned_by(account, webid, server):
        await trust(client_iri(server.base, client), pod)
