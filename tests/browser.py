"""A browser without scripts: cookies, forms, and the way from page to page, one step at a time."""

import re
import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from agents import Connection
from client import Answer

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "----a-form-of-the-tests"


def multipart(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A form with files (RFC 7578), as browsers write it."""
    made = bytearray()
    for name, content in files:
        quoted = name.replace("\\", "%5C").replace('"', "%22")
        made += f"--{BOUNDARY}\r\n".encode()
        made += f'Content-Disposition: form-data; name="files"; filename="{quoted}"\r\n'.encode()
        made += b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n"
    return bytes(made) + f"--{BOUNDARY}--\r\n".encode()


@dataclass
class Form:
    """A form of a page: where it goes, what stands in its fields, and the buttons' own."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("type", "")
        if tag == "form":
            self.forms.append(Form(given["action"]))
        elif tag == "input":
            ticked = kind not in {"radio", "checkbox"} or "checked" in given
            if ticked:
                self.forms[-1].fields.append((given["name"], given.get("value", "")))
        elif tag == "button" and "name" in given:
            self.forms[-1].buttons.append((given["name"], given["value"]))


@dataclass
class Browser:
    """One person's browser. `headers` are sent with each request."""

    base: str
    connection: Connection
    headers: dict[str, str] = field(default_factory=lambda: {"Accept": "text/html"})
    cookies: dict[str, str] = field(default_factory=dict)
    at: str = ""
    page: Answer | None = None

    def open(self, url: str) -> Answer:
        """Go to an address, and on to where it leads on this server; elsewhere is only noted."""
        self.page = self._ask("GET", urllib.parse.urljoin(self.at or self.base, url))
        return self._follow()

    def send(self, fill: Mapping[str, Any] | None = None, form: int = 0, **headers: str) -> Answer:
        """Send a form of the page with what is filled in, from this very page."""
        found = self.forms[form]
        filled = dict(found.fields) | dict(found.buttons[:1]) | dict(fill or {})
        body = urllib.parse.urlencode({k: v for k, v in filled.items() if v is not None})
        url = urllib.parse.urljoin(self.at, found.action)
        own = {"Content-Type": FORM, "Origin": self.base.rstrip("/")}
        own |= {"Sec-Fetch-Site": "same-origin"}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.page = self._ask("POST", url, own, body.encode())
        return self._follow()

    def post(self, url: str, fields: Mapping[str, str]) -> Answer:
        """Send a form that no page has."""
        own = {"Content-Type": FORM, "Origin": self.base.rstrip("/")}
        body = urllib.parse.urlencode(fields).encode()
        self.page = self._ask("POST", urllib.parse.urljoin(self.at, url), own, body)
        return self._follow()

    def send_files(
        self, files: Iterable[tuple[str, bytes]], action: str = "", **headers: str
    ) -> Answer:
        """Send files by the first form of the page, or by one at an address."""
        return self.send_body(multipart(files), action or self.forms[0].action, **headers)

    def send_body(self, body: bytes, action: str, **headers: str) -> Answer:
        """Send what may be a form with files."""
        own = {"Origin": self.base.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        own |= {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.page = self._ask("POST", urllib.parse.urljoin(self.at, action), own, body)
        return self._follow()

    @property
    def forms(self) -> list[Form]:
        assert self.page is not None
        reader = _Forms()
        reader.feed(self.page.text)
        return reader.forms

    @property
    def title(self) -> str:
        assert self.page is not None
        return re.search("<h1>(.*?)</h1>", self.page.text).group(1)

    def _follow(self) -> Answer:
        assert self.page is not None
        while self.page.status in {301, 302, 303, 307} and self.page.status:
            target = urllib.parse.urljoin(self.at, self.page.headers["Location"])
            if not target.startswith(self.base):
                self.at = target
                break
            self.page = self._ask("GET", target)
        return self.page

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        self.at = url
        sent = {**self.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.connection.ask(method, url, sent, body or None)
        for kept in answer.all("Set-Cookie"):
            name, _, rest = kept.partition("=")
            value, _, attributes = rest.partition(";")
            if "Max-Age=0" in attributes:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    @property
    def answered(self) -> dict[str, str]:
        """What an app elsewhere was told, in the address that the browser ended at."""
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.at).query))
