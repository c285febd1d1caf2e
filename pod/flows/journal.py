"""The lines of the access journal, from the decision that let a request in or kept it out."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial

from acl import MODES, Access, Agent, Grant, Mode, Need, Refused, mode_names
from pod.flows.context import Pod
from pod.model import Blob, Entry, Reply, Request, Said, Unmade
from vocab.iri import ResourceIri
from vocab.kinds import DOMAINS

_WORDS = {mode: word for word, mode in MODES.items()}
READ = _WORDS[Mode.READ]
DATA = "data"
_LONGEST = 200  # characters of a purpose, which an app writes as it likes
_BODILESS = frozenset({204, 205, 304})


def entry_of(request: Request, grant: Grant, status: int, now: datetime) -> Entry:
    """The line of a request that was let through, of which nothing has left; `now` in UTC."""
    modes = dict.fromkeys(words(need.mode) for need in grant.needs)
    entry = _entry(request, grant.accesses[0], "+".join(modes), status, now)
    if any(need.on != request.target for need in grant.needs):
        entry = entry._replace(needs=tuple(map(_need, grant.needs)))
    return entry._replace(grants=tuple(sorted(grant.grants))) if grant.grants else entry


def refusal_of(request: Request, refused: Refused, reply: Reply, now: datetime) -> Entry:
    """The line of a request that was refused with a reply; `now` in UTC."""
    entry = _entry(request, refused.access, words(refused.need.mode), reply.status, now)
    needs = () if refused.need.on == request.target else (_need(refused.need),)
    return entry._replace(bytes=_size(request, reply), needs=needs)


def line(agent: Agent, action: str, target: ResourceIri, modes: str, now: datetime) -> Entry:
    """The line of what is decided by no single rule: a query, an import."""
    return Entry(
        time=now,
        agent=agent.webid,
        client=agent.client,
        action=action,
        target=target.path,
        modes=modes,
        source=None,
        outcome=200,
        purpose=_purpose(agent),
        categories=category_of(target.path),
        issuer=agent.issuer,
    )


async def settled(pod: Pod) -> None:
    """When this is over, all lines that were noted before are in the journal: those that wait for a
    commit to go with have one.
    """
    await pod.store.write(lambda _: None)


def leaving(entry: Entry, request: Request, reply: Reply, said: Said | None) -> Entry:
    """The line of an answer with what leaves by it; `said` is None of a body that is not made yet.

    `bytes` is None of a body that is sent in pieces: see `noted_when_sent`. Of a part of a body the
    rows and fields are those of the whole, since each of them may be in it.
    """
    size = _size(request, reply)
    if size == 0:
        return entry
    if said is None:
        return entry._replace(rows=None, bytes=size)
    return entry._replace(rows=said.rows, fields=said.fields, bytes=size)


def noted_when_sent(reply: Reply, entry: Entry, pod: Pod) -> Reply:
    """The reply, which notes its line when its body has been sent, or as much as could be."""
    return replace(reply, sent=partial(_note_sent, reply, entry, pod))


def words(mode: Mode) -> str:
    return _WORDS.get(mode) or "+".join(mode_names(mode))


@lru_cache(maxsize=4096)
def category_of(path: str) -> tuple[str, ...]:
    """The domain that a path of a pod is in, where it is in one: below data/{domain}/."""
    first, _, rest = path.partition("/")
    domain = rest.partition("/")[0].removesuffix(".acl").removesuffix(".meta")
    return (domain,) if first == DATA and domain in DOMAINS else ()


def _note_sent(reply: Reply, entry: Entry, pod: Pod, size: int) -> None:
    entry = entry._replace(time=pod.server.now(), bytes=size)
    if size == 0:
        entry = entry._replace(rows=0, fields=())
    elif entry.rows is None and not isinstance(reply.body, bytes | Blob | Unmade):
        said = reply.body.said
        if said is not None:
            entry = entry._replace(rows=said.rows, fields=said.fields)
    pod.store.note(entry)


def _size(request: Request, reply: Reply) -> int | None:
    """The bytes of the body that is sent; None where that is known only at its end."""
    if request.method == "HEAD" or reply.status in _BODILESS:
        return 0
    if not isinstance(reply.body, bytes):
        return None
    if reply.span is not None:
        return reply.span[1] - reply.span[0] + 1
    return len(reply.body)


def _need(need: Need) -> str:
    return f"{words(need.mode)}:{need.on.path}"


def _purpose(agent: Agent) -> str | None:
    return None if agent.purpose is None else agent.purpose[:_LONGEST]


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
        purpose=_purpose(access.agent),
        categories=category_of(request.target.path),
        issuer=access.agent.issuer,
        edition=access.edition,
    )
