"""A table that nobody knows, read by a mapping that is drafted from it: for a person to look at."""

import asyncio
import json
import re
from typing import Final

from importers.archive import Unreadable
from importers.mapped.draft import draft
from pod.flows.add_files import NotTaken
from pod.flows.sorted_out import Claimed
from pod.flows.sources import opened
from pod.flows.uploads import Choice

_OF_COMMANDS: Final = re.compile(r"\s+#[^#]*`pod .*")
_GIVER: Final = "{name: who gave it, sector: any}"


async def drafted(found: Claimed, said: Choice) -> str:
    """The text of a mapping that names who gave the table, without remarks on commands.

    Raises NotTaken.
    """
    return await asyncio.to_thread(_drafted, found, said)


def _drafted(found: Claimed, said: Choice) -> str:
    try:
        with opened(found.source) as export:
            text = draft(export, found.file, said.kind)
    except (Unreadable, ValueError) as reason:
        raise NotTaken(str(reason)) from reason
    named = f"{{name: {json.dumps(said.giver, ensure_ascii=False)}, sector: any}}"
    # What is said there of commands is of no use on a page.
    lines = (_OF_COMMANDS.sub("", line) for line in text.splitlines() if not line.startswith("#"))
    return "\n".join(lines).replace(_GIVER, named, 1)
