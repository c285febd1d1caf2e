"""Answers to a question that is asked again: of the same agent, with the same method, resource,
rules and conditions.
"""

from dataclasses import dataclass

from acl import AclIndex, Agent, Grant
from pod.ldp.facts import State
from pod.model import Entry, Reply, Request, Resource

# Conditions that are rarely put twice; those of caches are part of the question.
_RARE = ("If-Match", "If-Unmodified-Since", "Range")
_LARGEST = 16 * 1024
_LONGEST = 512  # characters of what is accepted and known

_Question = tuple[Agent, str, str, str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, the grant that it was given under, and the line of the journal that tells so."""

    reply: Reply
    grant: Grant
    entry: Entry


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
        if found is None or any(name in request.headers for name in _RARE):
            return None
        return self._answers.get(_question(agent, found, request))

    def keep(self, request: Request, state: State, answered: Answered) -> None:
        """Remember an answer, unless it or its question is long, or it hangs on memberships."""
        agent, body = answered.grant.accesses[0].agent, answered.reply.body
        if agent.memberships or answered.reply.status not in {200, 304}:
            return
        found, acls = state.load(request.target), state.acls()
        if found is None or not isinstance(body, bytes) or len(body) > _LARGEST:
            return
        question = _question(agent, found, request)
        if sum(len(asked) for asked in question[4:] if asked) > _LONGEST:
            return
        if acls is not self._acls or len(self._answers) >= self._most:
            self._acls, self._answers = acls, {}
        self._answers[question] = answered

    def clear(self) -> None:
        """Forget all of them; see KeptShown.clear."""
        self._answers = {}


def _question(agent: Agent, found: Resource, request: Request) -> _Question:
    asked = request.headers.get
    # Of what a cache knows already it follows whether it is told again.
    tags, date = asked("If-None-Match"), asked("If-Modified-Since")
    return agent, request.method, found.iri.path, found.version, asked("Accept"), tags, date
