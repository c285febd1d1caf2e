"""Where returned data lie in a pod: the containers at its root, the same in every pod."""

from typing import Final

DATA: Final = "data/"
"""What holders gave, a container a domain."""
HISTORY: Final = "history/"
"""Earlier states, in the places that mirror those of the data."""
ANNOTATIONS: Final = "annotations/"
"""What the person and her applications add."""
IMPORTS: Final = "imports/"
"""Imports, and the files that they read."""


def history_of(path: str) -> str:
    """The container of the earlier states of a document, by its path: history/bank/…/2024-03/."""
    return f"{HISTORY}{path.removeprefix(DATA).removesuffix('.ttl')}/"
