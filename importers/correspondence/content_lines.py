"""Content lines: what vCard and iCalendar are written in, a property a line.

Format: RFC 6350 §3 and RFC 5545 §3.1 (`NAME;PARAMETER=VALUE:value`, a long line folded before a
blank), and vCard 2.1 with what its programs make of it: parameters without a name, texts in
quoted-printable that go on behind a `=`, and base64 that goes on as it pleases.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importers.text import decode

_PROPERTY = re.compile(
    r"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)"
    r'(?P<parameters>(?:;(?:[^":;]|"[^"]*")*)*):(?P<value>.*)',
    re.ASCII | re.DOTALL,
)
_PARAMETER = re.compile(r';(?:([A-Za-z0-9-]+)=)?((?:[^";]|"[^"]*")*)', re.ASCII)
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_COMPONENT = re.compile(r"\s*(?:BEGIN|END):", re.IGNORECASE)
_FOLDED_AT_BLANKS = "2.1"
_NO_PROPERTY = "this line is no property, and nothing is read of it"


@dataclass(frozen=True, slots=True)
class Property:
    """One property: the number of the line where it begins, from 1, its names in capitals.

    `parameters` are (name, value) pairs; those that vCard 2.1 writes without a name are of TYPE or
    ENCODING. `text` is the value as it is written, but for its encoding: apart from commas and
    semicolons with a meaning, `words` and `parts` undo what is escaped in it.
    """

    line: int
    name: str
    parameters: tuple[tuple[str, str], ...]
    text: str

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    def parameter(self, name: str) -> str:
        """The first value of a parameter, "" without one."""
        return next((value for known, value in self.parameters if known == name), "")

    @property
    def plain(self) -> str:
        """The value as one text."""
        return unescaped(self.text).strip()

    def parts(self, mark: str) -> tuple[str, ...]:
        """The value in parts, with a mark between them that is not escaped."""
        apart = re.split(rf"(?<!\\){mark}", self.text.replace("\\\\", "\0"))
        return tuple(unescaped(one.replace("\0", "\\\\")).strip() for one in apart)


@dataclass(frozen=True, slots=True)
class Stray:
    """A line that is no property."""

    line: int

    @property
    def locator(self) -> str:
        return f"line={self.line}"

    @property
    def message(self) -> str:
        return _NO_PROPERTY


def properties(lines: Iterable[str]) -> Iterator[Property | Stray]:
    """The properties of a text by its lines, in order, and where lines begin that are none."""
    is_told = False
    for number, text in _unfolded(lines):
        found = _PROPERTY.fullmatch(text)
        if found is None:
            if text.strip() and not is_told:
                is_told = True
                yield Stray(number)
            continue
        is_told = False
        parameters = tuple(_parameters(found["parameters"]))
        value = _decoded(found["value"], dict(parameters))
        yield Property(number, found["name"].upper(), parameters, value)


def unescaped(text: str) -> str:
    r"""A value without what is escaped in it: `\n`, `\,`, `\;`, `\\` (RFC 6350 §3.4)."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for name, value in _PARAMETER.findall(text):
        plain = value.replace('"', "")
        if name:
            yield name.upper(), plain
        elif plain.upper() in {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"}:
            yield "ENCODING", plain
        else:
            yield "TYPE", plain


def _unfolded(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each property on one line, with the number of its first line."""
    first, begun, keeps_blank = 1, "", False
    for number, line in enumerate(_whole(lines), 1):
        if begun and not line and not _goes_on(begun):
            continue  # nothing, or what comes of line ends that were turned twice
        more = _continuation(begun, line, keeps_blank=keeps_blank)
        if more is not None:
            begun = begun.removesuffix("=") + more if _goes_on(begun) else begun + more
            continue
        yield first, begun
        if begun.upper().startswith("VERSION:"):
            keeps_blank = begun.partition(":")[2].strip() == _FOLDED_AT_BLANKS
        first, begun = number, line.strip() if _COMPONENT.match(line) else line
    yield first, begun


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """Lines without their ends, whole: one of more than a mebibyte comes in pieces."""
    pieces: list[str] = []
    for piece in lines:
        pieces.append(piece.removesuffix("\n"))
        if piece.endswith("\n"):
            yield "".join(pieces)
            pieces.clear()
    if pieces:
        yield "".join(pieces)


def _continuation(begun: str, line: str, *, keeps_blank: bool) -> str | None:
    """What a line adds to the property that has begun, None where it begins another one."""
    if not begun or _COMPONENT.match(line):
        return None  # what begins or ends is never swallowed
    if _goes_on(begun):
        return line
    if line[:1] in {" ", "\t"}:
        return line if keeps_blank else line[1:]
    # Some programs do not fold base64, and only break its lines.
    return line if line and ":" not in line and _is_base64(begun) else None


def _goes_on(line: str) -> bool:
    """Whether a text in quoted-printable goes on in the next line (RFC 2045 §6.7)."""
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _is_base64(line: str) -> bool:
    head = line.partition(":")[0].upper()
    return "ENCODING=B" in head or ";BASE64" in head


def _decoded(value: str, parameters: dict[str, str]) -> str:
    encoding = parameters.get("ENCODING", "").upper()
    if encoding == "QUOTED-PRINTABLE":
        octets = binascii.a2b_qp(value.encode("utf-8", "surrogatepass"))
    elif encoding in {"B", "BASE64"}:
        octets = _from_base64("".join(value.split()))
    else:
        return value
    return _as_text(octets, parameters.get("CHARSET", ""))


def _from_base64(value: str) -> bytes:
    try:
        return base64.b64decode(value.encode("ascii", "replace"), validate=True)
    except binascii.Error:
        return b""


def _as_text(octets: bytes, charset: str) -> str:
    """Octets in a charset that the property names, else in that which they seem to be in."""
    try:
        return octets.decode(charset, "replace") if charset else decode(octets)
    except (LookupError, ValueError):
        return decode(octets)
