"""The elements of an Apple Health export, one after another, in the memory of one block.

A tree is never built: an export has gigabytes. Since iOS 16 the document type declaration is not
even well-formed, so it is taken out before the parser sees it, and with it any entity it could
define. Control characters that are no XML come in names of devices and become blanks.
"""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from importers.contract import Problem

_BLOCK = 1 << 18
_LONGEST_PROLOGUE = 1 << 20
_ROOT = b"<HealthData"
_DOCTYPE = b"<!DOCTYPE"
# XML 1.0 §2.2: of the characters below the blank only the tab and the ends of lines are XML.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_BLANKED = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_DEEPEST = 100

_CONTROL_REMARK = Problem("/", "control characters that are no XML are read as blanks", row=False)


class Start(NamedTuple):
    """An element begins: its name, its attributes, its line, and the name of the one around it."""

    name: str
    attributes: dict[str, str]
    line: int
    around: str


class End(NamedTuple):
    """An element ends, of those that have others within."""

    name: str


def elements(export: BinaryIO, ending: frozenset[str]) -> Iterator[Start | End | Problem]:
    """Every element as it begins, and the end of those with a name of `ending`.

    Where the document breaks, one Problem says in which line, and it ends there.
    """
    reader = _Reader(ending)
    has_controls = False
    for block in _without_declaration(iter(partial(export.read, _BLOCK), b"")):
        clean = block.translate(_BLANKED)
        has_controls = has_controls or clean != block
        yield from reader.feed(clean)
        if reader.is_broken:
            break
    else:
        yield from reader.feed(b"")
    if has_controls:
        yield _CONTROL_REMARK


def _without_declaration(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks of a document, with line feeds only where its type is declared."""
    head = b""
    for block in blocks:
        head += block
        if _ROOT in head or len(head) > _LONGEST_PROLOGUE:
            break
    begin, root = head.find(_DOCTYPE), head.find(_ROOT)
    if 0 <= begin < root:
        head = head[:begin] + b"\n" * head.count(b"\n", begin, root) + head[root:]
    if head:
        yield head
    yield from blocks


class _Reader:
    def __init__(self, ending: frozenset[str]) -> None:
        self.is_broken = False
        self._ending = ending
        self._found: list[Start | End | Problem] = []
        self._open: list[str] = [""]
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, block: bytes) -> Iterator[Start | End | Problem]:
        """What is complete with this block; an empty one is the end of the document."""
        reason = ""
        try:
            self._parser.Parse(block, not block)
        except (expat.ExpatError, ValueError, LookupError) as error:
            self.is_broken = True
            reason = str(error) if isinstance(error, _Refused) else "it stops being XML"
        found, self._found = self._found, []
        yield from found
        if reason:
            line = self._parser.CurrentLineNumber
            said = f"the document is not read from line {line} on: {reason}"
            yield Problem(f"line={line}", said)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise _Refused("its elements are nested too deeply")
        line = self._parser.CurrentLineNumber
        self._found.append(Start(name, attributes, line, self._open[-1]))
        self._open.append(name)

    def _end(self, name: str) -> None:
        self._open.pop()
        if name in self._ending:
            self._found.append(End(name))

    def _text(self, text: str) -> None:
        # The format keeps all in attributes: a text is an element whose "<" was lost.
        if not text.isspace():
            line = self._parser.CurrentLineNumber
            self._found.append(Problem(f"line={line}", "a text stands here and no element"))

    def _refuse(self, *_declaration: object) -> None:
        raise _Refused("it has a document type declaration")


class _Refused(ValueError):
    """What is XML, and is not read all the same."""
