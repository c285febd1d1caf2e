"""Asking an app to erase what has left: what that was, by when, and the words for it.

Nothing here has a value of the pod: what left is told by its categories, how much, and when.
"""

# ruff: noqa: RUF001 - French is written with its own apostrophe

import calendar
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from pod.agreements import ERASURES, AccessGrant, ErasureRequest, ErasureState
from pod.consent.bilingual import Bilingual
from pod.consent.categories import category_of
from pod.consent.rules import iri_of
from pod.model import Entry
from pod.problems import Malformed

MEDIA_TYPE: Final = "application/ld+json"
LONGEST_ANSWER: Final = 2000  # characters
_READ: Final = frozenset({200, 206})


def departed(entries: Iterable[Entry]) -> Mapping[str, Any]:
    """What has left with answers, from their lines in the journal: how much in all, of which
    categories, and the first and the last day; the days are None where nothing has.
    """
    answers, rows, octets = 0, 0, 0
    categories: Counter[str] = Counter()
    days: list[date] = []
    for entry in entries:
        if entry.bytes == 0 or entry.outcome not in _READ:
            continue
        answers += 1
        rows += entry.rows or 0
        octets += entry.bytes or 0
        days.append(entry.time.date())
        categories.update(entry.categories or (category_of(entry.target).name,))
    return {
        "answers": answers,
        "rows": rows,
        "bytes": octets,
        "categories": sorted(categories),
        "first": None if not days else min(days).isoformat(),
        "last": None if not days else max(days).isoformat(),
    }


def due_after(asked: datetime) -> datetime:
    """One month later, at the same time; the last day of a month that is shorter."""
    # GDPR article 12 (3): "without undue delay and in any event within one month of receipt".
    year, month = asked.year + asked.month // 12, asked.month % 12 + 1
    day = min(asked.day, calendar.monthrange(year, month)[1])
    return asked.replace(year=year, month=month, day=day)


def address(request: ErasureRequest, storage: str) -> str:
    """Where the request is told and answered: known to the two sides and to nobody else."""
    return f"{storage}{ERASURES}{request.id}"


def told(request: ErasureRequest, storage: str, now: datetime) -> Mapping[str, Any]:
    """A request to erase as both sides see it at its address, in JSON."""
    state = "overdue" if request.is_overdue(now) else request.state.value
    return {
        "id": address(request, storage),
        "grant": f"{storage}.well-known/grants/{request.access_grant}",
        "state": state,
        "asked": _time(request.created),
        "due": _time(request.due),
        "departed": json.loads(request.departed),
        "answered": None if request.answered is None else _time(request.answered),
        "answer": request.answer,
    }


def message(request: ErasureRequest, grant: AccessGrant, storage: str, owner: str) -> bytes:
    """The notification that an app gets in its inbox: ActivityStreams 2, as LDN has it."""
    text = letter(request, grant, storage)
    said = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": address(request, storage),
        "type": "Offer",
        "actor": owner,
        "target": grant.client or grant.agent,
        "object": {"type": "Delete", "object": iri_of(grant, storage)},
        "contentMap": {"fr": text.fr, "en": text.en},
        "published": _time(request.created),
        "endTime": _time(request.due),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def letter(request: ErasureRequest, grant: AccessGrant, storage: str) -> Bilingual:
    """The same as a text to print or to send by hand."""
    left = json.loads(request.departed)
    where, due = address(request, storage), request.due.date().isoformat()
    much = left["rows"], left["bytes"], ", ".join(left["categories"]) or "-"
    days = f"{left['first'] or '-'} / {left['last'] or '-'}"
    return Bilingual(
        fr=(
            f"Bonjour,\n\nvous aviez accès à mes données pour cette raison : {grant.sentence}\n"
            f"J’ai arrêté cet accès. Je vous demande d’effacer ce que vous avez reçu, selon"
            f" l’article 17 du RGPD, avant le {due}, et de me le confirmer.\n\n"
            f"Ce que vous avez reçu : {much[0]} lignes, {much[1]} octets ({much[2]}), {days}.\n"
            f"Votre accès : {iri_of(grant, storage)}\nPour répondre : {where}\n"
        ),
        en=(
            f"Hello,\n\nyou had access to my data for this reason: {grant.sentence}\n"
            f"I have stopped this access. I ask you to erase what you have received, as article 17"
            f" of the GDPR says, before {due}, and to confirm it to me.\n\n"
            f"What you have received: {much[0]} rows, {much[1]} bytes ({much[2]}), {days}.\n"
            f"Your access: {iri_of(grant, storage)}\nTo answer: {where}\n"
        ),
    )


def read_answer(body: bytes) -> tuple[ErasureState, str | None]:
    """What an asker answers, as JSON: `state`, `confirmed` or `refused`, and its words, `answer`.

    Raises Malformed.
    """
    try:
        said = json.loads(body)
        state, text = ErasureState(said["state"]), said.get("answer")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed("answer in JSON: `state` is `confirmed` or `refused`") from error
    if state is ErasureState.ASKED:
        raise Malformed("answer in JSON: `state` is `confirmed` or `refused`")
    if text is not None and not isinstance(text, str):
        raise Malformed("write `answer` as a text")
    return state, text[:LONGEST_ANSWER] if text else None


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
