"""`pod app lint`: whether what an app says of itself will do, and how people will see it."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pod.cli.terms import CommandProblem, Commands, answer, command
from pod.consent.asked import of_use
from pod.consent.bilingual import LANGUAGES
from pod.consent.lint import Flaw, Score, lint, scores, whole_score
from pod.consent.manifest import Manifest, read_manifest
from pod.consent.screen import Shown, screens
from pod.oidc.app import AppFlaw
from pod.oidc.client_document import ACCEPT, read_client_document
from pod.web.outgoing import Outgoing
from pod.web.ui.consent import consent_text


def add_to(actions: "Commands[ArgumentParser]") -> None:
    made = command(actions, "lint", _lint, "check what apps say of themselves, and show it")
    made.add_argument("documents", nargs="+", metavar="FILE|URL", help="a client id document")
    made.add_argument("--language", choices=LANGUAGES, default="en", help="of the screen")


async def _lint(chosen: Namespace) -> int:
    found = [await _one(name, chosen.language) for name in chosen.documents]
    answer(chosen, found, *(line for one in found for line in _lines(one)))
    return 1 if any(one["errors"] for one in found) else 0


async def _one(name: str, language: str) -> dict[str, Any]:
    """What is wrong with a document, how easily it is read, and its screens as text."""
    is_address = name.startswith(("https://", "http://"))
    body = await _fetched(name) if is_address else _read(name)
    manifest, document = read_manifest(body), _parsed(body)
    flaws = [*_as_client(name if is_address else manifest.client, body), *lint(document)]
    texts = document if isinstance(document, dict) else {}
    return {
        "document": name,
        "errors": [_told(flaw) for flaw in flaws if flaw.is_error],
        "warnings": [_told(flaw) for flaw in flaws if not flaw.is_error],
        "readability": [*map(_rounded, scores(texts))],
        "readability_of_all": {each: _round(whole_score(texts, each)) for each in LANGUAGES},
        "screens": [*_screens(manifest, language)],
    }


def _screens(manifest: Manifest, language: str) -> Iterator[str]:
    for use in manifest.uses:
        for screen in screens(of_use(manifest, use), Shown()):
            yield consent_text(screen, language)


def _as_client(address: str, body: bytes) -> Iterator[Flaw]:
    """What would keep people from signing in, by what nothing of ours is needed for."""
    try:
        read_client_document(address, body)
    except AppFlaw as flaw:
        yield Flaw(pointer=f"/{flaw.member}" if flaw.member else "", sentence=str(flaw))


def _parsed(body: bytes) -> object:
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandProblem(f"the file `{Path(name).name}` cannot be read", 2) from error


async def _fetched(address: str) -> bytes:
    # Whoever runs this looks at a document of her own: it may be on this machine.
    outgoing = Outgoing(lambda: datetime.now(UTC), lambda _host, _port: False, allow_loopback=True)
    try:
        found = await outgoing.fetch(address, ACCEPT)
    finally:
        await outgoing.close()
    if found is None:
        raise CommandProblem(f"no document in JSON can be had from {address}")
    return found.body


def _told(flaw: Flaw) -> dict[str, str]:
    return {"pointer": flaw.pointer, "sentence": flaw.sentence}


def _rounded(score: Score) -> dict[str, object]:
    return {**asdict(score), "score": _round(score.score)}


def _round(score: float | None) -> float | None:
    return None if score is None else round(score, 1)


def _lines(one: dict[str, Any]) -> Iterator[str]:
    for kind in ("errors", "warnings"):
        for flaw in one[kind]:
            where = flaw["pointer"] or "/"
            yield f"{one['document']}: {kind.removesuffix('s')} at {where}: {flaw['sentence']}"
    for text in one["readability"]:
        yield f"readability {text['score']:5.1f} of {text['pointer']}"
    yield from one["screens"]
    yield f"{one['document']}: {len(one['errors'])} errors, {len(one['warnings'])} warnings"
