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
    # A tag with the text behind it, and its own end tag with the text behind that; CDATA; what is
    # left out; any other text. No alternative reads past the next of its kind, so that the whole
    # takes linear time.
    r"<(/?)([A-Za-z][A-Za-z0-9._]*)\s*>([^<]*)(?:</\2\s*>([^<]*))?"
    r"|<!\[CDATA\[((?:[^\]<]|\](?!\]>)|<(?!!\[CDATA\[))*)\]\]>"
    r"|<[?!][^<>]*>"
    r"|([^<]+|<)"
)
# An element that has a value alone, with the text behind it where it has an end tag.
_VALUE = re.compile(r"<([A-Za-z][A-Za-z0-9._]*)\s*>([^<]*)(</\1\s*>[^<]*)?")
_LONGEST_ROW = 4096  # characters
_NO_BLANK = re.compile(r"\S")
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos|nbsp);")
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF
_DEEPEST = 100
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Element:
    """An element: its value ("" for an aggregate), what lies in it, and where it begins.

    `locator` is "" for what is neither a row nor around one. `plain` are the values in a row that
    begins with values alone, each under a name of its own: they need no elements.
    """

    name: str
    locator: str
    parent: "Element | None"
    value: str = ""
    children: list["Element"] = field(default_factory=list)
    plain: Mapping[str, str] = field(default_factory=lambda: _NONE)

    def find(self, name: str) -> "Element | None":
        """The first element of a name within this one, at any depth."""
        if name in self.plain:
            return Element(name, "", self, self.plain[name])
        for child in self.children:
            if child.name == name:
                return child
            if child.children and (found := child.find(name)):
                return found
        return None

    def get(self, *path: str) -> str:
        """The value of the first element at a path of names within this one; "" without one."""
        if len(path) == 1 and (value := self.plain.get(path[0])):
            return value
        here: Element | None = self
        for name in path:
            here = here.find(name) if here else None
        return here.value if here else ""

    def count(self, name: str) -> int:
        """How many elements of a name there are within this one, at any depth."""
        own = sum(child.name == name for child in self.children) + (name in self.plain)
        return own + sum(child.count(name) for child in self.children if child.children)

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
    place = begin.start()
    while token := _TOKEN.match(text, place):
        slash, name, value, behind, cdata, other = token.groups()
        place = token.end()
        if name is None:
            tree.characters(cdata or _resolved(other or ""))
            continue
        tag = name.upper()
        if slash:
            tree.end(tag, token.start())
        elif behind is None:
            tree.start(tag, token.start())
            place = tree.values(name, place)
        else:
            tree.whole(tag, _resolved(value), token.start())
        tree.characters(_resolved(value if behind is None else behind))
        if tree.done:
            yield from tree.done
            tree.done.clear()
            if tree.is_too_deep:
                return
    yield from tree.rest()


class _Tree:
    """The elements that are open. `done` are those rows and Problems that nobody took yet."""

    def __init__(
        self,
        text: str,
        rows: frozenset[str],
        aggregates: frozenset[str],
        marks: Mapping[str, str],
    ) -> None:
        self.done: list[Element | Problem] = []
        self._text = text
        self._rows = rows
        self._aggregates = aggregates
        self._marks = marks
        self._lists = frozenset(marks.values())
        self._around = aggregates | self._lists
        self._stray = ""  # where the last mark stands of a row that nothing has told of yet
        self._open: list[Element] = []
        self._since = ""  # the text since the last tag
        self._counted = 0  # up to where lines are counted
        self._line = 1
        self._begin = 0  # where the line that was counted last begins
        self._first = 0  # and where the first of it that is no blank stands

    @property
    def is_too_deep(self) -> bool:
        return len(self._open) >= _DEEPEST

    def start(self, name: str, at: int) -> None:
        self._end_value()
        if name in self._rows:
            self._lost()
            if self._is_open(name):
                # No row lies in another of its name: that one's end tag is missing or damaged.
                self._end_open(name)
        elif name in self._marks and self._is_stray(name):
            self._lost()
            self._stray = self.locator(at)
        if len(self._open) >= _DEEPEST:
            self.done.append(Problem(self.locator(at), "the elements are nested too deeply"))
        parent = self._open[-1] if self._open else None
        element = Element(name, self.locator(at) if name in self._aggregates else "", parent)
        if parent is not None:
            parent.children.append(element)
        self._open.append(element)

    def whole(self, name: str, value: str, at: int) -> None:
        """An element that holds nothing but its value."""
        self.start(name, at)
        if name in self._aggregates:
            self.end(name, at)
        else:
            self._open.pop().value = value.strip()

    def values(self, name: str, at: int) -> int:
        """Takes what lies in a row whose begin tag was read, if that is nothing but values.

        The place where its end tag begins, or `at` for all else, which is to be read tag by tag.
        """
        if name.upper() not in self._rows:
            return at
        end = self._text.find(f"</{name}", at, at + _LONGEST_ROW)
        within = self._text[at : max(at, end)]
        found = _VALUE.findall(within)
        # All of it is values if no tag is beside theirs; the text before the first was taken.
        tags = len(found) + sum(1 for _, _, end_tag in found if end_tag)
        if within.count("<") != tags or len(self._open) >= _DEEPEST:
            return at
        plain = {tag.upper(): _resolved(value).strip() for tag, value, _ in found}
        # A name that comes twice, and a value that is empty or an aggregate, are looked at closer.
        if (
            not found
            or len(plain) < len(found)
            or "" in plain.values()
            or not self._around.isdisjoint(plain)
        ):
            return at
        self._open[-1].plain = plain
        return end

    def end(self, name: str, at: int) -> None:
        self._end_value(but=name)
        innermost = self._open[-1] if self._open else None
        if innermost and innermost.name == name and name not in self._aggregates:
            self._open.pop()
        elif self._is_open(name):
            if name in self._lists:
                self._lost()
            self._end_open(name)
        else:
            if name in self._rows:
                self._stray = ""
            message = f"the end tag of `{name}` ends nothing"
            self.done.append(Problem(self.locator(at), message, row=name in self._rows))

    def characters(self, text: str) -> None:
        self._since += text

    def rest(self) -> Iterator[Problem]:
        """What the end of the file leaves open."""
        if self._open:
            known = [element for element in self._open if element.locator]
            cut = next((e for e in known if e.name in self._rows), known[-1])
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
        in_row = any(element.name in self._rows for element in self._open)
        return not in_row and self._is_open(self._marks[name])

    def _lost(self) -> None:
        if self._stray:
            self.done.append(Problem(self._stray, "a row stands here whose tags are both damaged"))
            self._stray = ""

    def _is_open(self, name: str) -> bool:
        return name in [element.name for element in self._open]

    def _end_value(self, but: str = "") -> None:
        """Ends the innermost element if it has a value: the next tag does, without an end tag."""
        text, self._since = self._since.strip(), ""
        innermost = self._open[-1] if self._open else None
        if innermost is None or innermost.children or innermost.name in self._aggregates:
            return
        innermost.value = text
        if text and innermost.name != but:
            self._open.pop()

    def _end_open(self, name: str) -> None:
        """Ends an open element and all that is open within it."""
        while True:
            element = self._open.pop()
            parent = element.parent
            if element.name in self._rows:
                if parent is not None:
                    parent.children.remove(element)
                self.done.append(element)
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
