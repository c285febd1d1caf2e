"""An account may sign in as a WebID: one of its own pods, or one elsewhere that it has proven."""

from collections.abc import Collection
from urllib.parse import urlsplit

from pod.account.journal import Action
from pod.account.proof import codes_in, statement
from pod.flows.account.codes import PROOF, new_code
from pod.flows.account.journal import note
from pod.flows.account.own import check_usable, new_id
from pod.flows.context import Server
from pod.flows.document import graph_of
from pod.oidc.passwords import hash_secret
from pod.problems import Conflict, Malformed, TooMany, Unproven
from pod.store.server import Tables
from pod.store.server_values import WebIdLink
from vocab.graph import NamedNode

_MOST_CODES = 20  # that are looked at in one document


async def link_webid(account: str, webid: str, server: Server) -> WebIdLink:
    """The new link. Raises Malformed for what is no WebID, Conflict for one that is linked
    already, to this account or another, Unproven where a statement must be written into its
    document first, and TooMany.
    """
    webid, now = checked_webid(webid), server.now()
    link = WebIdLink(id=new_id(server), account=account, webid=webid, created=server.second)
    hashes: Collection[str] = ()
    if await server.accounts.read(lambda tables: _asked_for_proof(tables, link, server)):
        wait = server.throttles.attempts.take(f"account {account}", now)
        if wait is not None:
            raise TooMany("this WebID was looked at too often; wait a little", wait)
        document = await graph_of(webid, server, anew=True)
        hashes = [hash_secret(code) for code in codes_in(document, webid)[:_MOST_CODES]]
    code, text = new_code(PROOF, account, webid, server)

    def work(tables: Tables) -> bool:
        check_usable(tables, account)
        if tables.webids.find(webid=webid) is not None:
            # Who may write a profile must not become its owner by that, as long as she is here.
            raise Conflict("this WebID is linked to an account here already")
        tables.codes.remove_until("expires", now)
        proven = any(
            tables.codes.remove(hash=one, purpose=PROOF, account=account, about=webid)
            for one in hashes
        )
        if not (proven or _is_own(tables, link, server)):
            tables.codes.add(code)
            return False
        tables.webids.add(link)
        note(tables, account, Action.WEBID_LINKED, webid, now)
        return True

    if not await server.accounts.write(work):
        raise Unproven(
            "prove that this WebID is yours: write the statement in `details.quad` into its "
            "document, and link it again within 30 minutes; then you can remove the statement",
            statement(webid, text),
        )
    return link


async def webids_of(account: str, server: Server) -> tuple[WebIdLink, ...]:
    """The WebIDs that an account may sign in as."""
    return await server.accounts.read(lambda tables: tables.webids.all(account=account))


def checked_webid(text: str) -> str:
    """A WebID as it is. Raises Malformed for what cannot be one."""
    try:
        parts = urlsplit(NamedNode(text).value)
    except ValueError as error:
        raise Malformed("a WebID is an http address that begins with https://; check it") from error
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.username is not None:
        raise Malformed("a WebID is an http address that begins with https://; check it")
    return text


def _is_own(tables: Tables, link: WebIdLink, server: Server) -> bool:
    """Whether a WebID is in a pod of the account itself."""
    found = server.addresses.find(link.webid)
    return found is not None and (tables.pods.find(name=found[0], account=link.account) is not None)


def _asked_for_proof(tables: Tables, link: WebIdLink, server: Server) -> bool:
    """Whether there may be a proof in the document: until one was asked for, nothing is fetched."""
    asked = tables.codes.find(purpose=PROOF, account=link.account, about=link.webid)
    return asked is not None and not _is_own(tables, link, server)
