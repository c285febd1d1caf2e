"""The elements of an OFX file, 1.x (SGML) or 2.x (XML), each when it ends.

OFX 1.6 §1.3 and §2.3: an element with a value may go without its end tag, an aggregate may not.
Banks mix both in one file, and leave values empty, so one reader without a grammar reads all: an
element without a value is an aggregate if its end tag comes before that of the element around it,
and otherwise an empty value, and what seemed to lie in it follows it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from importers.contract import Problem

_TOKEN = re.compile(
    # No alternative reads past the next of its kind, so that the whole takes linear time.
    r"<!\[CDATA\[(?P<cdata>(?:[^\]<]|\](?!\]>)|<(?!!\[CDATA\[))*)\]\]>"
    r"|<[?!][^<>]*>"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9._]*)\s*>"
    r"|(?P<text>[^<]+|<)"
)
_NO_BLANK = re.compile(r"\S")
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos|nbsp);")
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF
_DEEPEST = 100


@dataclass(slots=True, eq=False)
class Element:
    """An element: its value ("" for an aggregate), what lies in it, and where it begins."""

    name: str
    locator: str
    parent: "Element | None"
    value: str = ""
    children: list["Element"] = field(default_factory=list)

    def find(self, name: str) -> "Element | None":
        """The first element of a name within this one, at any depth."""
        for child in self.children:
            found = child if child.name == name else child.find(name)
            if found is not None:
                return found
        return None

    def get(self, *path: str) -> str:
        """The value of the first element at a path of names within this one; "" without one."""
        here: Element | None = self
        for name in path:
            here = here.find(name) if here else None
        return here.value if here else ""

    def above(self, names: frozenset[str]) -> "Element | None":
        """The nearest element around this one that has one of the names."""
        here = self.parent
        while here is not None and here.name not in names:
            here = here.parent
        return here


def elements(
    text: str,
    *,
    rows: frozenset[str],
    around: frozenset[str],
    marks: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Element | Problem]:
    """The elements named in `rows`, each when it ends; they lie in those named in `around`.

    A row is given with the elements around it and is not kept there. The end tag of a row that
    never began is a Problem, and so is the end of the file in the middle of an element. `marks`
    names values that stand in rows only, each with the list of these rows: one that stands beside
    them in the list is a Problem, as both tags of its row are damaged.
    """
    begin = re.search(r"<OFX>", text, re.IGNORECASE)
    if begin is None:
        yield Problem("line=1", "the file has no element `OFX`")
        return
    tree = _Tree(text, rows, rows | around, marks)
    for token in _TOKEN.finditer(text, begin.start()):
        if token["name"] is None:
            tree.characters(token["cdata"] or _resolved(token["text"] or ""))
        elif token["slash"]:
            yield from tree.end(token["name"].upper(), token.start())
        else:
            yield from tree.start(token["name"].upper(), token.start())
        if tree.depth > _DEEPEST:
            yield Problem(tree.locator(token.start()), "the elements are nested too deeply")
            return
    yield from tree.rest()


class _Tree:
    def __init__(
        self,
        text: str,
        rows: frozenset[str],
        aggregates: frozenset[str],
        marks: Mapping[str, str],
    ) -> None:
        self._text = text
        self._rows = rows
        self._aggregates = aggregates
        self._marks = marks
        self._lists = frozenset(marks.values())
        self._stray = ""  # where the last mark stands of a row that nothing has told of yet
        self._open: list[Element] = []
        self._pieces: list[str] = []  # the text since the last tag
        self._counted = 0  # up to where lines are counted
        self._line = 1
        self._begin = 0  # where the line that was counted last begins
        self._first = 0  # and where the first of it that is no blank stands

    @property
    def depth(self) -> int:
        return len(self._open)

    def start(self, name: str, at: int) -> Iterator[Element | Problem]:
        self._end_value()
        if name in self._rows or self._is_stray(name):
            yield from self._lost()
        if self._is_stray(name):
            self._stray = self.locator(at)
        if name in self._rows and self._is_open(name):
            # No row lies in another of its name: the end tag of that one is missing or damaged.
            yield from self._end_open(name)
        parent = self._open[-1] if self._open else None
        element = Element(name, self.locator(at), parent)
        if parent is not None:
            parent.children.append(element)
        self._open.append(element)

    def end(self, name: str, at: int) -> Iterator[Element | Problem]:
        self._end_value(but=name)
        if self._is_open(name):
            if name in self._lists:
                yield from self._lost()
            yield from self._end_open(name)
        else:
            if name in self._rows:
                self._stray = ""
            message = f"the end tag of `{name}` ends nothing"
            yield Problem(self.locator(at), message, row=name in self._rows)

    def characters(self, text: str) -> None:
        self._pieces.append(text)

    def rest(self) -> Iterator[Problem]:
        """What the end of the file leaves open."""
        if self._open:
            cut = next((e for e in self._open if e.name in self._rows), self._open[-1])
            yield Problem(cut.locator, "the file ends in the middle of this element")

    def locator(self, at: int) -> str:
        """The line of a place in the text, and the column of what does not begin its line."""
        ends = self._text.count("\n", self._counted, at)
        if ends or not self._counted:
            self._line += ends
            self._begin = self._text.rfind("\n", self._counted, at) + 1
            begun = _NO_BLANK.search(self._text, self._begin)
            self._first = begun.start() if begun else at
        self._counted = at
        column = f",column={at - self._begin + 1}" if at > self._first else ""
        return f"line={self._line}{column}"

    def _is_stray(self, name: str) -> bool:
        """Whether a value that stands in rows only begins in their list, and in none of them."""
        is_beside = name in self._marks and self._is_open(self._marks[name])
        return is_beside and not any(element.name in self._rows for element in self._open)

    def _lost(self) -> Iterator[Problem]:
        if self._stray:
            yield Problem(self._stray, "a row stands here whose tags are both damaged")
            self._stray = ""

    def _is_open(self, name: str) -> bool:
        return any(element.name == name for element in self._open)

    def _end_value(self, but: str = "") -> None:
        """Ends the innermost element if it has a value: the next tag does, without an end tag."""
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if not self._open or self._open[-1].name in self._aggregates or self._open[-1].children:
            return
        self._open[-1].value = text
        if text and self._open[-1].name != but:
            self._open.pop()

    def _end_open(self, name: str) -> Iterator[Element]:
        """Ends an open element and all that is open within it."""
        while True:
            element = self._open.pop()
            parent = element.parent
            if element.name in self._rows:
                if parent is not None:
                    parent.children.remove(element)
                yield element
            elif element.name != name and parent is not None:
                # An empty value: what seemed to lie in it follows it.
                for child in element.children:
                    child.parent = parent
                parent.children.extend(element.children)
                element.children = []
            if element.name == name:
                return


def _resolved(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference.group(1)
    if not name.startswith("#"):
        return _CHARACTERS[name]
    number = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
    return reference.group() if _is_no_character(number) else chr(number)


def _is_no_character(number: int) -> bool:
    return number == 0 or number in _SURROGATES or number > _LAST_CHARACTER
