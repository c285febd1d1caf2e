"""Reading XML as a stream of elements, by local name, up to where it breaks.

A document type declaration is refused: none of the formats has one, and what attacks XML (entity
bombs, external entities) needs one.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO, Final, Optional
from xml.parsers import expat

from importers.contract import Problem

_BLOCK = 1 << 16
# One that does not end goes on to the end; else each that opens would be looked for to there.
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DEEPEST = 100
_NONE: Final[Mapping[str, str]] = MappingProxyType({})

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
    attributes: Mapping[str, str]
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

    def first(self, path: str) -> Optional["Element"]:
        """The first of the elements at a path, None without one."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                found = child.first(rest) if rest else child
                if found is not None:
                    return found
        return None

    def get(self, path: str) -> str:
        """The text, without blanks around it, of the first element at a path; "" without one."""
        found = self.first(path)
        return found.text.strip() if found else ""


def elements(
    export: BinaryIO, paths: frozenset[str], root: str = ""
) -> Iterator[Element | Problem]:
    """The elements of an XML document at any of the paths, each when it ends.

    The paths begin at the outermost element, and, where a `root` is named, at each outermost
    element of that name, whatever envelope is around it. Locators tell the envelope too.

    An element that is given is not kept within its parent, and what lies outside of all paths is
    not kept at all, so that a document of any length is read in the memory of one element. Where
    the document breaks, what was complete is given and then one Problem that names the innermost
    element that was open.
    """
    reader = _Reader(paths, root)
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


def without_comments(text: str) -> str:
    """The beginning of a document without its comments (XML 1.0 §2.5)."""
    return _COMMENT.sub("", text)


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
    def __init__(self, paths: frozenset[str], root: str) -> None:
        self.done: list[Element] = []
        self._paths = paths
        self._root = f"/{root}"
        self._read = 0
        self._wanted = 0  # how many of the open elements are at one of the paths
        # The local name, path and whether it is wanted of what stands at a path by a name.
        self._known: dict[tuple[str, str], tuple[str, str, bool]] = {}
        self._open: list[Element] = []
        # How many there are by name: at the root, then in what is open, None where nothing is yet.
        self._counts: list[dict[str, int] | None] = [None]
        self._texts: list[list[str] | None] = []  # of what is open, in pieces
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
            where = self._open[-1].locator if self._open else "/"
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
        parent = self._open[-1] if self._open else None
        step = parent.path if parent else "", name
        local, path, is_wanted = self._known.get(step) or self._learn(step)
        counts = self._counts[-1]
        if counts is None:
            counts = self._counts[-1] = {}
        counts[local] = number = counts.get(local, 0) + 1
        place = (parent.place if parent else None, local, number)
        self._open.append(Element(local, path, place, _local(attributes) if attributes else _NONE))
        self._counts.append(None)
        self._texts.append(None)
        self._wanted += is_wanted

    def _learn(self, step: tuple[str, str]) -> tuple[str, str, bool]:
        above, name = step
        local = name.rpartition(" ")[2]
        path = f"{above}/{local}"
        if path.endswith(self._root) and not above.startswith(self._root):
            path = self._root
        self._known[step] = local, path, path in self._paths
        return self._known[step]

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        self._counts.pop()
        # Put together once: piece to piece would copy a long text as often as it has pieces.
        if pieces := self._texts.pop():
            element.text = "".join(pieces)
        if element.path in self._paths:
            self._wanted -= 1
            self.done.append(element)
        elif self._wanted:
            self._open[-1].children.append(element)

    def _characters(self, text: str) -> None:
        pieces = self._texts[-1]
        if pieces is None:
            self._texts[-1] = [text]
        else:
            pieces.append(text)

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


def _local(attributes: Mapping[str, str]) -> dict[str, str]:
    return {key.rpartition(" ")[2]: value for key, value in attributes.items()}


class _Refused(ValueError):
    """What is XML, and is not read all the same."""
