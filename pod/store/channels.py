"""The notification channels of a pod: rows of its own database, which vanish with it."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from acl import Agent
from pod.channel import Channel, ChannelType
from pod.store.sqlite import connect
from vocab.iri import ResourceIri

_COLUMNS = (
    "id, type, agent, client, issuer, epoch, topics, starts, ends, state, rate, accept, capability,"
    " send_to, receiver, activities, cursor, failures, purpose"
)
_SELECT = f"SELECT {_COLUMNS} FROM channel"  # noqa: S608 - made of constants
_PUT = f"INSERT OR REPLACE INTO channel ({_COLUMNS}, created) VALUES ({'?, ' * 19}?)"  # noqa: S608 - made of constants
_START = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(milliseconds=1)


class Channels:
    """The channels that a connection sees; what changes them is for the writer."""

    def __init__(self, connection: sqlite3.Connection, storage: str) -> None:
        self._execute = connection.execute
        self._storage = storage

    def all(self) -> Iterator[Channel]:
        return map(self._channel, self._execute(_SELECT))

    def find(self, name: str) -> Channel | None:
        """The channel of an id."""
        return self._one(f"{_SELECT} WHERE id = ?", name)

    def opened_by(self, capability: str) -> Channel | None:
        """The channel that a capability is for."""
        return self._one(f"{_SELECT} WHERE capability = ?", capability)

    def count(self, agent: Agent | None = None) -> int:
        """How many there are, of an agent or of all."""
        if agent is None:
            found = self._execute("SELECT count(*) FROM channel")
        else:
            sql = "SELECT count(*) FROM channel WHERE agent IS ?"
            found = self._execute(sql, (agent.webid,))
        return int(found.fetchone()[0])

    def pulled_by(self, agent: Agent) -> Iterator[str]:
        """The ids of the channels that an agent has to connect to, the oldest first."""
        sql = "SELECT id FROM channel WHERE agent IS ? AND capability IS NOT NULL ORDER BY created"
        return (name for (name,) in self._execute(sql, (agent.webid,)))

    def put(self, channel: Channel, now: datetime) -> None:
        self._execute(_PUT, (*_row(channel), _to_number(now)))

    def end(self, name: str) -> None:
        self._execute("DELETE FROM channel WHERE id = ?", (name,))

    def end_before(self, moment: datetime) -> None:
        """Remove the channels whose time is over."""
        self._execute("DELETE FROM channel WHERE ends <= ?", (_to_number(moment),))

    def advance(self, name: str, cursor: int, failures: int) -> None:
        """Note how far a pushed channel has come, and how often it has failed since."""
        sql = "UPDATE channel SET cursor = ?, failures = ? WHERE id = ?"
        self._execute(sql, (cursor, failures, name))

    def compared(self, name: str) -> None:
        """Note that the state which the subscriber knew was compared."""
        self._execute("UPDATE channel SET state = NULL WHERE id = ?", (name,))

    def _one(self, sql: str, value: str) -> Channel | None:
        row = self._execute(sql, (value,)).fetchone()
        return None if row is None else self._channel(row)

    def _channel(self, row: tuple[Any, ...]) -> Channel:
        values = dict(zip(_COLUMNS.split(", "), row, strict=True))
        who = values.pop("agent"), values.pop("client"), values.pop("issuer")
        agent = Agent(*who, purpose=values.pop("purpose"))
        starts, rate = values["starts"], values["rate"]
        return Channel(
            **{
                **values,
                "agent": agent,
                "type": ChannelType(values["type"]),
                "topics": tuple(
                    ResourceIri(self._storage, p) for p in json.loads(values["topics"])
                ),
                "starts": None if starts is None else _START + starts * _UNIT,
                "ends": _START + values["ends"] * _UNIT,
                "rate": None if rate is None else timedelta(seconds=rate),
                "activities": frozenset(json.loads(values["activities"])),
            }
        )


def has_channels(file: Path) -> bool:
    """Whether the database of a pod has any, without opening the pod."""
    try:
        connection = connect(file)
    except sqlite3.Error:
        return False
    try:
        return connection.execute("SELECT 1 FROM channel LIMIT 1").fetchone() is not None
    except sqlite3.Error:  # written by an earlier version, which had none
        return False
    finally:
        connection.close()


def _row(channel: Channel) -> tuple[Any, ...]:
    return (
        channel.id,
        channel.type.value,
        channel.agent.webid,
        channel.agent.client,
        channel.agent.issuer,
        channel.epoch,
        json.dumps([topic.path for topic in channel.topics]),
        None if channel.starts is None else _to_number(channel.starts),
        _to_number(channel.ends),
        channel.state,
        None if channel.rate is None else channel.rate.total_seconds(),
        channel.accept,
        channel.capability,
        channel.send_to,
        channel.receiver,
        json.dumps(sorted(channel.activities)),
        channel.cursor,
        channel.failures,
        channel.agent.purpose,
    )


def _to_number(moment: datetime) -> int:
    return (moment - _START) // _UNIT
