"""What an insurer pays for a claim long after: found when the bank tells of it, in a second run."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

from pod.app import opened
from pod.cli.people_kit import delivery_of
from pod.config import read_config
from pod.flows.match import match
from pod.flows.owner import owner_of
from pod.flows.provision import create_account
from pod.flows.restitution import take_in
from pod.people.claims import claims
from pod.people.cover import cover
from pod.people.events import Cover, Event, Payment
from pod.people.events_besides import Claim
from pod.people.files.bank_table import bank_table
from pod.people.files.claims import claims as claims_file
from pod.people.files.written import HolderFile
from pod.people.home import Home, Span, home
from pod.people.ledger import Account, Entry

ONE = home(7, 4, Span.of(date(2024, 1, 1), 9))


def compensated(one: Home) -> tuple[Claim, Payment]:
    """A claim, and what was paid for it."""
    covers = (event for event in cover(one) if isinstance(event, Cover))
    events: list[Event] = list(claims(one, covers))
    claim = next(event for event in events if isinstance(event, Claim))
    paid = next(event for event in events if isinstance(event, Payment))
    return claim, paid


def told_by_the_bank(paid: Payment, *, late: int) -> HolderFile:
    """A table with one line, so many days after it was."""
    line = Payment(
        id=paid.id,
        day=paid.day + timedelta(days=late),
        cents=paid.cents,
        label=paid.label,
        party="",
        nature="transfer",
        item=paid.item,
    )
    entry = Entry(line, "1", paid.cents)
    return bank_table(
        Account(name="main", label="Compte", number="123", opening=0, entries=(entry,))
    )


def test_a_claim_is_found_by_what_the_bank_tells_months_later(tmp_path: Path):
    claim, paid = compensated(ONE)

    async def found() -> list[tuple[str, float]]:
        config = read_config(None, {"data": tmp_path, "base_url": "http://localhost:3999/"})
        async with opened(config) as server:
            await create_account("nora", "nora@example.org", "a good password", server)
            pod = await server.pods.find("nora")
            assert pod is not None
            for file in (claims_file(ONE, (claim,)), told_by_the_bank(paid, late=200)):
                await take_in(delivery_of(file), owner_of(pod), pod)
                matches = (await match(pod)).matches
            again = (await match(pod)).matches
            assert again == matches
            return [(one.rule, one.confidence) for one in matches]

    assert asyncio.run(found()) == [("claim", 0.98)]
