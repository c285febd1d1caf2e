"""The server behind nginx and Caddy, set up as the documentation has it."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from certificates import certify
from client import Answer, App
from pages import blocks
from serving import SECONDS, Host, becomes, free_port, here

NAMES = ("pod.example", "*.pod.example")
PAGE = "docs/operations.md"
MIB = 1024 * 1024


@dataclass(frozen=True)
class Front:
    """Where a proxy listens, and the certificate that it shows."""

    http: int
    https: int
    certificate: Path

    def ask(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """One request, by a client for whom the names of the server lead to this machine."""
        scheme, _, rest = url.partition("://")
        authority, slash, path = rest.partition("/")
        host = authority.partition(":")[0]
        port = self.https if scheme == "https" else self.http
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        line.sock = socket.create_connection(("127.0.0.1", port), SECONDS)
        if scheme == "https":
            trusting = ssl.create_default_context(cafile=self.certificate)
            line.sock = trusting.wrap_socket(line.sock, server_hostname=host)
        try:
            line.request(method, slash + path, body, {"Host": authority, **headers})
            response = line.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            line.close()


Write = Callable[[Path, Front, str], list[str]]
"""Writes the settings of a proxy into a folder, and tells the command that runs it."""


def _nginx(folder: Path, front: Front, behind: str) -> list[str]:
    (server,) = blocks(PAGE, "nginx")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{front.http};")
    server = server.replace("listen 443 ssl", f"listen 127.0.0.1:{front.https} ssl")
    server = server.replace("http://127.0.0.1:3000", behind)
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "\n".join(f"{name}_temp_path {folder / name};" for name in places)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder / 'pid'}; events {{}} http {{ access_log off; {kept}\n{server}}}",
        encoding="utf-8",
    )
    log = str(folder / "error.log")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", log]


def _caddy(folder: Path, front: Front, behind: str) -> list[str]:
    (sites,) = blocks(PAGE, "caddy")
    sites = sites.replace("127.0.0.1:3000", behind.removeprefix("http://"))
    ports = f"http_port {front.http}\n https_port {front.https}"
    settings = f"{{\n admin off\n {ports}\n}}\n"
    (folder / "Caddyfile").write_text(settings + sites, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def proxy(folder: Path, write: Write, behind: str, public: int) -> Iterator[Front]:
    """A proxy that answers at the port `public` by TLS, and at another by http."""
    certificate = folder / "pod.example.pem"
    certify(certificate, folder / "pod.example.key", *NAMES)
    front = Front(free_port(), public, certificate)
    words = write(folder, front, behind)
    kept = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(words, cwd=folder, env=kept, stdout=log, stderr=log)
        try:
            assert becomes(lambda: all(map(_answers, (front.http, front.https))))
            yield front
        finally:
            process.terminate()
            process.wait(SECONDS)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class Served:
    """A server behind a proxy: its public address, and the way there."""

    base: str
    front: Front
    alice: App

    def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        return self.front.ask("GET", url, headers or {})


@pytest.fixture(scope="module", params=[("nginx", _nginx), ("caddy", _caddy)], ids=lambda p: p[0])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    name, write = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    folder = tmp_path_factory.mktemp(name)
    # The processes of a proxy give up the rights of who starts it.
    for above in (folder, *folder.parents[:2]):
        above.chmod(above.stat().st_mode | 0o011)
    public = free_port()
    base = f"https://pod.example:{public}/"
    settings = folder / "pod.toml"
    settings.write_text(
        f'base_url = "{base}"\npod_addresses = "subdomain"\ntrusted_proxies = ["127.0.0.1"]\n'
    )
    host = Host(folder / "data", free_port())
    common = ("--data", str(host.data), "--config", str(settings))
    made = here(
        *("account", "create", "alice", "--email", "alice@example.org", "--password-stdin"),
        *common,
        given="a good password\n",
    )
    assert made.status == 0, made.err
    made = here("credentials", "create", "alice", "--label", "script", "--json", *common)
    credentials = made.json()
    with ExitStack() as stack:
        stack.enter_context(host.serving("--base-url", base, "--config", str(settings)))
        inner = f"http://127.0.0.1:{host.port}"
        front = stack.enter_context(proxy(folder, write, inner, public))
        named = (credentials[name] for name in ("id", "secret", "token_endpoint"))
        yield Served(base, front, App(*named, ask=front.ask))


@pytest.mark.spec("Practice STO-11")
def test_the_server_and_each_pod_are_at_their_own_hosts(served):
    assert served.get(served.base).status == 200
    alice = served.base.replace("://", "://alice.")
    card = served.get(alice + "profile/card")
    assert (card.status, alice in card.text) == (200, True)
    assert served.get(served.base + "alice/profile/card").status == 404
    assert served.get(served.base.replace("://", "://bob.")).status == 404


@pytest.mark.spec("Solid Protocol §2.1 #server-tls-https-redirect")
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("host", ["pod.example", "alice.pod.example"])
def test_http_leads_to_https(served, method, host):
    url = f"http://{host}:{served.front.http}/a%2Fb?c=%20"
    answer = served.front.ask(method, url, {"Origin": "https://app.example"})
    assert answer.status == 301
    expected = served.base.replace("://pod.example", f"://{host}") + "a%2Fb?c=%20"
    assert answer.headers["Location"] == expected
    assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example"


@pytest.mark.spec("Practice HTTP-25")
@pytest.mark.parametrize(
    "forged",
    [
        {"Forwarded": "for=10.0.0.1;host=evil.example;proto=http"},
        {"Forwarded": "nothing that can be read"},
        {"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "http"},
    ],
    ids=str,
)
def test_what_a_client_claims_goes_no_further_than_the_proxy(served, forged):
    assert served.get(served.base + "ns/selfdata", forged).status == 200


def test_addresses_arrive_as_they_were_sent(served):
    alice = served.base.replace("://", "://alice.")
    for path in ("a%2Fb", "a//b", "%00"):
        assert served.get(alice + path).status == 400


def test_who_signed_in_uploads_what_is_large(served):
    there, body = served.base.replace("://", "://alice.") + "private/x", os.urandom(20 * MIB)
    assert served.alice.put(there, body, "application/octet-stream").status == 201
    assert served.alice.get(there).body == body


@pytest.mark.spec("Solid Protocol §2.1 #server-http-2")
@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_http_2_is_spoken(served):
    front = served.front
    done = subprocess.run(
        [
            *("curl", "--silent", "--http2", "--cacert", str(front.certificate)),
            *("--resolve", f"pod.example:{front.https}:127.0.0.1", "--output", "-"),
            *("--write-out", "%{http_version} %{http_code}", served.base + "ns/selfdata"),
        ],
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout.endswith(b"2 200")
