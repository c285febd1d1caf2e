"""A new account, pending until it has a login; pending ones end after a while."""

from datetime import datetime

from pod.account.journal import Action
from pod.account.session import PENDING
from pod.flows.account.journal import note
from pod.flows.account.own import new_id
from pod.flows.context import Server
from pod.store.server import Tables
from pod.store.server_values import Account


async def begin(server: Server) -> Account:
    """A new account. Without a login it is of no use and soon gone."""
    made = Account(id=new_id(server), created=server.second)
    await server.accounts.write(lambda tables: admit(tables, made, server.now()))
    return made


def admit(tables: Tables, account: Account, now: datetime) -> None:
    """Add an account, and remove those that have been pending for too long; `now` in UTC."""
    for other in tables.accounts.all():
        if other.created + PENDING <= now and tables.logins.find(account=other.id) is None:
            tables.accounts.remove(id=other.id)
            tables.events.remove(account=other.id)
    tables.accounts.add(account)
    note(tables, account.id, Action.MADE, "", now)
