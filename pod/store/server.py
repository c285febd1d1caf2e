"""The server-wide database, `DIR/server.sqlite3`: accounts, clients, signing keys."""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite

from pod.problems import Conflict, NotFound
from pod.store.migrate import migrate
from pod.store.server_port import Account, Client, SigningKey
from pod.store.sqlite import PRIVATE_FOLDER, connect, create

DATABASE = "server.sqlite3"
ROWS = 64  # fetched from the database's thread at once

Value = Account | Client | SigningKey


class SqliteServerStore:
    """Belongs to one event loop. Close it: its thread would keep the process alive."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._changing = asyncio.Lock()

    @classmethod
    async def open(cls, data: Path, *, now: datetime) -> "SqliteServerStore":
        """Open the database of a data folder, made where there is none."""
        file = data / DATABASE
        await asyncio.to_thread(_prepare, file, now)
        connection = await aiosqlite.Connection(partial(connect, file), iter_chunk_size=ROWS)
        # What is deleted here is an e-mail address, or the hash of a password: overwrite it.
        await connection.execute("PRAGMA secure_delete = ON")
        return cls(connection)

    async def close(self) -> None:
        await self._connection.close()

    async def create_account(
        self, *, name: str, email: str, password_hash: str, webid: str, now: datetime
    ) -> Account:
        account = Account(
            id=secrets.token_hex(16),
            name=name,
            email=email,
            password_hash=password_hash,
            webid=webid,
            created=_whole_seconds(now),
        )
        try:
            await self._insert("account", account)
        except sqlite3.IntegrityError as error:
            raise Conflict("this name or this email address has an account already") from error
        return account

    async def account_by_name(self, name: str) -> Account | None:
        row = await self._first("SELECT * FROM account WHERE name = ?", name)
        return None if row is None else Account(**_typed(row))

    async def account_by_email(self, email: str) -> Account | None:
        row = await self._first("SELECT * FROM account WHERE email = ?", email)
        return None if row is None else Account(**_typed(row))

    async def first_webid(self) -> str | None:
        """The WebID of the oldest account, which tells at what address this server began."""
        rows = await self._all("SELECT webid FROM account ORDER BY created, id LIMIT 1")
        return next((row["webid"] for row in rows), None)

    async def delete_account(self, name: str) -> None:
        if await self._delete("DELETE FROM account WHERE name = ?", name) == 0:
            raise NotFound("there is no account of this name")
        # The write-ahead log still has what the row was; this empties it.
        await self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def add_client(  # noqa: PLR0913 - what is to be kept, each by its name
        self,
        *,
        id: str,  # noqa: A002 - as the field is called
        secret_hash: str,
        account: str,
        label: str,
        webid: str,
        now: datetime,
    ) -> Client:
        client = Client(
            id=id,
            secret_hash=secret_hash,
            account=account,
            label=label,
            webid=webid,
            created=_whole_seconds(now),
        )
        try:
            await self._insert("client", client)
        except sqlite3.IntegrityError as error:
            if await self.client(id) is not None:
                raise Conflict("this client id is taken") from error
            raise NotFound("there is no such account") from error
        return client

    async def client(self, id: str) -> Client | None:  # noqa: A002 - as the field is called
        row = await self._first("SELECT * FROM client WHERE id = ?", id)
        return None if row is None else Client(**_typed(row))

    async def clients_of(self, account: str) -> tuple[Client, ...]:
        sql = "SELECT * FROM client WHERE account = ? ORDER BY created, id"
        return tuple(Client(**_typed(row)) for row in await self._all(sql, account))

    async def delete_client(self, id: str) -> None:  # noqa: A002 - as the field is called
        if await self._delete("DELETE FROM client WHERE id = ?", id) == 0:
            raise NotFound("there is no such client")

    async def signing_keys(self) -> tuple[SigningKey, ...]:
        sql = "SELECT * FROM signing_key ORDER BY retired IS NULL DESC, created DESC, kid"
        return tuple(SigningKey(**_typed(row)) for row in await self._all(sql))

    async def add_signing_key(self, *, kid: str, private: str, now: datetime) -> SigningKey:
        key = SigningKey(kid=kid, private=private, created=_whole_seconds(now))
        async with self._change():
            await self._connection.execute(
                "UPDATE signing_key SET retired = ? WHERE retired IS NULL", (_stored(key.created),)
            )
            await self._insert("signing_key", key)
        return key

    @asynccontextmanager
    async def _change(self) -> AsyncIterator[None]:
        """Several statements as one: all of them are kept, or none."""
        async with self._changing:
            await self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                await self._connection.execute("ROLLBACK")
                raise
            await self._connection.execute("COMMIT")

    async def _insert(self, table: str, value: Value) -> None:
        columns = [column.name for column in fields(value)]
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
        await self._connection.execute(sql, [_stored(getattr(value, name)) for name in columns])

    async def _delete(self, sql: str, key: str) -> int:
        return (await self._connection.execute(sql, (key,))).rowcount

    async def _first(self, sql: str, key: str) -> dict[str, Any] | None:
        return next(iter(await self._all(sql, key)), None)

    async def _all(self, sql: str, *keys: str) -> list[dict[str, Any]]:
        async with self._connection.execute(sql, keys) as cursor:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]


def _prepare(file: Path, now: datetime) -> None:
    file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    create(file)
    with closing(connect(file)) as connection:
        migrate(connection, "server", now=now)


def _whole_seconds(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(microsecond=0)


def _stored(value: object) -> object:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("created", "retired"):
        if row.get(name) is not None:
            row[name] = datetime.fromtimestamp(row[name], UTC)
    return row
