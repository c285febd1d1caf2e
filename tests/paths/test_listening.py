"""Where a server listens, on real sockets: TLS and its renewal, http beside it, and others."""

import asyncio
import contextlib
import socket
import ssl
import stat
import warnings
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvloop
from certificates import certify
from cryptography import x509
from serving import free_port

from pod.app import opened
from pod.config import Config, ConfigProblem
from pod.flows.provision import create_account
from pod.web.listen import listening

NAMES = ("pod.example", "*.pod.example")
SECONDS = 120  # that anything may take; nothing is waited for that long
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
both_loops = pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)


def run(loop, coroutine):
    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(asyncio.wait_for(coroutine, SECONDS))


@dataclass
class Line:
    """One connection to a server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def get(self, host, path="/", *fields, method="GET"):
        """The status and the head of the answer."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *fields, "", ""]
        self.writer.write("\r\n".join(lines).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.partition(":")[2])
            for line in head.lower().splitlines()
            if line.startswith("content-length:")
        )
        if method != "HEAD":
            await self.reader.readexactly(length)
        return int(head.split()[1]), head

    @property
    def serial(self):
        """The number of the certificate that the server has shown."""
        shown = self.writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        return x509.load_der_x509_certificate(shown).serial_number


@asynccontextmanager
async def connected(*where, tls=None, unix=None):
    if unix is not None:
        opened_line = asyncio.open_unix_connection(unix)
    else:
        name = NAMES[0] if tls else None
        opened_line = asyncio.open_connection(*where, ssl=tls, server_hostname=name)
    reader, writer = await opened_line
    try:
        yield Line(reader, writer)
    finally:
        writer.transport.abort()


@asynccontextmanager
async def serving(folder, **settings):
    """A server with one pod, listening; its port."""
    port = free_port()
    given = {"base_url": "https://pod.example/", "port": port, **settings}
    async with opened(Config(data=folder / "data", **given)) as server:
        await create_account("ana", "ana@example.org", "a good password", server)
        async with listening(server):
            yield port


@dataclass(frozen=True)
class Files:
    """A certificate and its key."""

    certificate: Path
    key: Path

    @property
    def settings(self):
        return {"tls_certificate": str(self.certificate), "tls_key": str(self.key)}

    def renew(self, *names, **more):
        """Another certificate and key in their place; its serial number."""
        return certify(self.certificate, self.key, *(names or NAMES), **more)

    def trusted(self):
        """What a client knows that trusts the certificate which is there now, and no other."""
        return ssl.create_default_context(cafile=self.certificate)


@pytest.fixture
def files(tmp_path):
    made = Files(tmp_path / "pod.pem", tmp_path / "pod.key")
    made.renew()
    return made


