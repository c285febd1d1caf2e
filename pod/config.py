"""What can be set, checked once. Every field says what it does; docs/operations.md lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MIB = 1024 * 1024


class ConfigProblem(Exception):
    """A setting that cannot be used; the message says which and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a server. Sizes are in bytes, times in seconds."""

    data: Path = Path("data")
    """The folder that holds every pod and the server's own database."""

    host: str = "127.0.0.1"
    """The network address to listen on; `0.0.0.0` for all."""

    port: int = 3000
    """The port to listen on."""

    base_url: str = ""
    """The public address of the server, with its final slash; `http://localhost:PORT/` if empty."""

    token_lifetime: int = 3600
    """How long an access token is good for."""

    memory_body: int = 256 * 1024
    """The largest body that is kept in the database; larger ones become files."""

    largest_export: int = 256 * MIB
    """The largest export that a holder may deposit."""

    notice: str = ""
    """A sentence that every page of the server shows, such as that it is a demonstration."""

    query_seconds: float = 10.0
    """How long a query may run before it is ended."""

    query_memory: int = 512 * MIB
    """How much memory a query may take beyond the index."""

    open_pods: int = 500
    """How many pod databases are kept open at once."""

    @property
    def base(self) -> str:
        return self.base_url or f"http://localhost:{self.port}/"

    @property
    def development(self) -> bool:
        """Whether the public address is this machine's own, so that its peers may be too."""
        return _is_this_machine(self.base)


def read_config(file: Path | None, given: Mapping[str, object]) -> Config:
    """The settings of a TOML file, overridden by those given on the command line.

    Raises ConfigProblem for an unknown name, a value of the wrong type or an unusable address.
    """
    values: dict[str, object] = {}
    if file is not None:
        try:
            values.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except OSError as error:
            raise ConfigProblem("the settings file cannot be read; check its name") from error
        except ValueError as error:
            raise ConfigProblem(f"the settings file is not in TOML: {error}") from error
    values.update({name: value for name, value in given.items() if value is not None})
    known = {field.name for field in fields(Config)}
    if unknown := sorted(values.keys() - known):
        raise ConfigProblem(f"unknown setting `{unknown[0]}`; known are {', '.join(sorted(known))}")
    typed: dict[str, Any] = {name: _typed(name, value) for name, value in values.items()}
    return _checked(Config(**typed))


def _typed(name: str, value: object) -> object:
    wanted = type(getattr(Config(), name))
    if issubclass(wanted, Path) and isinstance(value, str):
        return Path(value)
    if wanted is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise ConfigProblem(f"`{name}` must be a {wanted.__name__.lower()}")
    return value


def _checked(config: Config) -> Config:
    parts = urlsplit(config.base)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path != "/":
        raise ConfigProblem(
            "`base_url` must be an http or https address that ends in one slash, "
            "such as https://pod.example/"
        )
    if not 0 < config.port < 65536:
        raise ConfigProblem("`port` must be between 1 and 65535")
    return config


@lru_cache(maxsize=16)
def _is_this_machine(base: str) -> bool:
    name = urlsplit(base).hostname or ""
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
