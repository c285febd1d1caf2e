"""The journal of an account: a line is written with the change that it tells of, or with none."""

from datetime import datetime

from pod.account.journal import Action
from pod.flows.context import Server
from pod.store.server import Tables
from pod.store.server_values import Event


def note(tables: Tables, account: str, action: Action, about: str, now: datetime) -> None:
    """Write a line; `now` in UTC."""
    tables.note(Event(time=now, account=account, action=action.value, about=about))


async def journal(account: str, server: Server) -> tuple[Event, ...]:
    """The lines of an account, the oldest first."""
    return await server.accounts.read(lambda tables: tables.events.all(account=account))
