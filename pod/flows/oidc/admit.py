"""What an app that acts as a person may do in her pods, from when she lets it in."""

from pod.flows.context import Server
from pod.flows.trust import pods_of, trust, trusted_in
from pod.oidc.app import App
from pod.oidc.tokens import client_iri


async def trust_app(app: App, webid: str, account: str, server: Server) -> None:
    """Let an app do all that she may, in each pod of her account that the WebID owns: what every
    app may on other Solid servers.
    """
    for pod in await pods_of(account, webid, server):
        await trust(client_iri(server.base, app.id), pod)


async def is_trusted(app: App, webid: str, account: str, server: Server) -> bool:
    """Whether an app may do so already in every one of them; there may be none."""
    client = client_iri(server.base, app.id)
    pods = await pods_of(account, webid, server)
    return all(client in trusted_in(pod) for pod in pods)
