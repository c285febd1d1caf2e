"""`pod account` and `pod credentials`: people, and the scripts that act for them."""

import sys
from argparse import ArgumentParser, Namespace

from pod.account.controls import PASSWORD_RESET
from pod.cli.terms import CommandProblem, Commands, answer, command, server_of
from pod.flows.account.codes import invite
from pod.flows.account.reset_password import offer_reset
from pod.flows.credentials import create_credentials
from pod.flows.provision import create_account, delete_account
from pod.oidc.discovery import token_endpoint
from pod.oidc.tokens import client_iri


def add_to(commands: "Commands[ArgumentParser]") -> None:
    account = commands.add_parser("account", help="create or delete an account and its pod")
    family = account.add_subparsers(required=True, metavar="ACTION")
    create = command(family, "create", _create, "create an account and its pod")
    create.add_argument("name", help="lower-case letters, digits and hyphens")
    create.add_argument("--email", required=True)
    create.add_argument(
        "--password-stdin", action="store_true", required=True, help="read the password's line"
    )
    delete = command(family, "delete", _delete, "delete an account and its pod, leaving nothing")
    delete.add_argument("name")
    delete.add_argument("--yes", action="store_true", help="delete without asking")
    command(family, "invite", _invite, "make a code with which one account can be made")
    reset = command(family, "reset-password", _reset, "make a code for a new password")
    reset.add_argument("name")
    credentials = commands.add_parser("credentials", help="make credentials for scripts and apps")
    family = credentials.add_subparsers(required=True, metavar="ACTION")
    made = command(family, "create", _credentials, "make client credentials for an account")
    made.add_argument("name", help="the account's name")
    made.add_argument("--label", required=True, help="what they are for")


async def _create(chosen: Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n")
    async with server_of(chosen, made=True) as server:
        made = await create_account(chosen.name, chosen.email, password, server)
    value = {"webid": made.webid, "storage": made.pod.storage}
    answer(chosen, value, f"WebID    {made.webid}", f"storage  {made.pod.storage}")
    return 0


async def _delete(chosen: Namespace) -> int:
    if not chosen.yes:
        raise CommandProblem("this deletes everything in the pod; say --yes to do it", 2)
    async with server_of(chosen) as server:
        await delete_account(chosen.name, server)
    answer(chosen, {"deleted": chosen.name}, f"{chosen.name} and everything in it is deleted")
    return 0


async def _invite(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        code = await invite(server)
    answer(chosen, {"invite": code}, f"{code}", "it is good for one account, for 14 days")
    return 0


async def _reset(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        code = await offer_reset(chosen.name, server)
        address = server.base + PASSWORD_RESET
    value = {"recordId": code, "address": address}
    answer(chosen, value, f"{code}", f"it is good for one new password, for 24 hours, at {address}")
    return 0


async def _credentials(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        client, secret = await create_credentials(chosen.name, chosen.label, server)
        value = {
            "id": client.id,
            "client": client_iri(server.base, client.id),
            "secret": secret,
            "webid": client.webid,
            "token_endpoint": token_endpoint(server.base),
        }
    lines = (f"{name:<15} {text}" for name, text in value.items())
    answer(chosen, value, *lines, "keep the secret: it is shown only now")
    return 0
