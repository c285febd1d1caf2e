"""The server's own database: accounts with all that is theirs, and signing keys."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta

import pytest
from pods import OWNER, START, STORAGE

from pod.store.migrate import UnusableDatabase, migrate, migrations
from pod.store.server import DATABASE, MOST_EVENTS, ServerStore
from pod.store.server_values import (
    PASSWORD,
    Account,
    Client,
    Code,
    Event,
    Login,
    OwnedPod,
    Password,
    PodOwner,
    Session,
    SigningKey,
    WebIdLink,
)
from pod.store.sqlite import connect, create

HOUR = timedelta(hours=1)
ACCOUNT = Account(id="a1", created=START)
LOGIN = Login(id="l1", account="a1", kind=PASSWORD, created=START)
WORD = Password(login="l1", email="ana@example.org", hash="$argon2id$ana")
LINK = WebIdLink(id="w1", account="a1", webid=OWNER, created=START)
POD = OwnedPod(name="ana", account="a1", storage=STORAGE, created=START)
SHOWN = PodOwner(pod="ana", webid=OWNER, visible=True, created=START)
CLIENT = Client(
    id="backup-1",
    secret_hash="h",  # noqa: S106 - a hash that nothing hashes to
    account="a1",
    label="backup",
    webid=OWNER,
    created=START,
)
SESSION = Session(
    id="s1", hash="t", account="a1", created=START, expires=START + HOUR, remembered=False
)
CODE = Code(
    hash="c", purpose="reset", account="a1", about="l1", created=START, expires=START + HOUR
)


@pytest.fixture
async def store(tmp_path):
    store = await ServerStore.open(tmp_path / "data", now=START)
    yield store
    await store.close()


async def test_several_may_open_a_new_folder_at_once(tmp_path):
    """As processes do: the first of them makes the database."""
    stores = await asyncio.gather(
        *(ServerStore.open(tmp_path / "data", now=START) for _ in range(8))
    )
    for store in stores:
        await store.write(lambda tables: len(tables.accounts.all()))
        await store.close()


def ana(tables):
    tables.accounts.add(ACCOUNT)
    tables.logins.add(LOGIN)
    tables.passwords.add(WORD)
    tables.webids.add(LINK)
    tables.pods.add(POD)
    tables.owners.add(SHOWN)
    tables.clients.add(CLIENT)
    tables.sessions.add(SESSION)
    tables.codes.add(CODE)


def everything(tables):
    names = ("accounts", "logins", "passwords", "webids", "pods", "owners", "clients", "sessions")
    return {name: getattr(tables, name).all() for name in (*names, "codes")}


async def test_what_is_added_is_found_as_it_was(store):
    await store.write(ana)
    assert await store.read(everything) == {
        "accounts": (ACCOUNT,),
        "logins": (LOGIN,),
        "passwords": (WORD,),
        "webids": (LINK,),
        "pods": (POD,),
        "owners": (SHOWN,),
        "clients": (CLIENT,),
        "sessions": (SESSION,),
        "codes": (CODE,),
    }


async def test_an_account_goes_with_all_that_is_its_own(store):
    await store.write(ana)
    assert await store.write(lambda tables: tables.accounts.remove(id="a1")) == 1
    assert not any((await store.read(everything)).values())


async def test_credentials_go_with_the_link_that_they_are_for(store):
    await store.write(ana)
    await store.write(lambda tables: tables.webids.remove(id="w1"))
    left = await store.read(everything)
    assert (left["clients"], left["accounts"]) == ((), (ACCOUNT,))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(
            lambda t: t.passwords.add(Password(login="l1", email="b", hash="")), id="twice"
        ),
        pytest.param(
            lambda t: t.passwords.add(Password(login="l9", email="b", hash="")), id="of no login"
        ),
        pytest.param(
            lambda t: (
                t.logins.add(Login(id="l2", account="a1", kind=PASSWORD, created=START)),
                t.passwords.add(Password(login="l2", email="ANA@example.org", hash="")),
            ),
            id="an e-mail in capitals",
        ),
        pytest.param(
            lambda t: t.webids.add(WebIdLink(id="w2", account="a1", webid=OWNER, created=START)),
            id="a link twice",
        ),
        pytest.param(
            lambda t: t.clients.add(
                Client(id="x", secret_hash="", account="a1", label="", webid="w", created=START)
            ),
            id="credentials for a WebID that is not linked",
        ),
        pytest.param(lambda t: t.pods.add(POD), id="a pod's name"),
    ],
)
async def test_what_cannot_stand_beside_the_rest_leaves_nothing(store, wrong):
    await store.write(ana)
    before = await store.read(everything)

    def work(tables):
        tables.accounts.add(Account(id="a2", created=START))
        wrong(tables)

    with pytest.raises(sqlite3.IntegrityError):
        await store.write(work)
    assert await store.read(everything) == before


async def test_work_that_raises_leaves_nothing(store):
    def work(tables):
        ana(tables)
        raise KeyError

    with pytest.raises(KeyError):
        await store.write(work)
    assert not any((await store.read(everything)).values())


async def test_the_journal_of_an_account_keeps_its_latest_lines(store):
    def work(tables):
        for number in range(MOST_EVENTS + 5):
            tables.note(Event(time=START, account="a1", action="x", about=str(number)))
        tables.note(Event(time=START, account="a2", action="x", about="other"))

    await store.write(work)
    kept = await store.read(lambda tables: tables.events.all(account="a1"))
    assert [event.about for event in kept] == [str(n) for n in range(5, MOST_EVENTS + 5)]
    assert len(await store.read(lambda tables: tables.events.all(account="a2"))) == 1


async def test_keys_are_kept_in_the_order_they_were_made(store):
    later = START + timedelta(days=30)
    made = [
        SigningKey(kid=kid, private=f"{{{kid}}}", created=created)
        for kid, created in (("b", START), ("a", later), ("c", later))
    ]
    for key in reversed(made):
        await store.write(lambda tables, key=key: tables.keys.add(key))
    assert await store.read(lambda tables: tables.keys.all()) == tuple(made)


async def test_many_may_write_at_once_and_none_is_between_another(store):
    await store.write(ana)

    def work(tables):
        found = len(tables.sessions.all())
        number = f"n{found}"
        tables.sessions.add(
            Session(
                id=number,
                hash=number,
                account="a1",
                created=START,
                expires=START,
                remembered=True,
            )
        )

    await asyncio.gather(*(store.write(work) for _ in range(20)))
    assert len(await store.read(lambda tables: tables.sessions.all())) == 21


async def test_what_was_stored_is_there_after_opening(store, tmp_path):
    await store.write(ana)
    before = await store.read(everything)
    again = await ServerStore.open(tmp_path / "data", now=START)
    assert await again.read(everything) == before
    await again.close()


async def test_what_was_removed_is_in_no_file(store, tmp_path):
    await store.write(ana)
    await store.write(lambda tables: tables.accounts.remove(id="a1"))
    await store.scrub()
    files = [file.read_bytes() for file in (tmp_path / "data").iterdir()]
    assert files
    assert not any(b"ana@example.org" in text or b"$argon2id$ana" in text for text in files)


async def test_only_the_owner_of_the_process_can_read_the_files(store, tmp_path):
    await store.write(ana)
    paths = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in paths} == {
        (True, 0o700),
        (False, 0o600),
    }


def test_secrets_are_not_shown():
    key = SigningKey(kid="a", private="{private}", created=START)
    shown = repr((WORD, CLIENT, SESSION, CODE, key))
    secrets = (WORD.hash, "secret_hash", "hash=", "{private}")
    assert not any(secret in shown for secret in secrets)


async def test_a_database_of_a_newer_version_is_refused(tmp_path):
    await (await ServerStore.open(tmp_path / "data", now=START)).close()
    with closing(sqlite3.connect(tmp_path / "data" / DATABASE)) as database:
        database.execute("PRAGMA user_version = 1000")
    with pytest.raises(UnusableDatabase, match="newer version"):
        await ServerStore.open(tmp_path / "data", now=START)
    assert (tmp_path / "data" / DATABASE).exists()


async def test_a_folder_with_one_of_each_is_taken_over(tmp_path):
    """As the first version wrote it: an account had one e-mail address, WebID and pod."""
    file = tmp_path / "data" / DATABASE
    file.parent.mkdir(mode=0o700)
    create(file)
    with closing(connect(file)) as database:
        database.executescript(migrations("server")[0].sql)
        database.execute("PRAGMA user_version = 1")
        for name in ("ana", "bob"):
            storage = f"https://pod.example/{name}/"
            row = (f"id-{name}", name, f"{name.title()}@Example.org", f"hash {name}")
            database.execute(
                "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?)",
                (*row, f"{storage}profile/card#me", int(START.timestamp())),
            )
        client = ("https://pod.example/c1", "h", "id-ana", "script", OWNER, int(START.timestamp()))
        database.execute("INSERT INTO client VALUES (?, ?, ?, ?, ?, ?)", client)
    store = await ServerStore.open(tmp_path / "data", now=START)
    kept = await store.read(everything)
    assert [account.id for account in kept["accounts"]] == ["id-ana", "id-bob"]
    assert {(one.email, one.hash) for one in kept["passwords"]} == {
        ("ana@example.org", "hash ana"),
        ("bob@example.org", "hash bob"),
    }
    assert {(one.name, one.account, one.storage) for one in kept["pods"]} == {
        ("ana", "id-ana", STORAGE),
        ("bob", "id-bob", "https://pod.example/bob/"),
    }
    assert {(one.pod, one.webid, one.visible) for one in kept["owners"]} >= {("ana", OWNER, False)}
    assert [(one.id, one.account, one.webid) for one in kept["clients"]] == [
        ("https://pod.example/c1", "id-ana", OWNER)
    ]
    await store.write(lambda tables: tables.webids.remove(account="id-ana"))
    await store.write(lambda tables: tables.accounts.remove(id="id-bob"))
    left = await store.read(everything)
    assert [len(rows) for rows in left.values()] == [1, 1, 1, 0, 1, 1, 0, 0, 0]
    await store.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(migrations("server")[0].sql)
        database.execute("PRAGMA user_version = 1")
        database.execute("CREATE TABLE session (x)")  # in the way of the second step
        with pytest.raises(sqlite3.OperationalError, match="session"):
            migrate(database, "server", now=START)
        columns = [row[1] for row in database.execute("PRAGMA table_info(account)")]
        assert "password_hash" in columns
