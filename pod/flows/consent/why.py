"""Why something was decided, or would be: for the owner alone, in data and in a sentence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from acl import MODES, AclIndex, Agent, Edition, Mode, Need, all_groups, classes, readable
from acl.explain import Explanation, explain, replay, representative
from acl.explained import to_json
from pod.agreements import AccessGrant
from pod.consent.bilingual import Bilingual
from pod.consent.question import Noted, Question, read_question
from pod.consent.rules import iri_of
from pod.consent.sentences import Known, sentence
from pod.flows.answered import JSON, answered
from pod.flows.asker import asker, permitted
from pod.flows.authenticate import with_memberships
from pod.flows.consent.names import names_of
from pod.flows.context import Pod
from pod.flows.journal import entry_of, leaving
from pod.flows.ledger import page_of
from pod.flows.outcome import Outcome, Pieces
from pod.flows.query import ACTION as QUERY
from pod.http.language import language_of
from pod.http.negotiate import negotiate
from pod.ldp.journal_page import Told, json_line
from pod.model import Entry, Request, Said
from pod.problems import NotAcceptable, NotFound
from pod.store.journal import Line
from pod.store.journal_pages import Wanted
from vocab.iri import ResourceIri

TEXT = "text/plain; charset=utf-8"
_VARY = ("Vary", "Accept, Accept-Language, Authorization, Origin")
REFUSED = frozenset({401, 403})
_UNKNOWN_RULES = "the access rules of that time are not known: their history begins later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Explanations, each with its sentence, and the grants that they name, by IRI.

    Of a line of the journal there is one for each thing that was decided, and of a query one for
    each part of the pod that it could see. `is_exact` is whether the rules are known to be the very
    ones that it was decided by; `agrees` whether it comes out as the line says.
    """

    line: Line | None
    explanations: tuple[Explanation, ...]
    sentences: tuple[Bilingual, ...]
    grants: Mapping[str, AccessGrant]
    is_exact: bool
    agrees: bool


