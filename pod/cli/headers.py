"""`pod headers`: the two headers that sign one request in, for use with curl."""

import json
import secrets
from argparse import ArgumentParser, Namespace
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from pod.cli.terms import CommandProblem, Commands, answer, command
from pod.oidc.client import make_proof, new_proof_key
from pod.oidc.proof import Purpose
from pod.oidc.tokens import token_hash
from pod.web.post import post

FORM = "application/x-www-form-urlencoded"


def add_to(commands: "Commands[ArgumentParser]") -> None:
    help_ = "print the headers that sign one request in: pipe them into `curl -H @- URL`"
    made = command(commands, "headers", _headers, help_)
    made.add_argument("method", metavar="METHOD")
    made.add_argument("url", metavar="URL")
    made.add_argument(
        "--credentials",
        type=Path,
        required=True,
        metavar="FILE",
        help="what `pod credentials create --json` printed",
    )


async def _headers(chosen: Namespace) -> int:
    try:
        made = json.loads(chosen.credentials.read_text(encoding="utf-8"))
        client, secret, endpoint = made["id"], made["secret"], made["token_endpoint"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandProblem("the file with the credentials cannot be read", 2) from error
    key = new_proof_key()

    def proof(purpose: Purpose) -> str:
        return make_proof(key, purpose, secrets.token_urlsafe(16), datetime.now(UTC))

    named = f"{quote(client, safe='')}:{quote(secret, safe='')}"
    asking = {
        "Authorization": "Basic " + b64encode(named.encode()).decode(),
        "Content-Type": FORM,
        "DPoP": proof(Purpose("POST", endpoint)),
    }
    try:
        status, body = await post(endpoint, asking, b"grant_type=client_credentials&scope=webid")
        told = json.loads(body)
    except (OSError, ValueError) as error:
        raise CommandProblem("the server did not answer; is it running?") from error
    if status != 200:
        raise CommandProblem(f"the server gave no token: {told.get('error_description', '')}")
    token = told["access_token"]
    signed = {
        "Authorization": f"DPoP {token}",
        "DPoP": proof(Purpose(chosen.method, chosen.url, token_hash(token))),
    }
    answer(chosen, signed, *(f"{name}: {value}" for name, value in signed.items()))
    return 0
