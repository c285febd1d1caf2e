"""Somebody makes an account for herself, where the host lets people do so."""

from pod.account.controls import Registration
from pod.account.throttle import network_of
from pod.flows.account.begin import admit
from pod.flows.account.codes import INVITATION, redeem
from pod.flows.account.own import new_id
from pod.flows.account.session import Asker, SignedIn, begin_session, new_session
from pod.flows.context import Server
from pod.problems import Forbidden, TooMany
from pod.store.server import Tables
from pod.store.server_values import Account


async def register(invitation: str, asker: Asker, server: Server) -> SignedIn:
    """A new account, and a session in it.

    Raises Forbidden where people do not, Malformed for an invitation that is missing or of no use,
    and TooMany.
    """
    if server.config.registration_mode is Registration.CLOSED:
        raise Forbidden("accounts are made by the host of this server; ask for one")
    wait = server.throttles.creations.take(network_of(asker.peer), server.now())
    if wait is not None:
        raise TooMany("too many accounts were made from where you are; wait a little", wait)
    account = Account(id=new_id(server), created=server.second)
    begun = new_session(account.id, server, remembered=False, usable=False)

    def work(tables: Tables) -> None:
        if server.config.registration_mode is Registration.INVITE:
            redeem(tables, INVITATION, invitation, server.now())
        admit(tables, account, server.now())
        begin_session(tables, begun, asker, server)

    await server.accounts.write(work)
    return begun
