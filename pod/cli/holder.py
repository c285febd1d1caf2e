"""`pod holder`: what an organisation runs on its side to give data back."""

import json
import os
import secrets
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import file_digest
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from pod.cli.terms import CommandProblem, Commands, answer, command
from pod.intake.holder import RANDOM_BYTES, Deposit, keygen, profile, signed_request
from pod.web.post import post


def add_to(commands: "Commands[ArgumentParser]") -> None:
    holder = commands.add_parser("holder", help="what a data holder runs on its side")
    family = holder.add_subparsers(required=True, metavar="ACTION")
    made = command(family, "keygen", _keygen, "make a signing key, in a file of its own")
    made.add_argument("--key", type=Path, required=True, help="the file to be made")
    made = command(family, "profile", _profile, "print the profile to be served at the WebID")
    _holder(made)
    made.add_argument("--name", required=True, help="the organisation's name")
    for name, run, help_ in (
        ("sign", _sign, "print the headers of a signed deposit"),
        ("push", _push, "sign an export and deposit it in a pod"),
    ):
        made = command(family, name, run, help_)
        made.add_argument("file", type=Path, metavar="FILE")
        _holder(made)
        made.add_argument("--to", required=True, help="the pod's deposit endpoint")
        made.add_argument("--media-type", help="the export's media type")


def _holder(made: ArgumentParser) -> None:
    made.add_argument("--webid", required=True, help="the organisation's WebID")
    made.add_argument("--key", type=Path, required=True, help="the file of the signing key")


async def _keygen(chosen: Namespace) -> int:
    key = keygen(secrets.token_bytes(RANDOM_BYTES))
    try:
        made = os.open(chosen.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CommandProblem("this file is there already; choose another", 2) from error
    except OSError as error:
        raise CommandProblem("the file cannot be made there", 2) from error
    with os.fdopen(made, "w", encoding="utf-8") as file:
        json.dump(key, file)
    public = {name: value for name, value in key.items() if name != "d"}
    answer(chosen, public, f"the key {key['kid']} is in {chosen.key}; keep it to yourselves")
    return 0


async def _profile(chosen: Namespace) -> int:
    try:
        text = profile(chosen.webid, chosen.name, _key(chosen.key))
    except ValueError as error:
        raise CommandProblem(str(error), 2) from error
    answer(chosen, {"profile": text}, text.rstrip("\n"))
    return 0


async def _sign(chosen: Namespace) -> int:
    headers = _signed(chosen)
    answer(chosen, headers, *(f"{name}: {value}" for name, value in headers.items()))
    return 0


async def _push(chosen: Namespace) -> int:
    headers = _signed(chosen)
    try:
        with chosen.file.open("rb") as file:
            status, body = await post(chosen.to, headers, file)
        told = json.loads(body)
    except (OSError, ValueError) as error:
        raise CommandProblem("the pod did not answer; check the address and try again") from error
    if status != 200:
        raise CommandProblem(f"the pod refused the deposit ({status}): {told.get('detail', '')}")
    line = "{read} read, {new} new, {same} the same, {updated} updated, {rejected} rejected"
    answer(chosen, told, line.format(**told))
    return 1 if told["rejected"] else 0


def _signed(chosen: Namespace) -> Mapping[str, str]:
    try:
        with chosen.file.open("rb") as file:
            digest = file_digest(file, "sha256").digest()
        deposit = Deposit(
            url=chosen.to,
            webid=chosen.webid,
            filename=chosen.file.name,
            media_type=chosen.media_type
            or guess_type(chosen.file.name)[0]
            or "application/octet-stream",
            digest=digest,
        )
        return signed_request(
            deposit, _key(chosen.key), secrets.token_urlsafe(16), datetime.now(UTC)
        )
    except OSError as error:
        raise CommandProblem(f"{chosen.file.name} cannot be read; check its name", 2) from error
    except ValueError as error:
        raise CommandProblem(str(error), 2) from error


def _key(file: Path) -> dict[str, Any]:
    try:
        key = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandProblem("the key's file cannot be read; make one with keygen", 2) from error
    if not isinstance(key, dict) or not isinstance(key.get("kid"), str):
        raise CommandProblem("the key's file has no key with a `kid`; make one with keygen", 2)
    return key
