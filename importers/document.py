"""Reading JSON documents by declared paths, element by element, up to where they break."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from importers.contract import Problem
from importers.json_window import TooLarge, Window
from importers.money import decimal
from importers.text import decode

# Digits on each side of the decimal mark; a larger exponent would make a very long text.
_WIDEST = 18
_STOPS = "the document stops being JSON"
# A text in quotes, which holds what it likes, or a comma with nothing but a closing bracket behind.
_SPARE_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|(,(?=\s*[}\]]))', re.DOTALL)
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


def elements(text: str | Iterable[str], path: str) -> Iterator[Element | Problem]:
    """The values of a JSON text at a path, in order: `/*` is each element of the outer array.

    The text may come in pieces, as `importers.text.lines` gives them: then only one value at a time
    is held. A path is a JSON Pointer in which `*` stands for every element or member. Numbers with
    a fraction are Decimal. Where a member of the path is missing there is a Problem, and where the
    text stops being JSON, one after the elements before.
    """
    yield from _walked(_Walk(text), [path.split("/")[1:]])


def parts(text: str | Iterable[str], opened: Iterable[str]) -> Iterator[Element | Problem]:
    """All values of a JSON text in order, each whole but for those that are opened.

    `opened` are the paths, each as for `elements`, of objects and arrays that come as their
    members instead, the outermost one among them. So nothing is passed over that the reader of a
    format does not know. Where the text stops being JSON there is a Problem.
    """
    paths = [[*path.split("/")[1:], "*"] for path in opened]
    yield from _walked(_Walk(text, has_all=True), [["*"], *paths])


def _walked(walk: "_Walk", paths: list[list[str]]) -> Iterator[Element | Problem]:
    try:
        yield from walk.value("", paths)
        walk.window.expect("")
    except (ValueError, RecursionError) as error:
        line = walk.window.line(error)
        yield Problem(
            walk.pointer or "/",
            f"{_STOPS} near line {line} and is not read from there on",
        )


def first(text: str | Iterable[str], path: str) -> Any:
    """The first value at a path, or None."""
    found = next(elements(text, path), None)
    return found.value if isinstance(found, Element) else None


class _Walk:
    """A walk down paths of a text; `pointer` says how far it came.

    With `has_all` it gives what lies beside the paths too.
    """

    def __init__(self, text: str | Iterable[str], *, has_all: bool = False) -> None:
        self.window = Window((text,) if isinstance(text, str) else text)
        self._has_all = has_all
        self.pointer = ""

    def value(self, pointer: str, paths: list[list[str]]) -> Iterator[Element | Problem]:
        self.pointer = pointer
        opens = self.window.next()
        deeper = [path for path in paths if path]
        if deeper and opens in {"{", "["}:
            yield from self._parts(opens, pointer, deeper)
            return
        try:
            value = self.window.value()
        except TooLarge:
            yield Problem(pointer or "/", "a value here is longer than any that is read")
            self.window.skip()
            return
        if pointer and isinstance(value, int | Decimal) and self.window.is_at_end:
            raise ValueError("a number is cut off")
        if deeper and not self._has_all:
            yield _missing(pointer, deeper[0][0])
        else:
            yield self._element(pointer, value)

    def _element(self, pointer: str, value: Any) -> Element | Problem:
        # RFC 8259 §4: "The names within an object SHOULD be unique"; which of two holds, none says.
        if self.window.has_twice:
            return Problem(pointer or "/", "a name stands twice in an object here")
        # "\ud83d" without its other half is JSON, and no text that could be stored.
        if _HALF_CHARACTER.search(self.window.piece):
            try:
                json.dumps(value, ensure_ascii=False, default=str).encode()
            except UnicodeEncodeError:
                return Problem(pointer or "/", "a text here holds half a character")
        return Element(pointer, value)

    def _parts(
        self, opens: str, pointer: str, paths: list[list[str]]
    ) -> Iterator[Element | Problem]:
        window, closing = self.window, "}" if opens == "{" else "]"
        window.expect(opens)
        index, found = 0, self._has_all or paths[0][0] == "*"
        while window.next() != closing:
            if index:
                window.expect(",")
            name = window.name() if closing == "}" else str(index)
            inside = [path[1:] for path in paths if path[0] in {"*", name}]
            if inside:
                found = True
                yield from self.value(pointer + "/" + _escaped(name), inside)
            else:
                window.skip()
            self.pointer = pointer
            index += 1
        if not found:
            yield _missing(pointer, paths[0][0])
        window.expect(closing)


def _missing(pointer: str, name: str) -> Problem:
    what = "a list of rows" if name == "*" else f"`{name}`"
    return Problem(pointer or "/", f"{what} is missing here")


def _escaped(name: str) -> str:
    # RFC 6901 §3: "~" and "/" are written "~0" and "~1".
    return name.replace("~", "~0").replace("/", "~1")
