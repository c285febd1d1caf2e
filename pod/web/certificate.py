"""The server's own TLS: its certificate and key, read anew when their files change."""

import logging
import ssl
from pathlib import Path

log = logging.getLogger("pod")

_Stamp = tuple[tuple[int, int, int], ...]


class Certificate:
    """A certificate chain and its key, both in PEM files.

    `context` is for the listening socket. Certificates are renewed every few weeks while the server
    runs: each handshake looks whether the files are others by now, and goes on with what is in
    them; connections that are open stay as they are. What cannot be used is left, for those who
    renew write one file after the other; the handshakes go on with what was there.
    """

    def __init__(self, certificate: Path, key: Path) -> None:
        """Raises OSError for files that cannot be read, or that do not go together."""
        self._files = certificate, key
        self._stamp = self._stamped()
        self.context = self._current = self._loaded()
        # Called in each handshake, also in one that names no server.
        self.context.sni_callback = self._renew

    def _renew(self, line: ssl.SSLObject | ssl.SSLSocket, _name: str, _: ssl.SSLContext) -> None:
        stamp = self._stamped()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._current = self._loaded()
            except OSError:
                log.warning("the certificate and its key cannot be used; the former stay in use")
        line.context = self._current

    def _stamped(self) -> _Stamp:
        try:
            found = [file.stat() for file in self._files]
        except OSError:
            return ()
        return tuple((each.st_ino, each.st_mtime_ns, each.st_size) for each in found)

    def _loaded(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        certificate, key = self._files
        # The empty password is for keys that are encrypted: to fail, and not to ask a terminal.
        context.load_cert_chain(certificate, key, password="")
        return context
