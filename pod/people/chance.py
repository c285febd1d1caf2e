"""Random choices that are the same in every run: a stream of its own for each part of a life."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Random choices told apart by a path, such as (seed, household, "calls").

    Only `Random.random` is taken, which Python keeps the same from version to version; a text as
    seed does not depend on the order of hashes.
    """

    def __init__(self, *path: str | int) -> None:
        self.unit = Random("/".join(map(str, path))).random  # noqa: S311 - made-up data

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self.unit() * limit)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends among them."""
        return least + int(self.unit() * (most - least + 1))

    def pick(self, among: Sequence[T]) -> T:
        return among[int(self.unit() * len(among))]

    def happens(self, probability: float) -> bool:
        return self.unit() < probability

    def bell(self) -> float:
        """About 0, seldom beyond -2 and 2: a sum, so that no mathematics of the system is asked."""
        return (self.unit() + self.unit() + self.unit() - 1.5) * 2

    def digits(self, count: int) -> str:
        """A number of so many figures, the first of them no zero."""
        return str(self.between(1, 9)) + "".join(str(self.below(10)) for _ in range(count - 1))
