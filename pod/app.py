"""Builds everything once and wires it together: the composition root. Nothing else does."""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from pod.account.throttle import throttles
from pod.config import Config, ConfigProblem
from pod.flows.apart import Apart
from pod.flows.consent.unused import put_away_if_possible
from pod.flows.context import Identity, Pod, Server
from pod.flows.hashing import Hashing
from pod.flows.notices import Notices
from pod.flows.uploads import Uploads
from pod.http.addresses import PATH, SUBDOMAIN, Addresses
from pod.ldp.kept import KeptShown
from pod.ldp.repeated import Repeated
from pod.oidc.client import new_proof_key
from pod.oidc.keys import (
    RANDOM_BYTES,
    KeyRing,
    new_signing_key,
    read_signing_key,
    write_signing_key,
)
from pod.oidc.proof import ProofKeys
from pod.oidc.revocations import Revocations
from pod.oidc.tokens import TokenCache
from pod.store.directory import PODS, PodDirectory, storages
from pod.store.notary import RANDOM_BYTES as JOURNAL_KEY_BYTES
from pod.store.notary import Notary, new_journal_key, read_journal_key, write_journal_key
from pod.store.port import PodStore
from pod.store.profiles import kept
from pod.store.query import QueryIndex
from pod.store.query_child import QueryLimits
from pod.store.query_source import PodSource
from pod.store.seen import SeenMarks
from pod.store.server import ServerStore, Tables
from pod.store.server_values import KeptJournalKey
from pod.store.server_values import SigningKey as KeptKey
from pod.store.spool import Spools
from pod.store.writer import Settings
from pod.web.outgoing import Outgoing
from vocab.profile import Profile, Unfit, read_profile

log = logging.getLogger("pod")

_LOADING_SECONDS = 30.0  # for which a query waits for its index at least

Clock = Callable[[], datetime]


def utc() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(
    config: Config, now: Clock = utc, hashing: Hashing | None = None
) -> AsyncIterator[Server]:
    """A data folder, opened; everything in it is closed at the end. `now` tells the time in UTC,
    and `hashing` is where passwords are hashed in another way than the usual.

    Raises ConfigProblem when the pods in the folder have other addresses than the settings say.
    """
    async with AsyncExitStack() as stack:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        accounts = await ServerStore.open(config.data, now=now())
        stack.push_async_callback(accounts.close)
        addresses = _addresses(config)
        config = replace(config, base_url=addresses.base)
        outgoing = Outgoing(now, addresses.is_own, allow_loopback=config.development)
        stack.push_async_callback(outgoing.close)
        listings = Spools(config.data)
        stack.push_async_callback(listings.close)
        pods = OpenPods(config, now, await _notary(accounts, now))
        stack.push_async_callback(pods.close)
        uploads = Uploads(config.data, now, most=config.largest_upload)
        stack.push_async_callback(uploads.close)
        seen = SeenMarks(config.data)
        stack.push_async_callback(asyncio.to_thread, seen.close)
        notices = Notices()
        stack.push_async_callback(notices.close)
        server = Server(
            config=config,
            base=addresses.base,
            addresses=addresses,
            now=now,
            random=secrets.token_bytes,
            accounts=accounts,
            hashing=hashing or Hashing(),
            apart=Apart(),
            throttles=throttles(development=config.development),
            listings=listings,
            uploads=uploads,
            identity=Identity(
                keys=await _key_ring(accounts, now),
                sending_key=new_proof_key(),
                tokens=TokenCache(),
                proofs=ProofKeys(),
                seen=seen,
                revoked=await _revocations(accounts),
            ),
            fetch=outgoing.fetch,
            post=outgoing.post,
            pods=pods,
            notices=notices,
            profiles=_profiles(config),
        )
        pods.server = server
        yield server


def _profiles(config: Config) -> dict[str, Profile]:
    """The extension profiles of the data folder; one that is unfit is left out, and told of."""
    found: dict[str, Profile] = {}
    for name, text in kept(config.data).items():
        try:
            found[name] = read_profile(name, text)
        except Unfit as unfit:
            log.warning("the profile %s is left out: %s", name, unfit)
    return found


