"""Structured fields (RFC 9651), as far as signatures and digests use them.

That is: dictionaries of items and inner lists, whose values are strings, tokens, integers,
booleans and byte sequences. Decimals, dates and display strings are refused, and so is a key that
comes twice, for two readers could disagree about which one was signed.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass


class Token(str):
    """A bare word, where a string would stand in quotes."""

    __slots__ = ()


Bare = str | int | bool | bytes
Parameters = tuple[tuple[str, Bare], ...]


@dataclass(frozen=True, slots=True)
class Item:
    value: Bare
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class InnerList:
    items: tuple[Item, ...]
    parameters: Parameters = ()


Member = Item | InnerList

# RFC 9651 §3.1.2 and §3.3: one pattern a kind of value.
_KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
_STRING = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
_INTEGER = re.compile(r"-?[0-9]{1,15}(?![0-9.])")
_BYTES = re.compile(r":([A-Za-z0-9+/=]*):")
_BOOLEAN = re.compile(r"\?([01])")
_TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*")
_SPACE = re.compile(r" *")
_COMMA = re.compile(r"[ \t]*,[ \t]*")


def read_dictionary(text: str) -> dict[str, Member]:
    """The members of a field by key. Raises ValueError."""
    reader = _Reader(text.strip(" "))
    members: dict[str, Member] = {}
    while not reader.done:
        if members:
            reader.take(_COMMA)
        key = reader.key()
        if key in members:
            raise ValueError(f"the key `{key}` comes twice")
        members[key] = reader.member()
    return members


def write_dictionary(members: Mapping[str, Member]) -> str:
    """The one canonical text of a dictionary whose members all have a value."""
    return ", ".join(f"{key}={write_member(member)}" for key, member in members.items())


def write_member(member: Member) -> str:
    """The one canonical text of an item or inner list (RFC 9651 §4.1)."""
    if isinstance(member, InnerList):
        inner = " ".join(write_member(item) for item in member.items)
        return f"({inner}){_write_parameters(member.parameters)}"
    return _write_bare(member.value) + _write_parameters(member.parameters)


def _write_parameters(parameters: Parameters) -> str:
    return "".join(
        f";{key}" if value is True else f";{key}={_write_bare(value)}" for key, value in parameters
    )


def _write_bare(value: Bare) -> str:
    match value:
        case bool():
            return f"?{value:d}"
        case int():
            return str(value)
        case bytes():
            return f":{b64encode(value).decode()}:"
        case Token():
            return str(value)
        case _:
            return _write_string(value)


def _write_string(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if not _STRING.fullmatch(f'"{escaped}"'):
        raise ValueError("a string in a structured field is plain ASCII")
    return f'"{escaped}"'


class _Reader:
    """Reads from left to right; each step raises ValueError when the text says something else."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def done(self) -> bool:
        return self._at == len(self._text)

    def take(self, pattern: re.Pattern[str]) -> str:
        """What matches here: the pattern's group where it has one."""
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError("the field is no structured field")
        self._at = found.end()
        return found[pattern.groups]

    def key(self) -> str:
        return self.take(_KEY)

    def member(self) -> Member:
        if not self._next("="):
            return Item(value=True, parameters=self._parameters())
        return self._inner_list() if self._next("(") else self._item()

    def _next(self, character: str) -> bool:
        if not self._text.startswith(character, self._at):
            return False
        self._at += 1
        return True

    def _inner_list(self) -> InnerList:
        items: list[Item] = []
        self.take(_SPACE)
        while not self._next(")"):
            items.append(self._item())
            # RFC 9651 §4.2.1.2: what follows an item is a space or the end of the list.
            if not self.take(_SPACE) and not self._text.startswith(")", self._at):
                raise ValueError("items of an inner list stand apart")
        return InnerList(tuple(items), self._parameters())

    def _item(self) -> Item:
        return Item(self._bare(), self._parameters())

    def _parameters(self) -> Parameters:
        parameters: dict[str, Bare] = {}
        while self._next(";"):
            self.take(_SPACE)
            key = self.key()
            if key in parameters:
                raise ValueError(f"the parameter `{key}` comes twice")
            parameters[key] = self._bare() if self._next("=") else True
        return tuple(parameters.items())

    def _bare(self) -> Bare:
        match self._text[self._at : self._at + 1]:
            case '"':
                return re.sub(r"\\(.)", r"\1", self.take(_STRING))
            case ":":
                return b64decode(self.take(_BYTES), validate=True)
            case "?":
                return self.take(_BOOLEAN) == "1"
            case first if first.isalpha() or first == "*":
                return Token(self.take(_TOKEN))
            case _:
                return int(self.take(_INTEGER))
