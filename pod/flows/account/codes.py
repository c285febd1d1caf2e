"""Codes that are good for one use: made, handed to a person, redeemed. Kept as hashes."""

from datetime import datetime, timedelta
from typing import Final

from pod.flows.context import Server
from pod.oidc.passwords import hash_secret
from pod.problems import Malformed
from pod.store.server import Tables
from pod.store.server_values import Code

INVITATION: Final = "invitation"
RESET: Final = "reset"
PROOF: Final = "proof"
NEW_PASSKEY: Final = "new passkey"
PASSKEY: Final = "passkey"
RECOVERY: Final = "recovery"

_BYTES = 16
_TIME = {
    INVITATION: timedelta(days=14),
    RESET: timedelta(hours=24),
    PROOF: timedelta(minutes=30),
    NEW_PASSKEY: timedelta(minutes=10),
    PASSKEY: timedelta(minutes=10),
}


def new_code(purpose: str, account: str | None, about: str, server: Server) -> tuple[Code, str]:
    """A code to be added, and its text, which is kept nowhere."""
    text, now = server.random_text(_BYTES), server.second
    code = Code(
        hash=hash_secret(text),
        purpose=purpose,
        account=account,
        about=about,
        created=now,
        expires=now + _TIME[purpose],
    )
    return code, text


def redeem(tables: Tables, purpose: str, text: str, now: datetime) -> Code:
    """Use a code up; `now` in UTC. Raises Malformed for one that is of no use."""
    tables.codes.remove_until("expires", now)
    found = tables.codes.find(hash=hash_secret(text), purpose=purpose)
    if found is None:
        raise Malformed(f"this {purpose} code is not valid, or no longer; ask for a new one")
    tables.codes.remove(hash=found.hash)
    return found


async def invite(server: Server) -> str:
    """An invitation: the code with which one account can be made."""
    code, text = new_code(INVITATION, None, "", server)
    await server.accounts.write(lambda tables: tables.codes.add(code))
    return text
