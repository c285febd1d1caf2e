"""Which letters a text of single octets is in: those of Windows, MS-DOS or an old Macintosh.

Programs of long ago, and some banks still, write the accents of French as MS-DOS (code page 850,
whose French letters are those of 437) or as an old Macintosh (Mac Roman) has them. Read as those of
Windows they become marks within words, and letters that no French word has there: by that they are
known. Where most of them cannot be of Windows, and all but few can be of one of the two others and
not of the third, they are read as of that one, and it is said; otherwise nothing is guessed.

ISO 8859-15 differs from Windows in eight letters. It is known by € and œ, which would be ¤ and ½
there, where no text about money has them, and by having none of what Windows has from 80 to 9F.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

WINDOWS_1252: Final = "".join(
    bytes([octet]).decode("cp1252", "ignore") or chr(octet) for octet in range(256)
)
"""Each octet in Windows-1252, and those that it leaves open as the character of their number."""

_OLD: Final = (("cp850", "MS-DOS (code page 850)"), ("mac_roman", "an old Macintosh (Mac Roman)"))
_FRENCH: Final = frozenset("àâçéèêëîïôùûüÿœæ")
_WESTERN: Final = frozenset(map(chr, (*range(0xDF, 0xF7), *range(0xF8, 0x100)))) | {"œ"}
_SIGNS: Final = frozenset("ªºµ")  # of which Python thinks as letters
_LATIN_9: Final = re.compile(rb"\xa4|[A-Za-z\xc0-\xff][\xbc\xbd][A-Za-z\xc0-\xff]")
_OF_WINDOWS: Final = re.compile(rb"[\x80-\x9f]")
_WORD: Final = re.compile(rb"[A-Za-z'\x80-\xff]+")
_LONGEST_WORD: Final = 100
_ENOUGH: Final = 1000  # words
_FEW: Final = 5
_READ_AS: Final = "the accents of this file are those of {}, and were read as such"
_UNKNOWN: Final = (
    "the accents of this file are not those of Windows, and whose they are cannot be known: open "
    "it in an editor, save it as UTF-8 and import that"
)


class Letters:
    """The letters of one text, as the first of its lines that are not UTF-8 show them.

    `remark` is what is to be said of them, "" where there is nothing.
    """

    def __init__(self) -> None:
        self.remark = ""
        self._encoding = ""
        self._is_known = False

    def is_utf8(self) -> None:
        """Note that the text has letters of UTF-8: what is none in it is damaged."""
        self._is_known = True

    def look_at(self, lines: Iterable[bytes]) -> None:
        """Decide by some lines of the text, once."""
        if self._is_known:
            return
        self._is_known = True
        plain = [line for line in lines if not line.isascii()]
        if any(map(_is_utf8, plain)):
            return
        if any(map(_LATIN_9.search, plain)) and not any(map(_OF_WINDOWS.search, plain)):
            self._encoding = "iso8859-15"
            return
        words = tuple(islice(_words(plain), _ENOUGH))
        good, bad = _told(words, WINDOWS_1252, _WESTERN)
        if bad <= good:
            return
        found = [one for one in _OLD if _fits(words, one[0])]
        self._encoding = found[0][0] if len(found) == 1 else ""
        self.remark = _READ_AS.format(found[0][1]) if len(found) == 1 else _UNKNOWN

    def decode(self, content: bytes) -> str | None:
        """Octets that are no UTF-8 as text, None where they are to be read as those of Windows."""
        return content.decode(self._encoding) if self._encoding else None


def _words(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The words that have more than ASCII in them, but what is too long to be a word."""
    for line in lines:
        for found in _WORD.finditer(line):
            if not found[0].isascii() and len(found[0]) <= _LONGEST_WORD:
                yield found[0]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _fits(words: Iterable[bytes], encoding: str) -> bool:
    good, bad = _told(words, bytes(range(256)).decode(encoding), _FRENCH)
    return good > 0 and bad * _FEW <= good


def _told(words: Iterable[bytes], characters: str, letters: frozenset[str]) -> tuple[int, int]:
    """How many octets of words are letters in their place, and how many cannot stand there."""
    good, bad, table = 0, 0, dict(enumerate(characters))
    for word in words:
        text = word.decode("latin-1").translate(table)
        # A sign by itself, and "à", may be of any.
        for place in range(len(text)) if len(text) > 1 else ():
            if not text[place].isascii():
                is_good = text[place].lower() in letters and _has_its_case(text, place)
                good, bad = good + is_good, bad + (not is_good and _is_wrong(text, place))
    return good, bad


def _has_its_case(text: str, place: int) -> bool:
    """Whether a letter is small or large as it would be beside its neighbours: no "CRéDIT"."""
    before, after = _beside(text, place)
    if text[place].isupper():
        return not before.isalpha() or before.isupper()
    beside = [one for one in (before, after) if one.isalpha()]
    # A capital that begins the word may stand before a small letter, no other.
    return not any(one.isupper() for one in beside[place == 1 and before.isupper() :])


def _beside(text: str, place: int) -> tuple[str, str]:
    """The characters before and after one, "" where there is none."""
    return text[max(place - 1, 0) : place], text[place + 1 : place + 2]


def _is_wrong(text: str, place: int) -> bool:
    """Whether a character cannot stand where it does: a letter beside others, a mark among them."""
    beside = [one.isalpha() and one.isascii() for one in _beside(text, place)]
    character = text[place]
    if character in _SIGNS or character == "\u2019":
        return False
    is_mark = not character.isalpha() and character.isprintable()
    return all(beside) if is_mark else any(beside)
