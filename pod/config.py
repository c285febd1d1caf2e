"""What can be set, checked once. Every field says what it does; docs/operations.md lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pod.account.controls import Registration
from pod.consent.bilingual import Bilingual, bilingual, same
from pod.http.addresses import (
    PATH,
    SUBDOMAIN,
    host_and_port,
    is_ip_address,
    is_this_machine,
    spelled,
)
from pod.http.forwarded import Proxies

MIB = 1024 * 1024
_KINDS = {bool: "true or false", tuple: "a list of texts"}
PROVISIONS = ("full", "bare")
_LONGEST_UNUSED = 36_500  # days


class ConfigProblem(Exception):
    """A setting that cannot be used; the message says which and what to write."""


_NOT_SAID = same("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who runs the server and how, as the page `/about` says it to people. Each is a text, or a
    table with one in `fr` and one in `en`; what is empty is said not to be known.
    """

    name: Bilingual = _NOT_SAID
    """Who runs the server, by law, and in which country."""

    contact: Bilingual = _NOT_SAID
    """How to reach them: an address for people, an e-mail address or a telephone number."""

    place: Bilingual = _NOT_SAID
    """Where the data are hosted: whose machines, in which town and country."""

    quality: Bilingual = _NOT_SAID
    """What can be relied on: how often the server may be away, and how backups are made."""

    security: Bilingual = _NOT_SAID
    """How the machines and the data on them are protected, and who can get at them."""

    incidents: Bilingual = _NOT_SAID
    """What is done, and by when people are told, where something went wrong."""

    processing: Bilingual = _NOT_SAID
    """What the operator itself does with data, such as statistics, logs and payments, and what it
    never does."""

    help: Bilingual = _NOT_SAID
    """Where people find help, at which times, and how they complain."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not said."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) == _NOT_SAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a server. Sizes are in bytes, times in seconds."""

    data: Path = Path("data")
    """The folder that holds every pod and the server's own database."""

    rml_python: str = ""
    """The Python of an environment of its own in which morph-kgc is installed, to read tables by
    RML mappings; without it they are not read so."""

    host: str = "127.0.0.1"
    """The network address to listen on: `0.0.0.0` for all of IPv4, `::` of IPv6, empty for both."""

    port: int = 3000
    """The port to listen on."""

    base_url: str = ""
    """The public address of the server, with its final slash; `http://localhost:PORT/` if empty."""

    pod_addresses: str = ""
    """`path` for pods at addresses such as https://pod.example/NAME/, `subdomain` for
    https://NAME.pod.example/; as the pods in the folder have it, and at first `path`, if empty."""

    trusted_proxies: tuple[str, ...] = ()
    """The proxies whose `Forwarded` and `X-Forwarded-…` fields are believed: addresses, networks
    such as `10.0.0.0/8`, and `unix` for whoever comes by `unix_socket`."""

    unix_socket: str = ""
    """A Unix socket to listen on, instead of `host` and `port`."""

    tls_certificate: str = ""
    """A PEM file with the certificate and those between it and the root, for TLS without a proxy;
    read anew when it changes."""

    tls_key: str = ""
    """A PEM file with the private key of the certificate, not encrypted."""

    http_port: int = 0
    """A port where each http request is answered with its https address; none if 0."""

    token_lifetime: int = 3600
    """How long an access token is good for."""

    unused_app_lifetime: int = 30 * 24 * 3600
    """How long an app is known that registered itself and that nobody has signed in with; others
    are for good."""

    unused_grant_days: int = 14
    """After how many days without use the access that somebody was granted pauses by itself."""

    bearer_tokens: bool = False
    """Whether access tokens are also given and taken that are bound to no key; always so where the
    public address is this machine's own."""

    memory_body: int = 256 * 1024
    """The largest body that is kept in the database; larger ones become files."""

    import_memory: int = 30_000
    """How many rows of an import are kept in memory; more lie in a file until they are stored."""

    largest_export: int = 256 * MIB
    """The largest export that a holder may deposit."""

    largest_upload: int = 1024 * MIB
    """The largest upload of a person on her page, and how much of an account may wait there until
    she decides."""

    registration: str = ""
    """Who may make an account: `open` for everybody, `invite` for whoever has a code of
    `pod account invite`, `closed` for nobody but the host; if empty, `open` where the public
    address is this machine's own, and `invite` elsewhere."""

    notice: Bilingual = _NOT_SAID
    """A sentence that every page of the server shows, such as that it is a demonstration: a text,
    or a table with one in `fr` and one in `en`."""

    visited: str = ""
    """The name of a pod whose account everybody may enter without a password, to look around: for
    a demonstration and nothing else, since whoever enters may also change and delete; none if
    empty."""

    operator: Operator = Operator()
    """Who runs the server and how, as the page `/about` says it: a table, `[operator]`."""

    browser: bool = True
    """Whether a web browser that opens an address in a pod is sent to the data browser's pages."""

    query_seconds: float = 10.0
    """How long a query may run before it is ended."""

    query_memory: int = 512 * MIB
    """How much memory a query may take beyond the index."""

    provision: str = "full"
    """What a new pod holds: `full` is all that apps look for (inbox, preferences, type indexes, a
    folder for what is public and one for what is private), `bare` what is needed to sign in."""

    open_pods: int = 500
    """How many pod databases are kept open at once."""

    @property
    def base(self) -> str:
        return self.base_url or f"http://localhost:{self.port}/"

    @property
    def unbound_tokens(self) -> bool:
        return self.bearer_tokens or self.development

    @property
    def registration_mode(self) -> Registration:
        if not self.registration:
            return Registration.OPEN if self.development else Registration.INVITE
        return Registration(self.registration)

    @property
    def development(self) -> bool:
        """Whether the public address is this machine's own, so that its peers may be too."""
        scheme, _, rest = self.base.partition("://")
        found = host_and_port(rest.removesuffix("/"), scheme)
        return found is not None and is_this_machine(found[0])


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
    if wanted in {Bilingual, Operator}:
        return _text(name, value) if wanted is Bilingual else _operator(value)
    if wanted is tuple and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if issubclass(wanted, Path) and isinstance(value, str):
        return Path(value)
    if wanted is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
        kind = _KINDS.get(wanted, f"a {wanted.__name__.lower()}")
        raise ConfigProblem(f"`{name}` must be {kind}")
    return value


