"""A server with somebody who lives there: nora, whose household's files are in her space.

The scripts that look at her pages are told of her and of bob, who asks for access, as those of
`judged.py` are; and of the words of the pages, so that they find things by what people read.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from judged import Told
from serving import Host, free_port

from pod.app import opened
from pod.cli.people_kit import import_into
from pod.config import Config
from pod.consent.categories import CATEGORIES
from pod.flows.context import Pod, Server
from pod.flows.credentials import create_credentials
from pod.flows.provision import create_account
from pod.http.language import LANGUAGES
from pod.ldp.profile import webid_of
from pod.model import Entry
from pod.people.home import Span, home
from pod.people.made import Made, made
from pod.web.account.pages.table import PAGES
from pod.web.own import ROUTES
from pod.web.ui.words import words

SPAN = Span(first=date(2026, 1, 10), days=60)
PASSWORD = "a good password"  # noqa: S105 - made up
LAST_MONTH = 37
"""Rows of her bank that bob read last month."""
BROUGHT = ("main.ofx", "savings.csv", "Enedis_Conso_Heure_05224396327671.csv")
"""The files of the household that a person brings by hand."""
_TWINS = (".csv", ".json", ".ttl")


@contextmanager
def lived_in(folder: Path) -> Iterator[Told]:
    """The server, and what a script has to know."""
    host, whole = Host(folder / "lived", free_port()), made_household()
    people = asyncio.run(_settled(host, whole))
    with host.serving():
        yield {"BASE": host.base, "ISSUER": host.base, **people, **known(folder, whole)}


def made_household() -> Made:
    """The household whose files are imported, and brought."""
    return made(home(2, 1, SPAN))


async def _settled(host: Host, whole: Made) -> Told:
    config = Config(data=host.data, port=host.port, base_url=host.base)
    then = datetime.now(UTC).replace(day=1) - timedelta(days=3)
    async with opened(config, now=lambda: then) as server:
        told = {**await _person("nora", server), **await _person("bob", server)}
        (await _pod(server)).store.note(_reading(told["BOB_WEBID"], then))
    async with opened(config) as server:
        done = await import_into(whole, await _pod(server))
        assert (done["unread"], done["rejected"]) == (0, 0)
        return told


async def _pod(server: Server) -> Pod:
    pod = await server.pods.find("nora")
    assert pod is not None
    return pod


def _reading(agent: str, moment: datetime) -> Entry:
    """That bob read her bank data last month, as the journal has it."""
    return Entry(
        time=moment,
        agent=agent,
        client=None,
        action="GET",
        target="data/bank/",
        modes="Read",
        source=None,
        outcome=200,
        categories=("bank",),
        rows=LAST_MONTH,
        bytes=4000,
    )


async def _person(name: str, server: Server) -> Told:
    email = f"{name}@example.org"
    await create_account(name, email, PASSWORD, server)
    client, secret = await create_credentials(name, "judge", server)
    storage = server.addresses.storage_of(name)
    known = {
        "WEBID": webid_of(storage),
        "POD": storage,
        "CLIENT_ID": client.id,
        "CLIENT_SECRET": secret,
        "EMAIL": email,
        "PASSWORD": PASSWORD,
    }
    return {f"{name.upper()}_{key}": value for key, value in known.items()}


def known(folder: Path, whole: Made) -> Told:
    """The files to bring, and what the pages say and where they are."""
    brought = folder / "brought"
    brought.mkdir()
    for file in whole.files:
        name = file.path.rpartition("/")[2]
        if name in BROUGHT:
            (brought / name).write_bytes(file.content)
    said = folder / "words.json"
    said.write_text(json.dumps({one: dict(words(one)) for one in LANGUAGES}), "utf-8")
    return {
        "BROUGHT": json.dumps([str(brought / name) for name in BROUGHT]),
        "JANUARY": str(_january(whole)),
        "LAST_MONTH": str(LAST_MONTH),
        "PYTHON": sys.executable,
        "WORDS": str(said),
        "LABELS": json.dumps(
            {
                name: {one: category.label.within(one) for one in LANGUAGES}
                for name, category in CATEGORIES.items()
            }
        ),
        "PLACES": json.dumps([*public_pages(), *own_pages()]),
    }


def _january(whole: Made) -> Decimal:
    """The electricity of January, in kWh: half hours of watts, as they were measured."""
    days = (day for _, days in whole.life.meters for day in days if day.day.month == 1)
    return Decimal(sum(watts for day in days for watts in day.watts)) / 2000


def own_pages() -> tuple[str, ...]:
    """The pages of an account, without their twins."""
    return tuple(at for at, shown in PAGES.items() if "GET" in shown and not at.endswith(_TWINS))


def public_pages() -> tuple[str, ...]:
    """The pages of the server itself that anybody may see."""
    return tuple(at for at in ROUTES if at in {"/", "/ns/catalogue"} or at.startswith("/about"))
