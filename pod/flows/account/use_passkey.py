"""Somebody signs in with a passkey."""

from pod.account.journal import Action
from pod.flows.account.codes import PASSKEY, new_code, redeem
from pod.flows.account.journal import note
from pod.flows.account.session import Asker, SignedIn, begin_session, count_attempt, new_session
from pod.flows.context import Server
from pod.problems import Forbidden, Malformed
from pod.store.server import Tables

_REFUSAL = "this passkey is not known here; sign in otherwise"


async def ask_for_passkey(asker: Asker, server: Server) -> str:
    """What a browser signs with any passkey that it has for this server, as JSON.

    Raises TooMany.
    """
    from pod.account import passkeys  # noqa: PLC0415 - its library takes 0.25 s to load

    count_attempt(asker, server)
    code, text = new_code(PASSKEY, None, "", server)

    def work(tables: Tables) -> None:
        tables.codes.remove_until("expires", server.now())
        tables.codes.add(code)

    await server.accounts.write(work)
    return passkeys.request_options(passkeys.Party(server.base), text.encode())


async def sign_in_with_passkey(
    answer: str, asker: Asker, server: Server, *, remembered: bool
) -> SignedIn:
    """A session in the account that a passkey is of. Raises Forbidden."""
    from pod.account import passkeys  # noqa: PLC0415 - its library takes 0.25 s to load

    try:
        credential, challenge = passkeys.named(answer), passkeys.challenge_in(answer)
    except Malformed as problem:
        raise Forbidden(_REFUSAL) from problem

    def work(tables: Tables) -> SignedIn:
        try:
            redeem(tables, PASSKEY, challenge.decode("ascii", "replace"), server.now())
        except Malformed as problem:
            raise Forbidden("this took too long; try again") from problem
        kept = tables.passkeys.find(credential=credential)
        login = None if kept is None else tables.logins.find(id=kept.login)
        if kept is None or login is None:
            raise Forbidden(_REFUSAL)
        key = passkeys.Passkey(
            credential=kept.credential, public_key=kept.public_key, signatures=kept.signatures
        )
        try:
            signatures = passkeys.proven(passkeys.Party(server.base), answer, challenge, key)
        except Malformed as problem:
            raise Forbidden(str(problem)) from problem
        tables.passkeys.set("signatures", signatures, login=login.id)
        begun = new_session(login.account, server, remembered=remembered)
        begin_session(tables, begun, asker, server)
        note(tables, login.account, Action.SIGNED_IN, begun.session.id, server.now())
        return begun

    return await server.accounts.write(work)