def _text(name: str, value: object) -> Bilingual:
    """A text for people, or two by their languages."""
    if isinstance(value, Bilingual):
        return value
    if isinstance(value, str):
        return same(value)
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value.values()):
        raise ConfigProblem(f"`{name}` must be a text, or a table with texts in `fr` and `en`")
    return bilingual(value) or _NOT_SAID


def _operator(value: object) -> Operator:
    if isinstance(value, Operator):
        return value
    if not isinstance(value, Mapping):
        raise ConfigProblem("`operator` must be a table; write it as [operator]")
    known = {one.name for one in fields(Operator)}
    if unknown := sorted(value.keys() - known):
        raise ConfigProblem(
            f"unknown setting `operator.{unknown[0]}`; known are {', '.join(sorted(known))}"
        )
    return Operator(**{name: _text(f"operator.{name}", text) for name, text in value.items()})


def check_public(config: Config) -> None:
    """Raises ConfigProblem where strangers can make accounts on a server that does not say who
    runs it and how (CON-33).
    """
    is_public = config.base.startswith("https:") and not config.development
    if is_public and config.registration_mode is Registration.OPEN and config.operator.missing:
        named = ", ".join(f"`operator.{name}`" for name in config.operator.missing)
        raise ConfigProblem(
            f"who makes an account here must be able to read who runs the server: set {named}, "
            "or let `registration` be `invite`"
        )


def _check_choices(config: Config) -> None:
    if config.registration not in {"", *(mode.value for mode in Registration)}:
        raise ConfigProblem("`registration` must be `open`, `invite` or `closed`")
    if config.provision not in PROVISIONS:
        raise ConfigProblem(f"`provision` must be {' or '.join(f'`{one}`' for one in PROVISIONS)}")


def _checked(config: Config) -> Config:
    _check_address(config)
    _check_tls(config)
    _check_choices(config)
    if not 0 < config.port < 65536 or not 0 <= config.http_port < 65536:
        raise ConfigProblem("`port` and `http_port` must be between 1 and 65535")
    if config.http_port == config.port and not config.unix_socket:
        raise ConfigProblem("`http_port` must be another than `port`")
    if not 0 < config.unused_grant_days <= _LONGEST_UNUSED:
        raise ConfigProblem(f"`unused_grant_days` must be between 1 and {_LONGEST_UNUSED}")
    try:
        Proxies.of(config.trusted_proxies)
    except (ValueError, TypeError) as error:
        raise ConfigProblem(
            "`trusted_proxies` must be a list of addresses, of networks such as `10.0.0.0/8`, "
            "or `unix`"
        ) from error
    return config


def _check_address(config: Config) -> None:
    scheme, _, rest = config.base.partition("://")
    authority = rest.removesuffix("/")
    found = host_and_port(authority, scheme)
    if found is None or f"{spelled(*found, scheme)}/" != rest:
        raise ConfigProblem(
            "`base_url` must be an http or https address in small letters that ends in one slash, "
            "such as https://pod.example/"
        )
    if config.pod_addresses not in {"", PATH, SUBDOMAIN}:
        raise ConfigProblem(f"`pod_addresses` must be `{PATH}` or `{SUBDOMAIN}`")
    if config.pod_addresses == SUBDOMAIN and is_ip_address(found[0]):
        raise ConfigProblem(
            f"with `{SUBDOMAIN}` for `pod_addresses`, `base_url` must have a name, not a number"
        )


def _check_tls(config: Config) -> None:
    if bool(config.tls_certificate) != bool(config.tls_key):
        raise ConfigProblem("`tls_certificate` and `tls_key` go together; give both or none")
    if (config.tls_certificate or config.http_port) and not config.base.startswith("https:"):
        raise ConfigProblem(
            "`tls_certificate` and `http_port` need a `base_url` that begins with https:"
        )
