"""`pod serve`: the server, until it is asked to stop."""

import fcntl
import resource
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pod.app import opened
from pod.cli.collector import settle
from pod.cli.seed import read_seed, sow
from pod.cli.terms import CommandProblem, Commands, command, config_of
from pod.config import Config, check_public
from pod.flows.context import Server
from pod.web.listen import serve_until_stopped


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "serve", _serve, "serve the pods of a data folder")
    made.add_argument("--host", help="the network address to listen on (default 127.0.0.1)")
    made.add_argument("--port", type=int, help="the port to listen on (default 3000)")
    made.add_argument(
        "--seed", type=Path, help='a JSON file: [{"email","password","pods":[{"name"}]}]'
    )


async def _serve(chosen: Namespace) -> int:
    config = config_of(chosen, host=chosen.host, port=chosen.port)
    if chosen.port is not None and not config.base_url:
        config = replace(config, base_url=config.base)
    check_public(config)
    seeds = () if chosen.seed is None else read_seed(chosen.seed)
    _allow_files()
    async with opened(config) as server:
        with _only_one(config.data):
            await sow(seeds, server)
            await listen(server)
    return 0


def _allow_files() -> None:
    """Ask the system for as many open files as it gives: each open pod holds about seven."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """See to it that one server serves a folder: it alone remembers which proofs were used."""
    with (data / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandProblem("another server serves this folder already") from error
        yield


async def listen(server: Server) -> None:
    """Serve until asked to stop, and say when the first request would be answered."""
    settle()
    try:
        await serve_until_stopped(server, lambda: print(f"listening on {server.base}", flush=True))
    except OSError as error:
        raise CommandProblem(f"cannot listen on {_places(server.config)}") from error


def _places(config: Config) -> str:
    if config.unix_socket:
        where = "the `unix_socket`; choose another"
    else:
        where = f"{config.host}:{config.port}; choose another --port"
    return f"{where}, or another `http_port`" if config.http_port else where
