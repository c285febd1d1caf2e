"""The seed file: accounts that shall exist (ACC-09), made once and left alone afterwards."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pod.account.email import canonical_email
from pod.cli.terms import CommandProblem
from pod.flows.account.add_password import add_password
from pod.flows.account.begin import begin
from pod.flows.account.create_pod import create_pod
from pod.flows.context import Server
from pod.flows.provision import owned_pod
from pod.store.server import Tables


@dataclass(frozen=True, slots=True)
class Seed:
    """One account to be, with its pods by name."""

    email: str
    password: str = field(repr=False)
    pods: tuple[str, ...]


def read_seed(file: Path) -> tuple[Seed, ...]:
    """The accounts of a seed file; raises CommandProblem when it cannot be used."""
    try:
        return tuple(
            Seed(
                account["email"],
                account["password"],
                tuple(pod["name"] for pod in account.get("pods", ())),
            )
            for account in json.loads(file.read_text(encoding="utf-8"))
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        form = '[{"email": …, "password": …, "pods": [{"name": …}]}]'
        raise CommandProblem(f"the seed file cannot be read; its form is {form}", 2) from error


async def sow(seeds: Iterable[Seed], server: Server) -> None:
    """Create the accounts and the pods that do not exist yet."""
    for seed in seeds:
        account = await _account(seed, server)
        for name in seed.pods:
            if await owned_pod(name, server) is None:
                await create_pod(account, name, None, server)


async def _account(seed: Seed, server: Server) -> str:
    """The account of an e-mail address, made where there is none."""
    email = canonical_email(seed.email)

    def known(tables: Tables) -> str | None:
        password = tables.passwords.find(email=email)
        login = None if password is None else tables.logins.find(id=password.login)
        return None if login is None else login.account

    found = await server.accounts.read(known)
    if found is not None:
        return found
    made = await begin(server)
    await add_password(made.id, email, seed.password, server)
    return made.id
