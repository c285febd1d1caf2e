"""Reading JSON documents by declared paths, element by element, up to where they break."""

import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from importers.contract import Problem
from importers.money import decimal
from importers.text import decode

# Digits on each side of the decimal mark; a larger exponent would make a very long text.
_WIDEST = 18
_STOPS = "the document stops being JSON"
# A text in quotes, which holds what it likes, or a comma with nothing but a closing bracket behind.
_SPARE_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|(,(?=\s*[}\]]))', re.DOTALL)
_BLANKS = re.compile(r"[ \t\n\r]*")
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Element:
    """A value of a document and where it stands, as a JSON Pointer (RFC 6901)."""

    locator: str
    value: Any

    def get(self, path: str) -> Any:
        """The value at a path of member names within this one, "address/city"; None without."""
        here = self.value
        if "/" not in path:
            return here.get(path) if isinstance(here, dict) else None
        for name in path.split("/"):
            here = here.get(name) if isinstance(here, dict) else None
        return here

    def text(self, path: str) -> str:
        """The text or number at a path, as text without blanks around it; "" without one.

        Raises ValueError where something else stands.
        """
        value = self.get(path)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise ValueError(f"`{path}` is no text")  # noqa: TRY004 - the file is wrong, not the call
        return str(value).strip()

    def number(self, path: str) -> Decimal:
        """The number at a path, which holders also write as a text: `226.74`, `"69.00"`.

        Raises ValueError where none stands.
        """
        value = self.get(path)
        try:
            if isinstance(value, Decimal):
                return decimal(f"{value:f}" if -_WIDEST < value.adjusted() < _WIDEST else "")
            return decimal(self.text(path))
        except ValueError:
            raise ValueError(f"`{path}` is missing or is not a number") from None

    def number_or_none(self, path: str) -> Decimal | None:
        """The number at a path, None where nothing or `null` stands there.

        Raises ValueError where something else stands, an empty text too.
        """
        return None if self.get(path) is None else self.number(path)


def has_marks(head: bytes, marks: Iterable[str], *, opens: str = "{") -> bool:
    """Whether a file that begins like this is JSON in which all the marks stand.

    A mark is a name or a text with its quotes, `"releves"`. `opens` has the characters that the
    document may begin with: "{" for an object, "[" for an array.
    """
    text = decode(head).lstrip()
    return text.startswith(tuple(opens)) and all(mark in text for mark in marks)


def without_spare_commas(text: str) -> str:
    """A text in which commas before a closing bracket are blanks: some write one after the last.

    All else stays in its place. RFC 8259 §4 and §5 have commas between values alone.
    """
    return _SPARE_COMMA.sub(
        lambda found: found[0].replace(",", " ") if found[1] else found[0], text
    )


def stops(problem: Problem) -> bool:
    """Whether a document is not read on behind this problem, since it stops being JSON there."""
    return problem.message.startswith(_STOPS)


def elements(text: str, path: str) -> Iterator[Element | Problem]:
    """The values of a JSON text at a path, in order: `/*` is each element of the outer array.

    A path is a JSON Pointer in which `*` stands for every element or member. Numbers with a
    fraction are Decimal. Where a member of the path is missing there is a Problem, and where the
    text stops being JSON, one after the elements before.
    """
    yield from _walked(_Walk(text), [path.split("/")[1:]])


def parts(text: str, opened: Iterable[str]) -> Iterator[Element | Problem]:
    """All values of a JSON text in order, each whole but for those that are opened.

    `opened` are the paths, each as for `elements`, of objects and arrays that come as their
    members instead, the outermost one among them. So nothing is passed over that the reader of a
    format does not know. Where the text stops being JSON there is a Problem.
    """
    paths = [[*path.split("/")[1:], "*"] for path in opened]
    yield from _walked(_Walk(text, has_all=True), [["*"], *paths])


def _walked(walk: "_Walk", paths: list[list[str]]) -> Iterator[Element | Problem]:
    text = walk.text
    try:
        end = yield from walk.value(walk.blank(0), "", paths)
        walk.expect("", walk.blank(end))
    except (ValueError, RecursionError) as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else walk.reached
        line = text.count("\n", 0, at) + 1
        yield Problem(
            walk.pointer or "/",
            f"{_STOPS} near line {line} and is not read from there on",
        )