async def why(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The answer to a question about access, for who controls the root of the pod."""
    agent = await asker(request, pod)
    permitted(agent, pod)
    storage, owner = pod.store.storage, pod.store.identity.owner
    question = read_question(request.url, storage, owner=owner, issuer=pod.server.base)
    media_type = negotiate(request.headers.get("Accept"), (TEXT,), JSON)
    if media_type is None:
        raise NotAcceptable(f"this comes as {JSON} and as text/plain")
    found = await answer_to(question, pod)
    grant = permitted(agent, pod)
    language = language_of(request.headers.get("Accept-Language"))
    body = text_of(found, language) if media_type == TEXT else _encoded(found, storage, language)
    spoken = ("Content-Language", language)
    reply = answered(request, media_type, body.encode(), spoken, vary=_VARY)
    entry = entry_of(request, grant, reply.status, pod.server.now())
    return Outcome(reply, leaving(entry, request, reply, Said(1, ())))


async def answer_to(question: Question, pod: Pod) -> Answer:
    """The answer to a question that somebody may ask. Raises NotFound."""
    if isinstance(question, Noted):
        return await _of_line(question.number, pod)
    known = question.at is None
    acls = _rules(pod, question.at)
    agent = await with_memberships(question.agent, all_groups(acls), pod) if known else None
    found = explain(acls, question.need, agent or question.agent, memberships_known=known)
    return await _told((found,), pod, is_past=not known)


def text_of(found: Answer, language: str) -> str:
    """The sentences, a line each, in a language."""
    return "".join(f"{said.within(language)}\n" for said in dict.fromkeys(found.sentences))


def json_of(found: Answer, storage: str, language: str) -> dict[str, Any]:
    """All of an answer, as a JSON object."""
    line = found.line
    return {
        "sentence": text_of(found, language).strip(),
        "line": line and json_line(storage, Told(line.seq, line.entry, line.hash, None)),
        "exact": found.is_exact,
        "asDecided": found.agrees,
        "explanations": [
            {"sentence": said.within(language), **to_json(one)}
            for one, said in zip(found.explanations, found.sentences, strict=True)
        ],
        "grants": [_grant(iri, one) for iri, one in sorted(found.grants.items())],
    }


def _encoded(found: Answer, storage: str, language: str) -> str:
    return json.dumps(json_of(found, storage, language), ensure_ascii=False, indent=1)


def _grant(iri: str, grant: AccessGrant) -> dict[str, Any]:
    return {
        "grant": iri,
        "purpose": grant.purpose,
        "sentence": grant.sentence,
        "agreed": grant.created.isoformat(),
        "since": grant.since.isoformat(),
        "until": grant.until and grant.until.isoformat(),
        "retention": grant.retention,
        "terms": grant.terms,
        "state": grant.state.value,
        "record": grant.record,
    }


async def _of_line(number: int, pod: Pod) -> Answer:
    page = await page_of(Wanted(after=number - 1, limit=1), pod)
    line = next((one for one in page.lines if one.seq == number), None)
    if line is None:
        raise NotFound("there is no line of this number in the journal")
    entry = line.entry
    acls = _rules(pod, entry.edition or entry.time)
    agent = Agent(entry.agent, entry.client, entry.issuer, purpose=entry.purpose)
    found = tuple(
        explain(acls, need, agent, memberships_known=False)
        for need in _needs(entry, acls, agent, pod.store.storage)
    )
    return await _told(found, pod, line=line, is_past=True)


def _rules(pod: Pod, moment: Edition | datetime | None) -> AclIndex:
    state = pod.store.snapshot()
    acls = state.acls() if moment is None else state.rules_at(moment)
    if acls is None:
        raise NotFound(_UNKNOWN_RULES)
    return acls


def _needs(entry: Entry, acls: AclIndex, agent: Agent, storage: str) -> Iterator[Need]:
    """What was needed for what a line tells of."""
    if entry.action == QUERY:
        for its_class in sorted(readable(acls, classes(acls), agent), key=str):
            on = representative(its_class, acls)
            yield Need(Mode.READ, ResourceIri(storage, "") if on is None else on)
        return
    for need in entry.needs or (f"{word}:{entry.target}" for word in entry.modes.split("+")):
        word, _, path = need.partition(":")
        on = ResourceIri(storage, path)
        # What commands note of an ACL document is what they needed on what it is about.
        needed = MODES.get(word)
        if needed is not None:  # as of a line from long ago
            yield Need(needed, on.subject if needed is Mode.CONTROL and on.is_acl else on)


async def _told(
    found: Sequence[Explanation], pod: Pod, *, line: Line | None = None, is_past: bool
) -> Answer:
    storage = pod.store.storage
    named = {one.rule.grant for each in found for one in each.judged}
    every = pod.store.snapshot().agreements.grants.all()
    grants = {iri: one for one in every if (iri := iri_of(one, storage)) in named}
    clients = {each.agent.client for each in found if each.agent.client is not None}
    known = Known(names=await names_of(clients, pod), grants=grants, is_past=is_past)
    return Answer(
        line=line,
        explanations=tuple(found),
        sentences=tuple(sentence(each, known) for each in found),
        grants=grants,
        is_exact=line is None or line.entry.edition is not None,
        agrees=all(map(_replays, found)) and (line is None or _is_as_noted(line.entry, found)),
    )


def _replays(found: Explanation) -> bool:
    again = replay(found)
    return (again.modes, again.source, again.grants) == (found.modes, found.source, found.grants)


def _is_as_noted(entry: Entry, found: Sequence[Explanation]) -> bool:
    granted = all(one.granted for one in found)
    used = frozenset().union(*(one.grants for one in found)) if granted else frozenset()
    return granted == (entry.outcome not in REFUSED) and used == frozenset(entry.grants)
