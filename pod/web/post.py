"""Something posted to an address that the person at the command line gave."""

from collections.abc import Mapping
from typing import IO

from aiohttp import ClientError, ClientSession, ClientTimeout

SECONDS = 600.0


async def post(url: str, headers: Mapping[str, str], body: bytes | IO[bytes]) -> tuple[int, bytes]:
    """The status and the body of the answer. Raises OSError when there is none."""
    async with ClientSession(timeout=ClientTimeout(total=SECONDS)) as session:
        try:
            async with session.post(url, headers=headers, data=body) as answer:
                return answer.status, await answer.read()
        except (ClientError, TimeoutError) as error:
            raise OSError(str(error)) from error
