"""The server's own database: accounts, clients and signing keys."""

import asyncio
import stat
from datetime import timedelta

import pytest
from pods import OWNER, START

from pod.problems import Conflict, NotFound
from pod.store.migrate import UnusableDatabase
from pod.store.server import DATABASE, SqliteServerStore
from pod.store.server_port import Account, ServerStore


@pytest.fixture
async def store(tmp_path):
    store = await SqliteServerStore.open(tmp_path / "data", now=START)
    yield store
    await store.close()


async def ana(store: ServerStore) -> Account:
    return await store.create_account(
        name="ana",
        email="Ana@Example.org",
        password_hash="$argon2id$ana",  # noqa: S106 - a hash that nothing hashes to
        webid=OWNER,
        now=START + timedelta(microseconds=5),
    )


async def client_of(store, account, own="1", seconds=0):
    return await store.add_client(
        id=f"https://pod.example/clients/{own}",
        secret_hash=f"hash {own}",
        account=account.id,
        label="backup",
        webid=account.webid,
        now=START + timedelta(seconds=seconds),
    )


async def test_an_account_is_found_by_name_and_by_email(store):
    account = await ana(store)
    assert (account.name, account.created) == ("ana", START)
    assert await store.account_by_name("ana") == account
    assert await store.account_by_email("ana@EXAMPLE.ORG") == account
    assert await store.account_by_name("bob") is None
    assert await store.account_by_email("bob@example.org") is None


async def test_each_account_has_an_id_of_its_own(store):
    first = await ana(store)
    await store.delete_account("ana")
    assert (await ana(store)).id != first.id


@pytest.mark.parametrize(
    ("name", "email"),
    [("ana", "other@example.org"), ("other", "ANA@example.org")],
    ids=["name", "email"],
)
async def test_a_name_and_an_email_are_taken_once(store, name, email):
    account = await ana(store)
    with pytest.raises(Conflict, match="has an account already"):
        await store.create_account(
            name=name,
            email=email,
            password_hash=account.password_hash,
            webid=OWNER,
            now=START,
        )
    assert await store.account_by_name("ana") == account
    assert await store.account_by_name("other") is None


async def test_an_account_goes_with_its_clients(store):
    account = await ana(store)
    client = await client_of(store, account)
    await store.delete_account("ana")
    assert await store.account_by_name("ana") is None
    assert await store.client(client.id) is None
    with pytest.raises(NotFound, match="no account"):
        await store.delete_account("ana")


async def test_clients_are_found_by_id_and_by_account(store):
    account = await ana(store)
    second = await client_of(store, account, "2", seconds=5)
    first = await client_of(store, account, "1")
    assert await store.client(first.id) == first
    assert await store.clients_of(account.id) == (first, second)
    assert await store.clients_of("nobody") == ()
    assert await store.client("nothing") is None


async def test_a_client_can_be_deleted_alone(store):
    account = await ana(store)
    first, second = await client_of(store, account, "1"), await client_of(store, account, "2")
    await store.delete_client(first.id)
    assert await store.clients_of(account.id) == (second,)
    with pytest.raises(NotFound, match="no such client"):
        await store.delete_client(first.id)


async def test_a_client_needs_an_account_and_an_id_of_its_own(store):
    account = await ana(store)
    await client_of(store, account)
    with pytest.raises(Conflict, match="client id is taken"):
        await client_of(store, account)
    await store.delete_account("ana")
    with pytest.raises(NotFound, match="no such account"):
        await client_of(store, account)


async def test_the_newest_key_signs_and_the_others_are_retired(store):
    assert await store.signing_keys() == ()
    first = await store.add_signing_key(kid="b", private="{1}", now=START)
    assert await store.signing_keys() == (first,)
    later = START + timedelta(days=30)
    second = await store.add_signing_key(kid="a", private="{2}", now=later)
    third = await store.add_signing_key(kid="c", private="{3}", now=later)
    keys = await store.signing_keys()
    assert [key.kid for key in keys] == ["c", "a", "b"]
    assert [key.retired for key in keys] == [None, later, later]
    assert [key.private for key in keys] == ["{3}", "{2}", "{1}"]
    assert (first.retired, second.retired, third.created) == (None, None, later)


async def test_a_key_that_cannot_be_added_retires_none(store):
    first = await store.add_signing_key(kid="a", private="{1}", now=START)
    with pytest.raises(Exception, match="UNIQUE"):
        await store.add_signing_key(kid="a", private="{2}", now=START)
    assert await store.signing_keys() == (first,)


async def test_many_may_ask_at_once(store):
    account = await ana(store)
    await asyncio.gather(
        *(client_of(store, account, str(number)) for number in range(20)),
        *(store.add_signing_key(kid=str(n), private="{}", now=START) for n in range(20)),
    )
    assert len(await store.clients_of(account.id)) == 20
    assert [key.retired is None for key in await store.signing_keys()] == [True] + [False] * 19


async def test_what_was_stored_is_there_after_opening(store, tmp_path):
    account = await ana(store)
    await store.close()
    again = await SqliteServerStore.open(tmp_path / "data", now=START)
    assert await again.account_by_name("ana") == account
    await again.close()


async def test_only_the_owner_of_the_process_can_read_the_files(store, tmp_path):
    await ana(store)
    paths = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in paths} == {
        (True, 0o700),
        (False, 0o600),
    }


async def test_secrets_are_not_shown(store):
    account = await ana(store)
    client = await client_of(store, account)
    key = await store.add_signing_key(kid="a", private="{private}", now=START)
    shown = repr((account, client, key))
    assert not any(
        secret in shown for secret in (account.password_hash, client.secret_hash, key.private)
    )


async def test_a_database_of_a_newer_version_is_refused(store, tmp_path):
    await store._connection.execute("PRAGMA user_version = 1000")  # noqa: SLF001 - as that version would
    await store.close()
    with pytest.raises(UnusableDatabase, match="newer version"):
        await SqliteServerStore.open(tmp_path / "data", now=START)
    assert (tmp_path / "data" / DATABASE).exists()
