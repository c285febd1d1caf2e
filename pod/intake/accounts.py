"""Accounts that the pod knows under another of their numbers keep the name that they have."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from importers.bank.identity import other_names
from importers.contract import Key
from importers.naming import Naming
from pod.intake.alternates import SEVERAL_SOURCES
from vocab.graph import Nodes


def with_known_accounts(naming: Naming, held: Callable[[str], Nodes | None]) -> Naming:
    """A naming by which an account is where another format has put it, if the pod has it there.

    `held` gives what a document says by its path, None where there is none.
    """
    path = naming.place("BankAccount")
    there = (held(path) or {}).keys()
    if naming.domain not in SEVERAL_SOURCES or not there:
        return naming
    about = f"{naming.storage}{path}#"

    @cache
    def called(account: Key) -> str:
        own = naming.segment(account)
        others = {naming.segment(other) for other in other_names(account)} - {own}
        known = [name for name in sorted(others) if about + name in there]
        return known[0] if known and about + own not in there else own

    return replace(naming, called=called)
