"""Somebody looks around in a demonstration: she enters its account without a password."""

from pod.account.journal import Action
from pod.account.throttle import network_of
from pod.flows.account.journal import note
from pod.flows.account.session import Asker, SignedIn, begin_session, new_session
from pod.flows.context import Server
from pod.problems import NotFound, TooMany
from pod.store.server import Tables


async def visit(asker: Asker, server: Server) -> SignedIn:
    """A session in the account of the pod that the setting `visited` names.

    Raises NotFound where there is no such setting or pod, and TooMany.
    """
    name = server.config.visited
    if not name:
        raise NotFound("nobody can look around here; make a space, or sign in to yours")
    wait = server.throttles.attempts.take(network_of(asker.peer), server.now())
    if wait is not None:
        raise TooMany("there were too many visits; wait before you try again", wait)
    found = await server.accounts.read(lambda tables: tables.pods.find(name=name))
    if found is None:
        raise NotFound("what could be looked at is not here any more")
    begun = new_session(found.account, server, remembered=False)

    def work(tables: Tables) -> None:
        begin_session(tables, begun, asker, server)
        note(tables, found.account, Action.SIGNED_IN, begun.session.id, server.now())

    await server.accounts.write(work)
    return begun
