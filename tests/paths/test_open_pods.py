"""The pods that a server has open: one of each for all who ask, whatever was there before."""

import asyncio

from pod.app import opened
from pod.config import Config
from pod.flows.provision import create_account


async def test_all_who_ask_at_once_are_given_one_pod_where_another_was_before(tmp_path):
    config = Config(data=tmp_path, base_url="https://pod.example/")
    async with opened(config) as server:
        await create_account("ana", "ana@example.org", "a good password", server)
        before = await server.pods.find("ana")
        owners = before.store.identity.owners
        storage, owner = before.store.storage, next(iter(owners))
        async with opened(config) as other:  # another process, as it were
            await other.pods.delete("ana")
            await other.pods.create("ana", storage=storage, owner=owner)
        found = await asyncio.gather(*(server.pods.find("ana") for _ in range(3)))
        assert found[0].store is not before.store
        assert {id(each) for each in found} == {id(found[0])}
        assert {id(each.index) for each in found} == {id(found[0].index)}
