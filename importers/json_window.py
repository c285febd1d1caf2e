"""A JSON text that is read as it comes: only what lies around the place of reading is held."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

_BLANKS: Final = re.compile(r"[ \t\n\r]*")
_BLOCK: Final = 1 << 16
# The longest word in JSON, "\ud83d\ude00" or "false": what breaks nearer to the end may be cut.
_LONGEST_WORD: Final = 16
_LARGEST: Final = 1 << 23
_OPEN_TEXT: Final = "Unterminated string"


class TooLarge(ValueError):
    """A value that has more characters than one value of an export has."""


class Window:
    """A text and a place in it. What is behind the place is dropped when there is more to read.

    A text that is given whole is held whole. `has_twice` says of the value that was read last
    whether an object in it has a name twice, and `piece` is how it is written.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._at = 0
        self._lines_before = 0
        self._is_over = False
        self.has_twice = False
        self.piece = ""
        self._decoder = json.JSONDecoder(
            parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=self._object
        )

    def line(self, error: Exception) -> int:
        """The number of the line, from 1, where reading broke with this error."""
        at = error.pos if isinstance(error, json.JSONDecodeError) else self._at
        return self._lines_before + self._text.count("\n", 0, at) + 1

    def next(self) -> str:
        """The mark that comes after blanks, "" at the end. The place is then before it."""
        while True:
            found = _BLANKS.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def expect(self, mark: str) -> None:
        """Go past a mark, which may have blanks before it; "" is the end of the text.

        Raises ValueError where it is not there.
        """
        if self.next() != mark:
            raise ValueError("a mark is missing")
        self._at += 1

    def value(self) -> Any:
        """The value that begins here, and go past it. Numbers with a fraction are Decimal.

        Raises ValueError where none is, and TooLarge, at the same place, for one that is not held.
        """
        while True:
            self.has_twice = False
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_broken(error) or not self._more():
                    raise
                continue
            # Of a number nobody knows where it ends before something else comes.
            if end < len(self._text) or not isinstance(value, int | Decimal) or not self._more():
                self.piece = self._text[self._at : end]
                self._at = end
                return value

    @property
    def is_at_end(self) -> bool:
        """Whether there is no more text, not even a blank."""
        return self._at >= len(self._text) and not self._more()

    def skip(self) -> None:
        """Go past the value that begins here, however large. Raises ValueError where it breaks."""
        opens = self.next()
        if opens not in {"{", "["}:
            self.value()
            return
        try:
            _, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            if self._is_broken(error):
                raise
            self._skip_members("}" if opens == "{" else "]")

    def _skip_members(self, closing: str) -> None:
        self._at += 1
        is_first = True
        while self.next() != closing:
            if not is_first:
                self.expect(",")
                self.next()
            if closing == "}":
                self.name()
            self.skip()
            is_first = False
        self._at += 1

    def name(self) -> str:
        """The name of a member and go past its colon. Raises ValueError where none is."""
        if self.next() != '"':
            raise ValueError("a mark is missing")
        name = self.value()
        self.expect(":")
        self.next()
        return str(name)

    def _is_broken(self, error: json.JSONDecodeError) -> bool:
        """Whether the text is no JSON, whatever comes behind it."""
        if error.msg.startswith(_OPEN_TEXT):
            return False
        return error.pos < len(self._text) - _LONGEST_WORD

    def _more(self) -> bool:
        """Read on, at least as much as is held. False at the end of the text.

        Raises TooLarge where the value that begins here has not come to its end by far.
        """
        if self._is_over:
            return False
        held = len(self._text) - self._at
        if held > _LARGEST:
            raise TooLarge
        self._lines_before += self._text.count("\n", 0, self._at)
        found, wanted = [self._text[self._at :]], max(_BLOCK, held)
        for piece in self._pieces:
            found.append(piece)
            wanted -= len(piece)
            if wanted <= 0:
                break
        else:
            self._is_over = True
        self._text, self._at = "".join(found), 0
        return len(self._text) > held

    def _object(self, members: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(members)
        self.has_twice |= len(found) < len(members)
        return found


def _refuse(constant: str) -> None:
    # RFC 8259 §6: "Numeric values that cannot be represented in the grammar […] are not permitted".
    raise ValueError(constant)
