"""`pod grant terms|erase|verify`: her terms, what is to be erased, and whether a record is true."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from pod.agreements import TermsSetting
from pod.cli.terms import CommandProblem, Commands, answer, command, pod_of, server_of
from pod.consent import record, terms
from pod.consent.erasure import told
from pod.consent.record import Document
from pod.consent.terms import PRESETS
from pod.flows.consent.myterms import choose_terms, setting_of
from pod.flows.erase import erase, erasures_of
from pod.jws import Check, Untrue, verified
from pod.oidc.jws import Unsound, public_key


def add_to(actions: "Commands[ArgumentParser]") -> None:
    made = command(actions, "terms", _terms, "show the terms that are offered, or choose others")
    made.add_argument("name", help="the pod's name")
    made.add_argument("preset", nargs="?", choices=[*PRESETS], help="what to offer from now on")
    made.add_argument(
        "--of-all", action="store_true", help="also of apps that say nothing of themselves"
    )
    made = command(actions, "erase", _erase, "ask for what has left to be erased")
    made.add_argument("name", help="the pod's name")
    made.add_argument("grant", nargs="?", help="the grant's id; what was asked so far without one")
    made = command(actions, "verify", _verify, "check that a signed record is true, offline")
    made.add_argument("file", type=Path, help="the record, as it was given: a compact JWS")
    made.add_argument(
        "--jwks", required=True, type=Path, help="the keys of the server that has signed it"
    )


async def _terms(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        if chosen.preset is not None:
            await choose_terms(TermsSetting(chosen.preset, of_all=chosen.of_all), pod)
        setting = setting_of(pod)
    value = {"preset": setting.preset, "of_all": setting.of_all}
    whom = "every app" if setting.of_all else "whoever asks for access"
    answer(chosen, value, f"the terms `{setting.preset}` have to be accepted by {whom}")
    return 0


async def _erase(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        storage, now = pod.store.storage, server.now()
        if chosen.grant is None:
            every = [told(one, storage, now) for one in erasures_of(pod)]
            lines = [f"{one['state']}  {one['grant']}  due {one['due']}" for one in every]
            answer(chosen, every, *(lines or ["nothing was asked to be erased"]))
            return 0
        request, letter = await erase(chosen.grant, pod)
    sent = "it was sent to the inbox of the app" if request.inbox else "send this by yourself"
    value = {**told(request, storage, now), "sent": bool(request.inbox), "letter": letter.en}
    answer(chosen, value, sent, "", letter.en)
    return 0


async def _verify(chosen: Namespace) -> int:
    jws = _read(chosen.file).strip()
    keys = keys_in(_read(chosen.jwks))
    said = _checked(jws, keys)
    status = said.get("dpv:hasConsentStatus", {}).get("@id", "an agreement to her terms")
    answer(chosen, said, f"the record is true: {status}")
    return 0


def keys_in(text: str) -> dict[str, Check]:
    """The keys of a JWK set (RFC 7517), by their ids. Raises CommandProblem."""
    try:
        members: list[dict[str, Any]] = json.loads(text)["keys"]
        found = [(one["kid"], public_key(one, "EdDSA")) for one in members if one["kty"] == "OKP"]
    except (ValueError, KeyError, TypeError, Unsound) as error:
        raise CommandProblem("the keys cannot be read as a JWK set", 2) from error
    return {kid: key.verify for kid, key in found}


def _checked(jws: str, keys: dict[str, Check]) -> Document:
    problem: Untrue | None = None
    for kind in (record.TYPE, terms.TYPE):
        try:
            return verified(jws, kind, keys)
        except Untrue as error:
            problem = error
    raise CommandProblem(f"this is not true: {problem}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandProblem("a file cannot be read; check its name", 2) from error
