"""The facts about a pod that are set when it is made."""

import base64
import secrets
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime

EPOCH_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which pod a database is.

    `storage` is the address of its root, `owner` a WebID, `created` in UTC. `epoch` begins every
    version of a resource, so that a pod made anew at the same address shares no entity tag with
    the old one. `secret` is 32 random bytes from which pseudonyms are made.
    """

    storage: str
    owner: str
    created: datetime
    epoch: str
    secret: bytes = field(repr=False)


def new_identity(*, storage: str, owner: str, now: datetime) -> Identity:
    return Identity(
        storage=storage,
        owner=owner,
        created=now.astimezone(UTC).replace(microsecond=0),
        epoch=base64.b32encode(secrets.token_bytes(5)).decode().lower()[:EPOCH_LENGTH],
        secret=secrets.token_bytes(32),
    )


def write_identity(connection: sqlite3.Connection, identity: Identity) -> None:
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
    connection.execute("INSERT INTO state VALUES (1, 0, 0, 0, ?)", (bytes(32),))
    connection.execute("COMMIT")


def read_identity(connection: sqlite3.Connection) -> Identity:
    facts = dict(connection.execute("SELECT key, value FROM meta"))
    return Identity(
        storage=facts["storage"],
        owner=facts["owner"],
        created=datetime.fromtimestamp(facts["created"], UTC),
        epoch=facts["epoch"],
        secret=facts["secret"],
    )
