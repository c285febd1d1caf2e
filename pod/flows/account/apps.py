"""The apps that somebody signs in to: which they are, and their end."""

from dataclasses import dataclass
from datetime import datetime

from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.context import Server
from pod.flows.oidc.families import end_app
from pod.store.server import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedApp:
    """An app and what it may do: be let in without asking, go on while she is away."""

    client: str
    name: str
    since: datetime
    remembered: bool
    offline: bool


async def apps_of(account: str, server: Server) -> tuple[AllowedApp, ...]:
    """The apps that an account has let in, the latest first."""
    now = server.now()

    def work(tables: Tables) -> tuple[AllowedApp, ...]:
        consents = {one.client: one for one in tables.consents.all(account=account)}
        names = {one.client: one.name for one in tables.app_names.all(account=account)}
        issued = [one for one in tables.issued.all(account=account) if one.expires > now]
        since = {one.client: one.created for one in issued}
        since |= {one.client: one.created for one in consents.values()}
        return tuple(
            AllowedApp(
                client=client,
                name=names.get(client, ""),
                since=since[client],
                remembered=client in consents,
                offline=any(one.client == client and one.kind == "refresh" for one in issued),
            )
            for client in sorted(since, key=lambda client: since[client], reverse=True)
        )

    return await server.accounts.read(work)


async def stop_app(account: str, client: str, server: Server) -> None:
    """End all that an app was allowed, at once."""
    await end_app(account, client, server)
    await server.accounts.write(
        lambda tables: note(tables, account, Action.APP_STOPPED, client, server.now())
    )
