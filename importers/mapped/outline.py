"""A mapping as YAML has it: values that know their lines, so that a mistake is told in its place.

Format: YAML 1.2 https://yaml.org/spec/1.2.2/. Every plain value is a text here: `no` and `0123` are
what they look like. Anchors and aliases are refused, as a short text could become a very long one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, NoReturn

import yaml

_LONGEST: Final = 1 << 18
_NOTHING = frozenset({"", "~"})
_YES_NO: Final = {"yes": True, "true": True, "oui": True, "no": False, "false": False, "non": False}


@dataclass(frozen=True, slots=True)
class Outline:
    """A value of a mapping: a text, a list or members, and the line where it begins, from 1."""

    line: int
    text: str | None = None
    items: tuple["Outline", ...] | None = None
    members: tuple[tuple["Outline", "Outline"], ...] | None = None

    def wrong(self, sentence: str) -> ValueError:
        """What is wrong here, to be raised."""
        return ValueError(f"line {self.line}: {sentence}")

    def refuse(self, sentence: str) -> NoReturn:
        """Raises ValueError: what is wrong here."""
        raise self.wrong(sentence)

    def said(self, what: str) -> str:
        """The text that stands here. Raises ValueError where something else does, or nothing."""
        if not self.text:
            self.refuse(f"{what} is a text")
        return self.text

    def words(self, what: str) -> tuple["Outline", ...]:
        """One text, or a list of texts."""
        found = (self,) if self.items is None else self.items
        for one in found:
            one.said(what)
        return found

    def is_said(self, what: str) -> bool:
        """Yes or no."""
        found = _YES_NO.get((self.text or "").casefold())
        if found is None:
            self.refuse(f"{what} is `yes` or `no`")
        return found

    def one_of(self, values: Collection[str], what: str) -> str:
        """A text that is one of some."""
        if self.text is None or self.text not in values:
            self.refuse(f"{what} is {_or(values)}{nearest(self.text or '', values)}")
        return self.text

    def pairs(self, what: str) -> Iterator[tuple["Outline", "Outline"]]:
        """The members, by names of any kind."""
        if self.members is None:
            self.refuse(f"{what} is written `name: value`, a line each")
        return iter(self.members)

    def known(self, names: Collection[str], what: str) -> dict[str, "Outline"]:
        """The members, by names of which each is one of some. Raises ValueError for others."""
        found: dict[str, Outline] = {}
        for name, value in self.pairs(what):
            if name.text not in names:
                hint = nearest(name.text or "", names) or f": it has {_or(names)}"
                name.refuse(f"{what} has no member `{(name.text or '')[:40]}`{hint}")
            found[name.text or ""] = value
        return found


def nearest(text: str, names: Collection[str]) -> str:
    """The name that a person may have meant, as a question; "" where none is near."""
    folded = {name.casefold(): name for name in names}
    found = get_close_matches(text.casefold(), folded, n=1, cutoff=0.6)
    return f": did you mean `{folded[found[0]]}`?" if found else ""


def outline(text: str) -> Outline:
    """The text of a mapping. Raises ValueError, with the line, where it cannot be read."""
    if len(text) > _LONGEST:
        raise ValueError("a mapping of more than 256 KiB is not read")
    try:
        events = yaml.parse(text, Loader=yaml.SafeLoader)
        aliases = [_line(one.start_mark) for one in events if isinstance(one, yaml.AliasEvent)]
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        reason = error.problem or "something is missing"
        raise ValueError(f"line {line}: this is no YAML: {reason}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("this is no YAML that could be read") from error
    for line in aliases:
        raise ValueError(f"line {line}: write it out: `*` and `&` are not read here")
    if node is None:
        raise ValueError("line 1: the mapping is empty")
    return _outline(node)


def _outline(node: yaml.Node) -> Outline:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        # In quotes anything is a text.
        is_empty = node.style is None and node.value in _NOTHING
        return Outline(line, text="" if is_empty else str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Outline(line, items=tuple(map(_outline, node.value)))
    members = tuple((_outline(name), _outline(value)) for name, value in node.value)
    seen: set[str | None] = set()
    for name, _ in members:
        if name.text in seen:
            name.refuse(f"`{name.text}` stands here twice")
        seen.add(name.text)
    return Outline(line, members=members)


def _line(mark: Any) -> int:
    # The marks of the two parsers of the library are of two classes.
    return mark.line + 1 if mark else 1


def _or(values: Collection[str]) -> str:
    *others, last = (f"`{value}`" for value in values)
    return f"{', '.join(others)} or {last}" if others else last
