"""Reading XML as a stream of elements, by local name, up to where it breaks.

A document type declaration is refused: none of the formats has one, and what attacks XML (entity
bombs, external entities) needs one.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Optional
from xml.parsers import expat

from importers.contract import Problem

_BLOCK = 1 << 16
_DEEPEST = 100

Place = tuple[Optional["Place"], str, int]


@dataclass(slots=True)
class Element:
    """An element: its local name, attributes by local name, text, and the elements within it.

    `path` is the local names from the root ("/Document/BkToCstmrStmt/Stmt"). `place` is what
    `locator` is made of: the place of the element around it, its name, its number.
    """

    name: str
    path: str
    place: Place
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def locator(self) -> str:
        """The path with the place of each element among those of its name, from 1."""
        steps = []
        around, name, number = self.place
        while around is not None:
            steps.append(f"/{name}[{number}]")
            around, name, number = around
        return "".join([f"/{name}", *reversed(steps)])

    def all(self, path: str) -> Iterator["Element"]:
        """The elements below this one at a path of local names, "NtryDtls/TxDtls"."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def get(self, path: str) -> str:
        """The text, without blanks around it, of the first element at a path; "" without one."""
        found = next(self.all(path), None)
        return found.text.strip() if found else ""


def elements(export: BinaryIO, paths: frozenset[str]) -> Iterator[Element | Problem]:
    """The elements of an XML document at any of the paths, each when it ends.

    An element that is given is not kept within its parent, and what lies outside of all paths is
    not kept at all, so that a document of any length is read in the memory of one element. Where
    the document breaks, what was complete is given and then one Problem that names the innermost
    element that was open.
    """
    reader = _Reader(paths)
    block = _without_blanks(export)
    while True:
        problem = reader.feed(block)
        yield from reader.done
        reader.done.clear()
        if problem:
            yield problem
        if problem or not block:
            return
        block = export.read(_BLOCK)


def _without_blanks(export: BinaryIO) -> bytes:
    """The first octets of a document that are no blanks, which some holders write before it.

    XML 1.0 §2.8 has nothing stand before the declaration.
    """
    while block := export.read(_BLOCK):
        bare = block.removeprefix(codecs.BOM_UTF8).lstrip()
        if bare:
            return bare
    return b""


class _Reader:
    def __init__(self, paths: frozenset[str]) -> None:
        self.done: list[Element] = []
        self._paths = paths
        self._read = 0
        self._wanted = 0  # how many of the open elements are at one of the paths
        self._known: dict[tuple[str, str], str] = {}  # each path, so that it is made once
        self._open: list[tuple[Element, dict[str, int]]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, block: bytes) -> Problem | None:
        """Reads on; an empty block is the end. Returns what is wrong, after which it ends."""
        try:
            self._parser.Parse(block, not block)
            self._read += len(block)
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = self._parser.CurrentLineNumber
            reason = str(error) if isinstance(error, _Refused) else self._wrong(block, error)
            where = self._open[-1][0].locator if self._open else "/"
            return Problem(where, f"the document is not read from line {line} on: {reason}")
        return None

    def _wrong(self, block: bytes, error: Exception) -> str:
        """What is wrong with a document, in words."""
        code = getattr(error, "code", 0)
        at = self._parser.CurrentByteIndex - self._read
        # RFC 3629 §3: an octet of 128 or more that is no character of UTF-8 is one of another code.
        if isinstance(error, LookupError):
            return _OTHER_ENCODING
        if code == _INVALID and not block[max(at, 0) :][:1].isascii():
            return _OTHER_ENCODING
        return _REASONS.get(code, "it stops being XML")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise _Refused("its elements are nested too deeply")
        local = name.rpartition(" ")[2]
        parent, counts = self._open[-1] if self._open else (None, {})
        counts[local] = number = counts.get(local, 0) + 1
        step = ("" if parent is None else parent.path, local)
        path = self._known.get(step) or self._known.setdefault(step, "/".join(step))
        if attributes:
            attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        place = (None if parent is None else parent.place, local, number)
        self._open.append((Element(local, path, place, attributes), {}))
        self._wanted += path in self._paths

    def _end(self, _name: str) -> None:
        element, _ = self._open.pop()
        if element.path in self._paths:
            self._wanted -= 1
            self.done.append(element)
        elif self._wanted:
            self._open[-1][0].children.append(element)

    def _characters(self, text: str) -> None:
        self._open[-1][0].text += text

    def _refuse(self, *_declaration: object) -> None:
        raise _Refused("it has a document type declaration")


_OTHER_ENCODING = "its text is not in the encoding that it says; save it as UTF-8"
_INVALID = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]: _OTHER_ENCODING,
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING]: _OTHER_ENCODING,
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: (
        "it has an entity that is not one of XML, and that nothing declares"
    ),
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: (
        "something stands behind its outermost element"
    ),
}


class _Refused(ValueError):
    """What is XML, and is not read all the same."""
