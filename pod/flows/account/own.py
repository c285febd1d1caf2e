"""What is an account's own: the first question about everything that is named in an address."""

from pod.flows.context import Server
from pod.problems import Malformed, NotFound
from pod.store.server import Tables
from pod.store.server_values import OwnedPod


def new_id(server: Server) -> str:
    return server.random(16).hex()


def check_there(tables: Tables, account: str) -> None:
    """Raise NotFound where there is no such account."""
    if tables.accounts.find(id=account) is None:
        raise NotFound("this account is gone")


def check_usable(tables: Tables, account: str) -> None:
    """Raise NotFound where there is no such account, Malformed where nobody can sign in to it."""
    check_there(tables, account)
    if tables.logins.find(account=account) is None:
        raise Malformed("an account needs at least 1 login method")


def remove_pod(tables: Tables, pod: OwnedPod) -> None:
    """Remove what is known of a pod, and every link to a WebID in it, whoever has proven it: who
    gets the name next, gets these WebIDs too.
    """
    tables.pods.remove(name=pod.name)
    for link in tables.webids.all():
        if link.webid.startswith(pod.storage):
            tables.webids.remove(id=link.id)


def pod_of_account(tables: Tables, account: str, name: str) -> OwnedPod:
    """Raises NotFound where the account has no such pod."""
    found = tables.pods.find(name=name, account=account)
    if found is None:
        raise NotFound("this account has no such pod")
    return found
