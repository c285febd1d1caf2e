"""A person has another provider sign her in, or one more, or not any more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from acl import Mode, Need, decide, permit
from pod.account.journal import Action
from pod.flows.account.journal import note
from pod.flows.context import Pod, Server
from pod.flows.issuers import issuers_in
from pod.flows.journal import line, words
from pod.flows.oidc.families import ending, marks_of
from pod.flows.owner import owner_of
from pod.ldp.issuers import Naming, renamed
from pod.ldp.profile import document_of
from pod.oidc.issuer import ACCEPT, configuration_address, read_configuration
from pod.problems import Conflict, Malformed, NotFound, TooMany
from pod.store.port import Transaction
from pod.store.server import Tables
from pod.store.server_values import OwnedPod, WebIdLink
from vocab.graph import NamedNode
from vocab.iri import ResourceIri

_LONGEST = 1000  # characters of an issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which issuer she names, or removes; and whether she is `sure` where she could lock herself
    out.
    """

    issuer: str
    remove: bool
    sure: bool


async def named_issuers(account: str, link: str, server: Server) -> tuple[str, tuple[str, ...]]:
    """A WebID of an account, by the id of its link, and the issuers that its profile names; none
    where the profile is not in a pod of the account. Raises NotFound for no such link.
    """
    webid, pod = await _at_home(account, link, server)
    return webid, () if pod is None else issuers_in(pod, webid)


async def name_issuer(account: str, link: str, wanted: Wanted, server: Server) -> None:
    """Change which issuers the profile of a WebID names, by the id of its link.

    Raises NotFound for no such link or issuer, Malformed for what is no issuer or a profile that
    is elsewhere, Conflict for the last one, or this server where she is not sure; and TooMany.
    """
    webid, pod = await _at_home(account, link, server)
    if pod is None:
        raise Malformed("the profile of this identity is elsewhere; change it there")
    _check_address(wanted.issuer, server)
    ours = wanted.issuer == server.base
    if wanted.remove and ours and not wanted.sure:
        raise Conflict("apps could not sign you in by this server any more; say that you are sure")
    if not (wanted.remove or ours or wanted.sure):
        await _check_provider(account, wanted.issuer, server)
    naming = Naming(webid=webid, issuer=wanted.issuer, remove=wanted.remove)
    if await _written(naming, pod, server.second):
        await _follow(account, naming, server)


async def _at_home(account: str, link: str, server: Server) -> tuple[str, Pod | None]:
    """The WebID of a link, and the pod of this account that it is in, if it is in one."""

    def found(tables: Tables) -> tuple[WebIdLink | None, tuple[OwnedPod, ...]]:
        return tables.webids.find(id=link, account=account), tables.pods.all(account=account)

    linked, pods = await server.accounts.read(found)
    if linked is None:
        raise NotFound("this account has no such link")
    name = next((pod.name for pod in pods if linked.webid.startswith(pod.storage)), None)
    return linked.webid, None if name is None else await server.pods.find(name)


def _check_address(issuer: str, server: Server) -> None:
    # OpenID Connect Discovery §3: an issuer is "a URL using the https scheme with no query or
    # fragment components".
    schemes = {"https", "http"} if server.config.development else {"https"}
    try:
        parts = urlsplit(NamedNode(issuer).value)
        usable = parts.scheme in schemes and parts.hostname and parts.username is None
    except ValueError:
        usable = False
    if not usable or "?" in issuer or "#" in issuer or len(issuer) > _LONGEST:
        raise Malformed("a provider has an address that begins with https://; check it")


async def _check_provider(account: str, issuer: str, server: Server) -> None:
    """Raise Malformed where nobody answers to the very name: a slash too many locks her out."""
    wait = server.throttles.attempts.take(f"account {account}", server.now())
    if wait is not None:
        raise TooMany("too many providers were looked at; wait a little", wait)
    try:
        found = await server.fetch(configuration_address(issuer), ACCEPT, anew=True)
        read_configuration(b"" if found is None else found.body, issuer)
    except (ValueError, RecursionError) as error:
        raise Malformed(
            "no provider answers there that calls itself exactly so; check the address and its"
            " last slash, or say that you are sure"
        ) from error


async def _written(naming: Naming, pod: Pod, now: datetime) -> bool:
    """Whether the profile was changed. Raises NotFound where there is none."""
    storage, owner = pod.store.storage, owner_of(pod)
    document = ResourceIri(storage, document_of(naming.webid).removeprefix(storage))

    def work(tx: Transaction) -> bool:
        grant = permit((Need(Mode.CONTROL, document),), partial(decide, tx.acls(), agent=owner))
        before = tx.load(document)
        if before is None:
            raise NotFound("there is no profile at the address of this identity; write one first")
        change = renamed(naming, before, tx.read(before.content), now)
        if change is not None:
            tx.apply(change, grant)
            tx.note(line(owner, "ISSUER", document, words(Mode.CONTROL), now))
        return change is not None

    changed = await pod.store.write(work)
    # Its headers name the issuers too.
    pod.shown.clear()
    pod.repeated.clear()
    return changed


async def _follow(account: str, naming: Naming, server: Server) -> None:
    """Note the change; what this server had signed in ends where it is not to sign in any more."""
    action = Action.ISSUER_REMOVED if naming.remove else Action.ISSUER_ADDED
    over = naming.remove and naming.issuer == server.base

    def work(tables: Tables) -> Collection[str]:
        about = f"{naming.webid} {naming.issuer}"
        note(tables, account, action, about, server.now())
        if not over:
            return ()
        having = {"account": account, "webid": naming.webid}
        marks = marks_of(tables, **having) | {one.id for one in tables.clients.all(**having)}
        tables.issued.remove(**having)
        tables.consents.remove(**having)
        return marks

    await ending(work, server)
