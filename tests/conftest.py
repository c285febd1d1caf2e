"""What tests share: the spec marker with its table, and the server of the tests over HTTP."""

import gc
from collections.abc import Generator, Iterator

import pytest
from agents import Person, World, folder_in_memory
from agents import world as serving
from compliance import document
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from neighbour import Neighbour, neighbour

# How long a machine takes that others use too says nothing of a law. The examples are the same each
# time, so that a change is judged by what it changes; `pytest --hypothesis-profile=exploring` looks
# for others, and for more of them.
settings.register_profile(
    "shared",
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "exploring", settings.get_profile("shared"), derandomize=False, max_examples=600
)
settings.load_profile("shared")
# Among the examples would be constants of the modules that happen to be loaded, which is not the
# same each time.
providers._get_local_constants = providers.Constants  # noqa: SLF001 - there is no setting for it


# What the server of the tests over HTTP failed at by its own fault.
FAILURES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--compliance", action="store_true", help="print which tests show which clause, run none"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays, so it is not looked through for what is not needed any more."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Of several processes each begins with other modules, and finds those compiled that follow."""
    report = yield
    if isinstance(collector, pytest.Directory) and hasattr(collector.config, "workerinput"):
        shared = collector.config.workerinput
        first = len(report.result) * int(shared["workerid"][2:]) // shared["workercount"]
        report.result = report.result[first:] + report.result[:first]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None]:
    items.sort(key=lambda item: item.path)
    yield
    if config.getoption("--compliance"):
        print(document(items))
        items.clear()
    # The tests over HTTP come last: their server has processes of its own, and others count theirs.
    # What takes long comes first: then nobody waits for it at the end.
    items.sort(key=lambda item: (_needs_world(item), item.get_closest_marker("slow") is None))


def _needs_world(item: pytest.Item) -> bool:
    return "world" in getattr(item, "fixturenames", ())


def _failures(item: pytest.Item) -> list[str]:
    return item.config.stash[FAILURES] if _needs_world(item) else []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if FAILURES in item.config.stash:
        item.config.stash[FAILURES].clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Whatever a test asks for, the server itself must never be at fault."""
    result = yield
    assert not _failures(item)
    return result


@pytest.fixture(scope="session")
def world(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One server for all tests over HTTP; what they change on it is each one's own."""
    with (
        folder_in_memory(tmp_path_factory.mktemp("world")) as folder,
        serving(folder / "data") as made,
    ):
        pytestconfig.stash[FAILURES] = made.failures
        yield made


@pytest.fixture(scope="session")
def ana(world: World) -> Person:
    """The owner of the pod that most tests are about."""
    return world.account("ana")


@pytest.fixture(scope="session")
def bob(world: World) -> Person:
    """Somebody with an account on the same server."""
    return world.account("bob")


@pytest.fixture(scope="session")
def carol(world: World) -> Person:
    """Somebody else with an account on the same server."""
    return world.account("carol")


@pytest.fixture(scope="session")
def nobody(world: World) -> Person:
    """Who sends no credentials."""
    return Person("nobody", world.connection)


@pytest.fixture
def owner(world: World) -> Person:
    """The owner of a pod of her own that nobody has touched; slow, so only where it matters."""
    return world.fresh()


@pytest.fixture
def place(world: World, ana: Person) -> str:
    """The address of a container of Ana's that no other test knows; nothing is there yet."""
    return f"{ana.storage}t{next(world.numbers)}/"


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Neighbour]:
    """Another server on this machine, with documents of strangers."""
    with neighbour() as made:
        yield made
