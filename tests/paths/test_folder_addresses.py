"""A data folder remembers how its pods are addressed."""

import pytest

from pod.app import opened
from pod.config import Config, ConfigProblem
from pod.flows.provision import create_account
from pod.problems import Conflict, Malformed
from pod.store.directory import PODS

BASE = "https://pod.example/"


async def made(folder, name="ana", **settings):
    """The storage of a new account."""
    async with opened(Config(data=folder, **settings)) as server:
        account = await create_account(name, f"{name}@example.org", "a good password", server)
        return account.pod.storage


async def addressed(folder, **settings):
    """How the pods of a folder are addressed when it is opened so."""
    async with opened(Config(data=folder, **settings)) as server:
        return server.addresses.storage_of("NAME")


async def test_pods_have_paths_where_nothing_else_is_said(tmp_path):
    assert await made(tmp_path, base_url=BASE) == "https://pod.example/ana/"


async def test_pods_have_host_names_where_that_is_said(tmp_path):
    storage = await made(tmp_path, base_url=BASE, pod_addresses="subdomain")
    assert storage == "https://ana.pod.example/"
    local = await made(tmp_path / "local", pod_addresses="subdomain")
    assert local == "http://ana.localhost:3000/"


@pytest.mark.parametrize("way", ["path", "subdomain"])
async def test_what_is_not_said_is_as_it_was(tmp_path, way):
    await made(tmp_path, base_url=BASE, pod_addresses=way)
    before = await addressed(tmp_path, base_url=BASE, pod_addresses=way)
    assert await addressed(tmp_path) == before
    assert await addressed(tmp_path, base_url=BASE) == before
    assert await addressed(tmp_path, pod_addresses=way, base_url=BASE) == before


@pytest.mark.parametrize(("way", "other"), [("path", "subdomain"), ("subdomain", "path")])
async def test_another_way_is_refused_in_words(tmp_path, way, other):
    await made(tmp_path, base_url=BASE, pod_addresses=way)
    with pytest.raises(ConfigProblem, match=f"set `pod_addresses` to `{way}`$"):
        await addressed(tmp_path, base_url=BASE, pod_addresses=other)


@pytest.mark.parametrize("way", ["path", "subdomain"])
async def test_another_public_address_is_refused_in_words(tmp_path, way):
    await made(tmp_path, base_url=BASE, pod_addresses=way)
    with pytest.raises(ConfigProblem, match=f"with --base-url {BASE}$"):
        await addressed(tmp_path, base_url="https://other.example/", pod_addresses=way)


async def test_a_folder_without_pods_may_be_opened_anyhow(tmp_path):
    assert await addressed(tmp_path, base_url=BASE) == "https://pod.example/NAME/"
    found = await addressed(tmp_path, base_url=BASE, pod_addresses="subdomain")
    assert found == "https://NAME.pod.example/"


async def test_a_pod_whose_database_cannot_be_read_decides_nothing(tmp_path):
    await made(tmp_path, "zoe", base_url=BASE, pod_addresses="subdomain")
    broken = tmp_path / PODS / "ana"
    broken.mkdir()
    (broken / "pod.sqlite3").write_bytes(b"no database")
    assert await addressed(tmp_path) == "https://NAME.pod.example/"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("a--b", None), ("ab--c", Malformed), ("x-", Malformed), ("www", Conflict)],
)
async def test_names_are_labels_where_they_are_part_of_a_host(tmp_path, name, problem):
    if problem is None:
        storage = await made(tmp_path, name, base_url=BASE, pod_addresses="subdomain")
        assert storage == f"https://{name}.pod.example/"
        return
    with pytest.raises(problem):
        await made(tmp_path, name, base_url=BASE, pod_addresses="subdomain")
    assert (await made(tmp_path, name, base_url=BASE)).endswith(f"/{name}/")


@pytest.mark.parametrize("way", ["path", "subdomain"])
async def test_a_pod_in_the_folder_of_another_answers_for_nobody(tmp_path, way):
    for name in ("ana", "bob"):
        await made(tmp_path, name, base_url=BASE, pod_addresses=way)
    (tmp_path / PODS / "bob").rename(tmp_path / PODS / "eve")
    async with opened(Config(data=tmp_path)) as server:
        assert await server.pods.find("ana") is not None
        assert await server.pods.find("eve") is None
        assert server.pods.at_hand("eve") is None
