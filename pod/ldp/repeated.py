"""Answers to a question that is asked again: the same agent, resource and rules, no condition."""

from dataclasses import dataclass

from acl import AclIndex, Agent, Grant
from pod.ldp.facts import State
from pod.model import Reply, Request, Resource

_CONDITIONS = ("If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "Range")
_LARGEST = 16 * 1024

_Question = tuple[Agent, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the grant that it was given under."""

    reply: Reply
    grant: Grant


class Repeated:
    """The last answers of one pod, at most `most` of them, all under the same access rules.

    INVARIANT (rules): an answer is given again only under the very index of rules that it was
    decided on, to the very agent, for the very version. A change of any rule makes a new index,
    and nothing that was answered before counts any more.
    """

    def __init__(self, *, most: int = 1024) -> None:
        self._most = most
        self._acls: AclIndex | None = None
        self._answers: dict[_Question, Answered] = {}

    def find(self, request: Request, agent: Agent, state: State) -> Answered | None:
        """The answer to the same GET or HEAD, when its conditions could not change it."""
        if state.acls() is not self._acls:
            return None
        found = state.load(request.target)
        if found is None or any(name in request.headers for name in _CONDITIONS):
            return None
        return self._answers.get(_question(agent, found, request))

    def keep(self, request: Request, state: State, answered: Answered) -> None:
        """Remember an answer, unless it is large, or hangs on conditions or memberships."""
        agent, body = answered.grant.accesses[0].agent, answered.reply.body
        if agent.memberships or answered.reply.status != 200:
            return
        found, acls = state.load(request.target), state.acls()
        if found is None or not isinstance(body, bytes) or len(body) > _LARGEST:
            return
        if acls is not self._acls or len(self._answers) >= self._most:
            self._acls, self._answers = acls, {}
        self._answers[_question(agent, found, request)] = answered

    def clear(self) -> None:
        """Forget all of them; see KeptShown.clear."""
        self._answers = {}


def _question(agent: Agent, found: Resource, request: Request) -> _Question:
    return agent, found.iri.path, found.version, request.headers.get("Accept")
