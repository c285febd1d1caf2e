"""An account as the commands make it: a person with a password, and her pods, known by its name."""

from pod.account.email import canonical_email
from pod.flows.account.add_password import add_password
from pod.flows.account.begin import begin
from pod.flows.account.create_pod import Made, create_pod
from pod.flows.account.delete_account import delete_account as delete_account_by_id
from pod.flows.context import Server
from pod.problems import Conflict, NotFound
from pod.store.server_values import OwnedPod


async def create_account(name: str, email: str, password: str, server: Server) -> Made:
    """Make an account and its pod; all of it or nothing.

    Raises Malformed for a name, an e-mail or a password that cannot be used, and Conflict where
    the name or the e-mail is taken.
    """
    server.addresses.check_new(name)
    if await owned_pod(name, server) is not None:
        raise Conflict("this name has an account already; choose another")
    address = canonical_email(email)
    account = await begin(server)
    try:
        await add_password(account.id, address, password, server)
        return await create_pod(account.id, name, None, server)
    except BaseException:
        await delete_account_by_id(account.id, server)
        raise


async def delete_account(name: str, server: Server) -> None:
    """Remove the account of a pod, with all its pods, leaving nothing; of one whose removal was
    broken off, what is left. Raises NotFound when there is neither.
    """
    owned = await owned_pod(name, server)
    if owned is not None:
        await delete_account_by_id(owned.account, server)
        return
    try:
        await server.pods.delete(name)
    except NotFound as problem:
        raise NotFound("there is no account of this name") from problem


async def owned_pod(name: str, server: Server) -> OwnedPod | None:
    """The pod of a name, as its account has it."""
    return await server.accounts.read(lambda tables: tables.pods.find(name=name))
