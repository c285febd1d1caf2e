"""The facts about a pod that are set when it is made."""

import base64
import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pod.store import rules

EPOCH_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which pod a database is.

    `storage` is the address of its root, `owner` the WebID of whoever is first among its `owners`,
    `shown` those of them whom the root names to everybody; `created` is in UTC. `epoch` begins
    every version of a resource, so that a pod made anew at the same address shares no entity tag
    with the old one. `secret` is 32 random bytes from which pseudonyms are made.
    """

    storage: str
    owner: str
    owners: frozenset[str]
    shown: tuple[str, ...] = ()
    created: datetime
    epoch: str
    secret: bytes = field(repr=False)


def new_identity(*, storage: str, owner: str, now: datetime) -> Identity:
    return Identity(
        storage=storage,
        owner=owner,
        owners=frozenset({owner}),
        created=now.astimezone(UTC).replace(microsecond=0),
        epoch=base64.b32encode(secrets.token_bytes(5)).decode().lower()[:EPOCH_LENGTH],
        secret=secrets.token_bytes(32),
    )


def write_identity(connection: sqlite3.Connection, identity: Identity, *, now: datetime) -> None:
    """Make an empty database this pod's: its facts, and a state at which nothing has happened."""
    facts = {
        "storage": identity.storage,
        "owner": identity.owner,
        "created": int(identity.created.timestamp()),
        "epoch": identity.epoch,
        "secret": identity.secret,
    }
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    connection.execute(
        "INSERT INTO state (id, seq, token, journal_seq, journal_hash) VALUES (1, 0, 0, 0, ?)",
        (bytes(32),),
    )
    rules.own(connection, identity.owners, now)
    connection.execute("COMMIT")


def write_owners(
    connection: sqlite3.Connection, owners: Mapping[str, bool], *, now: datetime
) -> None:
    """Say who owns the pod from now on, by WebID, and whether its root names her; never nobody."""
    facts = {"owner": next(iter(owners)), "owners": json.dumps(dict(owners))}
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())
    # What owners may do is a rule: who they are changes with a number of its own.
    connection.execute("UPDATE state SET seq = seq + 1")
    rules.own(connection, owners, now)
    connection.execute("COMMIT")


def read_identity(connection: sqlite3.Connection) -> Identity:
    facts = dict(connection.execute("SELECT key, value FROM meta"))
    owners: dict[str, bool] = json.loads(facts.get("owners") or json.dumps({facts["owner"]: False}))
    return Identity(
        storage=facts["storage"],
        owner=facts["owner"],
        owners=frozenset(owners),
        shown=tuple(webid for webid, visible in owners.items() if visible),
        created=datetime.fromtimestamp(facts["created"], UTC),
        epoch=facts["epoch"],
        secret=facts["secret"],
    )