def first(text: str, path: str) -> Any:
    """The first value at a path, or None."""
    found = next(elements(text, path), None)
    return found.value if isinstance(found, Element) else None


class _Walk:
    """A walk down paths of a text; `reached` and `pointer` say how far it came.

    With `has_all` it gives what lies beside the paths too. Its methods take a place in the text,
    and return the place behind what they read.
    """

    def __init__(self, text: str, *, has_all: bool = False) -> None:
        self.text = text
        self._has_all = has_all
        self.reached = 0
        self.pointer = ""
        self._has_twice = False
        self._decoder = json.JSONDecoder(
            parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=self._object
        )

    def value(
        self, at: int, pointer: str, paths: list[list[str]]
    ) -> Generator[Element | Problem, None, int]:
        self.reached, self.pointer = at, pointer
        deeper = [path for path in paths if path]
        if deeper and self.text[at : at + 1] in {"{", "["}:
            return (yield from self._parts(at, pointer, deeper))
        self._has_twice = False
        value, end = self._decoder.raw_decode(self.text, at)
        if pointer and end == len(self.text) and isinstance(value, int | Decimal):
            raise ValueError("a number is cut off")
        if deeper and not self._has_all:
            yield _missing(pointer, deeper[0][0])
        else:
            yield self._element(pointer, value, at, end)
        return end

    def _object(self, members: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(members)
        self._has_twice |= len(found) < len(members)
        return found

    def _element(self, pointer: str, value: Any, at: int, end: int) -> Element | Problem:
        # RFC 8259 §4: "The names within an object SHOULD be unique"; which of two holds, none says.
        if self._has_twice:
            return Problem(pointer or "/", "a name stands twice in an object here")
        # "\ud83d" without its other half is JSON, and no text that could be stored.
        if _HALF_CHARACTER.search(self.text, at, end):
            try:
                json.dumps(value, ensure_ascii=False, default=str).encode()
            except UnicodeEncodeError:
                return Problem(pointer or "/", "a text here holds half a character")
        return Element(pointer, value)

    def _parts(
        self, at: int, pointer: str, paths: list[list[str]]
    ) -> Generator[Element | Problem, None, int]:
        closing = "}" if self.text[at] == "{" else "]"
        at, index, found = self.blank(at + 1), 0, self._has_all or paths[0][0] == "*"
        while self.text[at : at + 1] != closing:
            if index:
                at = self.blank(self.expect(",", at))
            name, at = self._name(at) if closing == "}" else (str(index), at)
            inside = [path[1:] for path in paths if path[0] in {"*", name}]
            if inside:
                found = True
                at = yield from self.value(at, pointer + "/" + _escaped(name), inside)
            else:
                at = self._decoder.raw_decode(self.text, at)[1]
            at = self.blank(at)
            self.reached, self.pointer = at, pointer
            index += 1
        if not found:
            yield _missing(pointer, paths[0][0])
        return at + 1

    def _name(self, at: int) -> tuple[str, int]:
        self.expect('"', at)
        name, end = self._decoder.raw_decode(self.text, at)
        return name, self.blank(self.expect(":", self.blank(end)))

    def expect(self, mark: str, at: int) -> int:
        """Raises ValueError where the mark, or for "" the end of the text, is not there."""
        if self.text[at : at + 1] != mark:
            raise ValueError("a mark is missing")
        return at + 1

    def blank(self, at: int) -> int:
        found = _BLANKS.match(self.text, at)
        return found.end() if found else at


def _missing(pointer: str, name: str) -> Problem:
    what = "a list of rows" if name == "*" else f"`{name}`"
    return Problem(pointer or "/", f"{what} is missing here")


def _escaped(name: str) -> str:
    # RFC 6901 §3: "~" and "/" are written "~0" and "~1".
    return name.replace("~", "~0").replace("/", "~1")


def _refuse(constant: str) -> None:
    # RFC 8259 §6: "Numeric values that cannot be represented in the grammar […] are not permitted".
    raise ValueError(constant)
