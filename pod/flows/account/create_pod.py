"""A new pod of an account, with what Solid apps expect to find there."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from acl import OWN_PAGES, Agent, Mode, Need, Owner, decide, permit
from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.account.link_webid import checked_webid
from pod.flows.account.own import check_usable, new_id
from pod.flows.context import Server
from pod.ldp.profile import webid_of
from pod.ldp.provision import first_access, first_changes
from pod.oidc.tokens import client_iri
from pod.store.port import PodStore, Transaction
from pod.store.server import Tables
from pod.store.server_values import OwnedPod, PodOwner, WebIdLink
from vocab.iri import ResourceIri


@dataclass(frozen=True, slots=True)
class Made:
    """A pod, the WebID that owns it, and the link of the account to that, if it is the pod's."""

    pod: OwnedPod
    webid: str
    link: WebIdLink | None


async def create_pod(account: str, name: str, webid: str | None, server: Server) -> Made:
    """Make a pod, owned by a WebID elsewhere or by one of its own; all of it or nothing.

    Raises Malformed for a name or a WebID that cannot be used, or an account without a login, and
    Conflict where the name is taken.
    """
    server.addresses.check_new(name)
    storage, now = server.addresses.storage_of(name), server.second
    owner = webid_of(storage) if webid is None else checked_webid(webid)
    await server.accounts.read(lambda tables: check_usable(tables, account))
    pod = OwnedPod(name=name, account=account, storage=storage, created=now)
    link = WebIdLink(id=new_id(server), account=account, webid=owner, created=now)

    def work(tables: Tables) -> None:
        check_usable(tables, account)
        tables.pods.add(pod)
        tables.owners.add(PodOwner(pod=name, webid=owner, visible=False, created=now))
        if webid is None:
            tables.webids.add(link)
        note(tables, account, Action.POD_MADE, name, now)

    store = await server.pods.create(name, storage=storage, owner=owner)
    try:
        apps = frozenset[str]() if webid is None else await _apps(account, webid, server)
        await _fill(store, server, now, Owner(owner, apps))
        await server.accounts.write(work)
    except BaseException:
        await server.pods.delete(name)
        raise
    return Made(pod, owner, link if webid is None else None)


async def pods_of(account: str, server: Server) -> tuple[OwnedPod, ...]:
    """The pods of an account."""
    return await server.accounts.read(lambda tables: tables.pods.all(account=account))


async def _apps(account: str, webid: str, server: Server) -> frozenset[str] | None:
    """The apps that a WebID from before trusts with all of a new pod: the credentials that this
    account made for it. One that signs in elsewhere has no pages here to grant an app anything on.
    """

    def work(tables: Tables) -> frozenset[str] | None:
        if tables.webids.find(account=account, webid=webid) is None:
            return None
        made = tables.clients.all(account=account, webid=webid)
        return frozenset(client_iri(server.base, client.id) for client in made)

    return None if server.addresses.find(webid) is None else await server.accounts.read(work)


async def _fill(store: PodStore, server: Server, now: datetime, owner: Owner) -> None:
    """Put into an empty pod what each begins with."""
    agent = Agent(owner.webid, OWN_PAGES)
    access = partial(decide, first_access(store.storage, owner), agent=agent)
    grant = permit((Need(Mode.WRITE, ResourceIri(store.storage, "")),), access)
    kind = server.config.provision

    def work(tx: Transaction) -> None:
        for change in first_changes(store.storage, server.base, now, kind=kind, owner=owner):
            tx.apply(change, grant)

    await store.write(work)
