"""Recovery codes: made for an account, and used by who has lost every other way in."""

from datetime import timedelta

from pod.account.journal import Action
from pod.account.recovery import BYTES, COUNT, read, written
from pod.flows.account.codes import RECOVERY, redeem
from pod.flows.account.journal import note
from pod.flows.account.session import Asker, SignedIn, begin_session, count_attempt, new_session
from pod.flows.context import Server
from pod.oidc.passwords import hash_secret
from pod.problems import Forbidden, Malformed
from pod.store.server import Tables
from pod.store.server_values import Code

_FOR = timedelta(days=365 * 20)


async def make_codes(account: str, server: Server) -> tuple[str, ...]:
    """The codes of an account, shown this once; those made before are good no more."""
    now = server.second
    texts = tuple(written(server.random(BYTES)) for _ in range(COUNT))
    codes = [
        Code(
            hash=hash_secret(text.replace("-", "")),
            purpose=RECOVERY,
            account=account,
            about="",
            created=now,
            expires=now + _FOR,
        )
        for text in texts
    ]

    def work(tables: Tables) -> None:
        tables.codes.remove(purpose=RECOVERY, account=account)
        for code in codes:
            tables.codes.add(code)
        note(tables, account, Action.RECOVERY_MADE, "", now)

    await server.accounts.write(work)
    return texts


async def codes_left(account: str, server: Server) -> int:
    """How many codes of an account are still good."""
    return await server.accounts.read(
        lambda tables: len(tables.codes.all(purpose=RECOVERY, account=account))
    )


async def recover(text: str, asker: Asker, server: Server) -> SignedIn:
    """A session in the account that a code is of. Raises Forbidden and TooMany."""
    count_attempt(asker, server)
    typed = read(text)

    def work(tables: Tables) -> SignedIn:
        try:
            code = redeem(tables, RECOVERY, typed or "", server.now())
        except Malformed as problem:
            raise Forbidden("this recovery code is not good, or was used already") from problem
        if code.account is None:
            raise Forbidden("this recovery code is of no account")
        begun = new_session(code.account, server, remembered=False)
        begin_session(tables, begun, asker, server)
        note(tables, code.account, Action.RECOVERED, begun.session.id, server.now())
        return begun

    return await server.accounts.write(work)
