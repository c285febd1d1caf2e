"""`pod demo`: one synthetic person with four organisations and two apps, in a temporary folder."""

import json
import secrets
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

from pod.app import opened
from pod.cli.demo_access import agree, ask_again
from pod.cli.demo_operator import operator_of
from pod.cli.people_kit import delivery_of
from pod.cli.serve import listen
from pod.cli.terms import Commands, command, config_of, pod_of
from pod.consent.bilingual import Bilingual
from pod.demo import camille, given_back
from pod.flows.context import Pod, Server
from pod.flows.credentials import create_credentials
from pod.flows.owner import owner_of
from pod.flows.provision import create_account
from pod.flows.restitution import take_in
from pod.intake.report import Report
from pod.oidc.discovery import token_endpoint
from pod.people.files.written import HolderFile

PERSON = "camille"
_LABEL = "Script (démo)"  # as each language has it
APPS = {"budget": "/data/bank/", "heating": "/data/energy/"}
_SIGN_IN = """
In a web browser, Camille signs in at {base}.account/
as {email} with the password {password}
A script uses the credentials in the files above. Ctrl-C ends the demo and erases everything.
"""
NOTICE = Bilingual(
    fr="Démonstration\N{NARROW NO-BREAK SPACE}: la personne, les organisations et les chiffres "
    "sont inventés.",
    en="This is a demonstration: the person, the organisations and all figures are made up.",
)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "demo", _demo, "serve a synthetic household from a temporary folder")
    made.add_argument("--port", type=int, help="the port to listen on (default 3000)")


async def _demo(chosen: Namespace) -> int:
    with TemporaryDirectory(prefix="pod-demo-") as folder:
        config = config_of(chosen, port=chosen.port, notice=NOTICE, visited=PERSON)
        config = replace(config, data=Path(folder), base_url=config.base)
        config = replace(config, operator=operator_of(config))
        async with opened(config) as server:
            password = secrets.token_urlsafe(12)
            pod = await _person(password, server)
            print(f"{NOTICE.en}\n\nCamille's pod is at {pod.store.storage}")
            for given in given_back(camille(_yesterday())):
                rows = [(await _given_back(file, pod))["new"] for file in given.files]
                print(f"  from {given.holder}: {given.title}, {sum(rows)} rows")
            credentials = [await _app(name, Path(folder), server) for name in (*APPS, PERSON)]
            for name, path in APPS.items():
                await agree(name, pod)
                print(f"  the app {name} may read {path}")
            await ask_again(pod)
            print("\n".join(_to_try(pod.store.storage, server.base, credentials)))
            print(_SIGN_IN.format(base=server.base, email=_email(PERSON), password=password))
            await listen(server)
    return 0


async def _person(password: str, server: Server) -> Pod:
    """Camille's pod. She signs in with the password; those of the apps' makers nobody is told."""
    await create_account(PERSON, _email(PERSON), password, server)
    for name in APPS:
        await create_account(name, _email(name), secrets.token_urlsafe(12), server)
    return await pod_of(server, PERSON)


def _email(name: str) -> str:
    return f"{name}@demo.example"


def _yesterday() -> date:
    """The last day that is over."""
    return datetime.now(UTC).date() - timedelta(days=1)


async def _given_back(file: HolderFile, pod: Pod) -> Report:
    return await take_in(delivery_of(file), owner_of(pod), pod)


async def _app(name: str, folder: Path, server: Server) -> Path:
    """Credentials, in a file for `pod headers`."""
    client, secret = await create_credentials(name, _LABEL, server)
    kept = {"id": client.id, "secret": secret, "token_endpoint": token_endpoint(server.base)}
    file = folder / f"{name}.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    return file


def _to_try(storage: str, base: str, credentials: list[Path]) -> Iterator[str]:
    budget, heating, camille = credentials
    bank, sparql = f"{storage}data/bank/", f"{storage}.well-known/sparql"
    count = (
        "SELECT%20(SUM(%3Fe)%20AS%20%3FkWh)%20%7B%3Fx%20a%20%3C"
        "https%3A%2F%2Fw3id.org%2Fselfdata%2Fns%23Consumption%3E%20%3B%20%3C"
        "https%3A%2F%2Fw3id.org%2Fselfdata%2Fns%23energy%3E%20%3Fe%7D"
    )
    yield "\nTo try, in another terminal:"
    yield "\n  # anyone: what the pod says of itself, and the shared vocabulary"
    yield f"  curl {storage}.well-known/solid"
    yield f"  curl -H 'Accept: text/turtle' {base}ns/selfdata"
    yield "\n  # a stranger is refused; the app budget reads the bank's data; heating may not"
    yield f"  curl -i {bank}"
    yield f"  {_signed('GET', bank, budget)}"
    yield f"  {_signed('GET', bank, heating)}"
    yield "\n  # the year's electricity, asked by the app heating; budget gets nothing"
    yield f"  {_signed('GET', f'{sparql}?query={count}', heating)}"
    yield f"  {_signed('GET', f'{sparql}?query={count}', budget)}"
    yield "\n  # Camille herself writes a note"
    note = f"{storage}notes/first.txt"
    yield f"  {_signed('PUT', note, camille, '-X PUT -H Content-Type:text/plain -d hello')}"


def _signed(method: str, url: str, credentials: Path, more: str = "") -> str:
    asked = f"{_program()} headers {method} '{url}' --credentials {quote(str(credentials))}"
    return f"{asked} | curl -H @- {more + ' ' if more else ''}'{url}'"


def _program() -> str:
    """How to run this command again, in a shell and from any folder."""
    script = Path(sys.argv[0]).absolute()
    if script.name == "__main__.py":
        return f"{quote(sys.executable)} -m pod"
    return quote(str(script))
