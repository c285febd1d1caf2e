"""The seed file: accounts that shall exist (ACC-09), made once and left alone afterwards."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pod.cli.terms import CommandProblem
from pod.flows.context import Server
from pod.flows.provision import create_account


@dataclass(frozen=True, slots=True)
class Seed:
    """One account to be."""

    name: str
    email: str
    password: str = field(repr=False)


def read_seed(file: Path) -> tuple[Seed, ...]:
    """The accounts of a seed file; raises CommandProblem when it cannot be used."""
    try:
        return tuple(
            Seed(pod["name"], account["email"], account["password"])
            for account in json.loads(file.read_text(encoding="utf-8"))
            for pod in account["pods"]
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        form = '[{"email": …, "password": …, "pods": [{"name": …}]}]'
        raise CommandProblem(f"the seed file cannot be read; its form is {form}", 2) from error


async def sow(seeds: Iterable[Seed], server: Server) -> None:
    """Create the accounts that do not exist yet."""
    for seed in seeds:
        if await server.accounts.account_by_name(seed.name) is None:
            await create_account(seed.name, seed.email, seed.password, server)
