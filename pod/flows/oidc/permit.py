"""What stands between a person and an app: who she is, what she has allowed, and the code."""

from pod.flows.context import Server
from pod.flows.issuers import is_signed_in_here
from pod.oidc.app import origin
from pod.oidc.authorization import Authorization
from pod.oidc.code import LIFETIME
from pod.oidc.interaction import Consent, SignedIn
from pod.oidc.passwords import hash_secret
from pod.store.app_values import CODE, AppName, Issued, KeptConsent
from pod.store.server import Tables
from pod.store.server_values import Session


async def person_of(session: Session | None, server: Server) -> SignedIn | None:
    """The person of a session, with the WebIDs that she may sign in as, by this server."""
    if session is None:
        return None
    links = await server.accounts.read(lambda tables: tables.webids.all(account=session.account))
    webids = tuple([one.webid for one in links if await is_signed_in_here(one.webid, server)])
    return SignedIn(account=session.account, at=session.created, webids=webids)


async def consents_of(
    asked: Authorization, person: SignedIn | None, server: Server
) -> tuple[Consent, ...]:
    """What a person has allowed this app for good, as it called itself and is answered now: one
    that goes by another name, or wants its codes elsewhere, is to be looked at again.
    """
    if person is None:
        return ()
    app, landing = asked.answerable.app, origin(asked.answerable.redirect_uri)
    kept = await server.accounts.read(
        lambda tables: tables.consents.all(
            account=person.account, client=app.id, landing=landing, name=app.name
        )
    )
    return tuple(Consent(webid=one.webid, scopes=frozenset(one.scopes.split())) for one in kept)


async def remember(
    asked: Authorization, consent: Consent, session: Session, server: Server
) -> None:
    """Keep what a person allows, in place of what she allowed this app there before."""
    app, landing = asked.answerable.app, origin(asked.answerable.redirect_uri)
    kept = KeptConsent(
        account=session.account,
        client=app.id,
        landing=landing,
        webid=consent.webid,
        scopes=" ".join(asked.scopes),
        name=app.name,
        created=server.second,
    )

    def work(tables: Tables) -> None:
        tables.consents.remove(account=session.account, client=app.id, landing=landing)
        tables.consents.add(kept)

    await server.accounts.write(work)


async def code_for(asked: Authorization, consent: Consent, session: Session, server: Server) -> str:
    """A code for what a person allows an app, kept until it is used or ends. An app that has
    registered itself stays for good from then on, and so does what it calls itself.
    """
    app = asked.answerable.app
    text, family = server.random_text(32), server.random_text(16)
    now = server.second
    kept = Issued(
        hash=hash_secret(text),
        kind=CODE,
        family=family,
        account=session.account,
        client=app.id,
        webid=consent.webid,
        scopes=" ".join(asked.scopes),
        jkt=asked.jkt,
        redirect_uri=asked.answerable.redirect_uri,
        challenge=asked.challenge,
        nonce=asked.nonce,
        signed_in=session.created,
        created=now,
        expires=now + LIFETIME,
    )

    called = AppName(account=session.account, client=app.id, name=app.name, created=now)

    def work(tables: Tables) -> None:
        tables.issued.add(kept)
        if app.name:
            tables.app_names.remove(account=session.account, client=app.id)
            tables.app_names.add(called)
        tables.apps.set("expires", None, id=kept.client)

    await server.accounts.write(work)
    return text
