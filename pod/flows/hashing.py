"""Passwords hashed and compared off the event loop, a few at a time."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher

from pod.oidc.passwords import HASHER, hash_password, verify_password
from pod.problems import Unavailable

T = TypeVar("T")

AT_ONCE = 2
WAITING = 100


class Hashing:
    """Each hash takes 19 MiB and a core for some 30 ms: so many run at once, the others wait, and
    more than `waiting` are sent away. `hasher` says what a new one costs; each kept one says so
    itself.
    """

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, hasher: PasswordHasher = HASHER
    ) -> None:
        self._hasher = hasher
        self._free = asyncio.Semaphore(at_once)
        self._room = at_once + waiting

    async def hash(self, password: str, salt: bytes) -> str:
        """The hash to keep. Raises Unavailable."""
        return await self._run(lambda: hash_password(password, salt, self._hasher))

    async def verify(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one whose hash was kept; takes as long where there is none.

        Raises Unavailable.
        """
        return await self._run(lambda: verify_password(password, kept))

    async def _run(self, work: Callable[[], T]) -> T:
        if self._room == 0:
            raise Unavailable("too many people sign in at this moment; try again later")
        self._room -= 1
        try:
            async with self._free:
                return await asyncio.to_thread(work)
        finally:
            self._room += 1
