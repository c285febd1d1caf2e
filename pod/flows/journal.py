"""The lines of the access journal, from the decision that let a request in or kept it out."""

from datetime import datetime

from acl import Access, Agent, Grant, Mode, Refused
from pod.model import Entry, Request

_WORDS = {Mode.READ: "read", Mode.APPEND: "append", Mode.WRITE: "write", Mode.CONTROL: "control"}
READ = _WORDS[Mode.READ]


def entry_of(request: Request, grant: Grant, status: int, now: datetime) -> Entry:
    """The line of a request that was let through; `now` in UTC."""
    modes = dict.fromkeys(words(need.mode) for need in grant.needs)
    return _entry(request, grant.accesses[0], "+".join(modes), status, now)


def refusal_of(request: Request, refused: Refused, now: datetime) -> Entry:
    """The line of a request that was refused; `now` in UTC."""
    return _entry(request, refused.access, words(refused.need.mode), 403, now)


def line(agent: Agent, action: str, target: str, modes: str, now: datetime) -> Entry:
    """The line of what is decided by no single rule: a query, an import."""
    return Entry(
        time=now,
        agent=agent.webid,
        client=agent.client,
        action=action,
        target=target,
        modes=modes,
        source=None,
        outcome=200,
    )


def words(mode: Mode) -> str:
    return _WORDS.get(mode) or "+".join(word for part, word in _WORDS.items() if part in mode)


def _entry(request: Request, access: Access, modes: str, status: int, now: datetime) -> Entry:
    return Entry(
        time=now,
        agent=access.agent.webid,
        client=access.agent.client,
        action=request.method,
        target=request.target.path,
        modes=modes,
        source=None if access.source is None else access.source.path,
        outcome=status,
    )