class OpenPods:
    """The pods of a server, each with its query index; the least recently used are let go."""

    server: Server  # set once, by `opened`

    def __init__(self, config: Config, now: Clock, notary: Notary) -> None:
        self.notary = notary
        self._config = config
        self._now = now
        self._directory = PodDirectory(
            config.data,
            now=now,
            open_pods=config.open_pods,
            settings=Settings(
                memory_body=config.memory_body,
                import_memory=config.import_memory,
                notary=notary,
            ),
        )
        self._open: OrderedDict[str, tuple[Pod, QueryIndex]] = OrderedDict()

    async def create(self, name: str, *, storage: str, owner: str) -> PodStore:
        return await self._directory.create(name, storage=storage, owner=owner)

    async def delete(self, name: str) -> None:
        await self._let_go(name)
        await self._directory.delete(name)
        await self._let_go(name)  # for whom it was found once more meanwhile

    async def own(self, name: str, owners: Mapping[str, bool]) -> None:
        await self._let_go(name)
        await self._directory.own(name, owners)

    def names(self) -> tuple[str, ...]:
        return self._directory.names()

    def at_hand(self, name: str) -> Pod | None:
        kept = self._open.get(name)
        if kept is None or not self._directory.at_hand(name, kept[0].store):
            return None
        self._open.move_to_end(name)
        return kept[0]

    async def find(self, name: str) -> Pod | None:
        store = await self._directory.open(name)
        kept = self._open.get(name)
        if kept is not None and kept[0].store is store:
            self._open.move_to_end(name)
            return kept[0]
        if store is None:
            await self._let_go(name)
            return None
        # Solid Protocol §4.1 #server-storage-nonoverlapping: "the URIs MUST be allocated to
        # non-overlapping space". A folder that was renamed, or brought from elsewhere, would answer
        # for the addresses of another pod.
        if store.storage != self.server.addresses.storage_of(name):
            await self._let_go(name)
            log.error("the pod %s is not served: it belongs to other addresses", name)
            return None
        pod = await self._keep(name, store)
        await put_away_if_possible(pod)
        return pod

    async def with_channels(self) -> tuple[str, ...]:
        return await asyncio.to_thread(self._directory.with_channels)

    async def close(self) -> None:
        for name in tuple(self._open):
            await self._let_go(name)
        await self._directory.close()

    async def _keep(self, name: str, store: PodStore) -> Pod:
        index = self._index(name, store)
        pod = Pod(
            store=store,
            index=index,
            shown=KeptShown(),
            repeated=Repeated(),
            server=self.server,
        )
        # Both at once: while the one before it is ended, others look for the pod.
        before = self._open.pop(name, None)
        self._open[name] = pod, index
        if before is not None:
            await before[1].close()
        if len(self._open) > self._config.open_pods:
            await self._let_go(next(iter(self._open)))
        return pod

    def _index(self, name: str, store: PodStore) -> QueryIndex:
        config = self._config
        source = PodSource(config.data / PODS / name, self._now)
        limits = QueryLimits(
            seconds=config.query_seconds,
            memory=config.query_memory,
            loading=max(_LOADING_SECONDS, 3 * config.query_seconds),
        )
        return QueryIndex(store.storage, source, limits)

    async def _let_go(self, name: str) -> None:
        kept = self._open.pop(name, None)
        if kept is not None:
            await kept[1].close()


async def _revocations(accounts: ServerStore) -> Revocations:
    """The access tokens that have ended before their time."""
    kept = await accounts.read(lambda tables: tables.revoked.all())
    return Revocations((one.mark, one.expires) for one in kept)


async def _key_ring(accounts: ServerStore, now: Clock) -> KeyRing:
    """The issuer's keys; one is made when there is none."""

    def work(tables: Tables) -> tuple[KeptKey, ...]:
        if not tables.keys.all():
            key = new_signing_key(secrets.token_bytes(RANDOM_BYTES), now())
            tables.keys.add(
                KeptKey(kid=key.kid, private=write_signing_key(key), created=key.created)
            )
        return tables.keys.all()

    kept = await accounts.write(work)
    return KeyRing(read_signing_key(key.private, key.created) for key in kept)


async def _notary(accounts: ServerStore, now: Clock) -> Notary:
    """Who signs the journals of all pods; a key is made when there is none."""

    def work(tables: Tables) -> tuple[KeptJournalKey, ...]:
        if not tables.journal_keys.all():
            key = new_journal_key(secrets.token_bytes(JOURNAL_KEY_BYTES), now())
            tables.journal_keys.add(
                KeptJournalKey(kid=key.kid, private=write_journal_key(key), created=key.created)
            )
        return tables.journal_keys.all()

    kept = await accounts.write(work)
    return Notary(read_journal_key(key.private, key.created) for key in kept)


def _addresses(config: Config) -> Addresses:
    """The public addresses: as set, or as the pods of this folder have them already."""
    wished = Addresses.at(config.base, by_host=config.pod_addresses == SUBDOMAIN)
    found = (Addresses.of_storage(name, storage) for name, storage in storages(config.data))
    recorded = next((addresses for addresses in found if addresses is not None), None)
    if recorded is None:
        return wished
    if config.base_url and wished.base != recorded.base:
        raise ConfigProblem(
            f"the pods in this folder are at {recorded.base}; serve them there, "
            f"with --base-url {recorded.base}"
        )
    if config.pod_addresses and wished.by_host != recorded.by_host:
        way = SUBDOMAIN if recorded.by_host else PATH
        raise ConfigProblem(
            f"the pods in this folder have addresses such as {recorded.storage_of('NAME')}, and "
            f"keep them; set `pod_addresses` to `{way}`"
        )
    return recorded
