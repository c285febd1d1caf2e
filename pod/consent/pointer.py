"""Where who was refused can ask for access, and the body to send there, filled in."""

from collections.abc import Mapping
from typing import Any, Final

from acl import Agent, Mode, Need
from pod.agreements import REQUESTS
from pod.consent.manifest import ASKABLE
from pod.consent.purposes import DEFAULT_DAYS

_NAMES: Final[Mapping[Mode, str]] = {mode: name for name, mode in ASKABLE.items()}


def pointer(asked: Need, agent: Agent) -> dict[str, Any]:
    """The address that takes requests for access, and the body of one for what was refused, which
    lacks but what is known to the asker alone: `purpose` and `sentence`.
    """
    item = {"resource": str(asked.on), "modes": [_NAMES[asked.mode]], "required": True}
    who = {"agent": agent.webid, "client": agent.client, "purpose": agent.purpose}
    said = {name: value for name, value in who.items() if value}
    body = {**said, "items": [item], "days": DEFAULT_DAYS}
    return {"endpoint": asked.on.storage + REQUESTS, "body": body}