def lenient():
    """What a client knows that takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@pytest.mark.spec("Solid Protocol §2.1 #server-tls-https")
class TestTls:
    @both_loops
    def test_a_client_that_checks_the_certificate_is_answered(self, loop, tmp_path, files):
        async def path():
            async with (
                serving(tmp_path, **files.settings) as port,
                connected("127.0.0.1", port, tls=files.trusted()) as line,
            ):
                assert line.writer.get_extra_info("ssl_object").version() == "TLSv1.3"
                assert (await line.get("pod.example"))[0] == 200
                assert (await line.get("pod.example", "/ana/profile/card"))[0] == 200
                assert (await line.get("evil.example"))[0] == 400

        run(loop, path())

    @pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
    def test_in_each_version_that_is_safe(self, tmp_path, files, version):
        async def path():
            client = files.trusted()
            client.minimum_version = client.maximum_version = ssl.TLSVersion[version]
            client.set_alpn_protocols(["h2", "http/1.1"])
            async with (
                serving(tmp_path, **files.settings) as port,
                connected("127.0.0.1", port, tls=client) as line,
            ):
                assert (await line.get("pod.example"))[0] == 200
                shown = line.writer.get_extra_info("ssl_object")
                assert shown.selected_alpn_protocol() == "http/1.1"

        run(asyncio.new_event_loop, path())

    def test_in_no_other(self, tmp_path, files):
        async def path():
            client = lenient()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                client.set_ciphers("ALL:@SECLEVEL=0")
                client.minimum_version = ssl.TLSVersion.TLSv1
                client.maximum_version = ssl.TLSVersion.TLSv1_1
            async with serving(tmp_path, **files.settings) as port:
                with pytest.raises((ssl.SSLError, ConnectionError)):
                    async with connected("127.0.0.1", port, tls=client):
                        pytest.fail("the versions before are not to be spoken")

        run(asyncio.new_event_loop, path())

    @both_loops
    def test_who_speaks_without_it_hears_nothing(self, loop, tmp_path, files):
        async def path():
            async with serving(tmp_path, **files.settings) as port:
                async with connected("127.0.0.1", port) as line:
                    line.writer.write(b"GET / HTTP/1.1\r\nHost: pod.example\r\n\r\n")
                    with contextlib.suppress(ConnectionError):
                        assert b"HTTP" not in await line.reader.read()
                async with connected("127.0.0.1", port, tls=files.trusted()) as line:
                    assert (await line.get("pod.example"))[0] == 200

        run(loop, path())


class TestRenewal:
    @both_loops
    @pytest.mark.parametrize("kinds", [("EC", "EC"), ("RSA", "EC"), ("EC", "RSA")], ids=" to ".join)
    def test_a_new_certificate_is_shown_and_open_lines_stay(self, loop, tmp_path, files, kinds):
        async def path():
            first = files.renew(kind=kinds[0])
            async with (
                serving(tmp_path, **files.settings) as port,
                connected("127.0.0.1", port, tls=files.trusted()) as old,
            ):
                assert old.serial == first
                second = files.renew(kind=kinds[1])
                async with connected("127.0.0.1", port, tls=files.trusted()) as new:
                    assert new.serial == second
                    assert (await new.get("pod.example"))[0] == 200
                assert (await old.get("pod.example"))[0] == 200

        run(loop, path())

    def test_what_cannot_be_used_changes_nothing(self, tmp_path, files):
        async def path():
            first, trusted = files.certificate.read_bytes(), files.trusted()
            async with serving(tmp_path, **files.settings) as port:
                for broken in (b"no certificate", b"", None):
                    if broken is None:
                        files.certificate.unlink()
                    else:
                        files.certificate.write_bytes(broken)
                    async with connected("127.0.0.1", port, tls=trusted) as line:
                        assert (await line.get("pod.example"))[0] == 200
                files.certificate.write_bytes(first)
                async with connected("127.0.0.1", port, tls=trusted) as line:
                    assert (await line.get("pod.example"))[0] == 200

        run(asyncio.new_event_loop, path())

    def test_one_file_after_the_other_is_one_renewal(self, tmp_path, files):
        async def path():
            first, trusted = files.certificate.read_bytes(), files.trusted()
            async with serving(tmp_path, **files.settings) as port:
                async with connected("127.0.0.1", port, tls=trusted) as line:
                    old = line.serial
                new = files.renew()
                second = files.certificate.read_bytes()
                files.certificate.write_bytes(first)  # as if only the key were there yet
                async with connected("127.0.0.1", port, tls=trusted) as line:
                    assert line.serial == old
                files.certificate.write_bytes(second)
                async with connected("127.0.0.1", port, tls=files.trusted()) as line:
                    assert line.serial == new

        run(asyncio.new_event_loop, path())


class TestUnusable:
    """A certificate that cannot be used is told of before anything is listened to."""

    @pytest.fixture(params=["no certificate", "no file", "no key", "another key", "a password"])
    def unusable(self, request, files, tmp_path):
        match request.param:
            case "no certificate":
                files.certificate.write_text("certificate")
            case "no file":
                files.certificate.unlink()
            case "no key":
                files.key.write_text("key")
            case "another key":
                certify(tmp_path / "other.pem", files.key, *NAMES)
            case "a password":
                files.renew(password="a good password")  # noqa: S106 - made up
        return files

    def test_it_is_told_in_words(self, tmp_path, unusable):
        async def path():
            with pytest.raises(ConfigProblem, match="`tls_certificate` and `tls_key` must name"):
                async with serving(tmp_path, **unusable.settings):
                    pytest.fail("this must not be served")

        run(asyncio.new_event_loop, path())


@pytest.mark.spec("Solid Protocol §2.1 #server-tls-https-redirect")
class TestHttpBeside:
    @both_loops
    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
    def test_http_is_answered_with_the_https_address(self, loop, tmp_path, files, method):
        async def path():
            other = free_port()
            async with (
                serving(tmp_path, **files.settings, http_port=other) as port,
                connected("127.0.0.1", other) as line,
            ):
                origin = "Origin: https://app.example"
                status, head = await line.get("pod.example", "/ana/x?y=z", origin, method=method)
                assert status == 301
                assert "\r\nLocation: https://pod.example/ana/x?y=z\r\n" in head
                assert "\r\nAccess-Control-Allow-Origin: https://app.example\r\n" in head
                assert (await line.get(f"pod.example:{other}", "/"))[0] == 301
                assert (await line.get("evil.example", "/"))[0] == 400
                async with connected("127.0.0.1", port, tls=files.trusted()) as secured:
                    assert (await secured.get("pod.example"))[0] == 200

        run(loop, path())

    def test_also_where_a_proxy_does_the_rest(self, tmp_path):
        async def path():
            other = free_port()
            async with serving(tmp_path, http_port=other) as port:
                async with connected("127.0.0.1", other) as line:
                    assert (await line.get("pod.example"))[0] == 301
                async with connected("127.0.0.1", port) as line:
                    assert (await line.get("pod.example"))[0] == 200

        run(asyncio.new_event_loop, path())


class TestUnixSocket:
    @both_loops
    def test_it_is_listened_on_and_open_to_the_group_only(self, loop, tmp_path):
        async def path():
            place = tmp_path / "pod.sock"
            async with serving(tmp_path, unix_socket=str(place)):
                assert stat.S_IMODE(place.stat().st_mode) == 0o660
                async with connected(unix=place) as line:
                    assert (await line.get("pod.example"))[0] == 200

        run(loop, path())

    @both_loops
    @pytest.mark.parametrize("trusted", [True, False])
    def test_who_comes_by_it_is_a_proxy_where_that_is_said(self, loop, tmp_path, trusted):
        async def path():
            place, proxies = tmp_path / "pod.sock", ("unix",) if trusted else ("127.0.0.1",)
            async with (
                serving(tmp_path, unix_socket=str(place), trusted_proxies=proxies),
                connected(unix=place) as line,
            ):
                said = "X-Forwarded-Proto: http"
                assert (await line.get("pod.example", "/", said))[0] == (301 if trusted else 200)

        run(loop, path())

    @both_loops
    def test_one_that_was_left_is_taken_over(self, loop, tmp_path):
        async def path():
            place = tmp_path / "pod.sock"
            with socket.socket(socket.AF_UNIX) as left:
                left.bind(str(place))
            async with (
                serving(tmp_path, unix_socket=str(place)),
                connected(unix=place) as line,
            ):
                assert (await line.get("pod.example"))[0] == 200

        run(loop, path())


def _has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
@both_loops
@pytest.mark.parametrize(
    ("host", "peer", "proxy", "believed"),
    [
        ("::1", "::1", "::1", True),
        ("::1", "::1", "127.0.0.1", False),
        ("", "::1", "::1", True),
        ("", "127.0.0.1", "127.0.0.1", True),
        ("", "127.0.0.1", "::1", False),
    ],
)
def test_a_proxy_is_known_by_its_address_of_either_kind(
    loop, tmp_path, host, peer, proxy, believed
):
    async def path():
        async with (
            serving(tmp_path, host=host, trusted_proxies=(proxy,)) as port,
            connected(peer, port) as line,
        ):
            status, _ = await line.get("pod.example", "/", "X-Forwarded-Proto: http")
            assert status == (301 if believed else 200)

    run(loop, path())
