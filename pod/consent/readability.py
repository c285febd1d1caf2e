"""How easily a text is read: Flesch's formula, for English as published and for French as Kandel
and Moles adapted it (1958).

    English:  206.835 - 1.015 x words/sentences - 84.6 x syllables/words
    French:   207     - 1.015 x words/sentences - 73.6 x syllables/words

100 is for children, 60 for everybody, 30 for who has studied. Syllables are counted by groups of
vowels, without what is mute at the end of a word: near enough for a limit, not for poetry.
"""

import re
import unicodedata
from typing import Final

LIMIT: Final = 50.0
"""What people are asked has at least this score."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_END = re.compile(r"[.!?…;:]+(?=\s|$)")
_GROUP = re.compile(r"[aeiouy]+")
# Written in two groups or ended by letters that nobody says.
_MUTE = {
    "fr": re.compile(r"(?:e|es|ent)$"),
    "en": re.compile(r"(?<![td])ed$|(?<!l)e$|(?<![lscxz])es$"),
}
_FORMULA = {"fr": (207.0, 73.6), "en": (206.835, 84.6)}


def readability(text: str, language: str) -> float:
    """The score of a text in "fr" or "en", at most about 120; 0 for one without words."""
    words = words_of(text)
    if not words:
        return 0.0
    first, weight = _FORMULA[language]
    sentences = max(1, len(_END.findall(text.strip().rstrip(".!?…;: ") + ".")))
    spoken = sum(syllables(word, language) for word in words)
    return first - 1.015 * len(words) / sentences - weight * spoken / len(words)


def words_of(text: str) -> list[str]:
    """The words of a text; what an apostrophe joins counts as two."""
    return _WORD.findall(text)


def syllables(word: str, language: str) -> int:
    """How many syllables a word has, at least one."""
    plain = unicodedata.normalize("NFKD", word.lower())
    if language == "fr":
        # An accent tells apart what would be one group, and keeps an end from being mute.
        plain = plain.replace("e\N{COMBINING ACUTE ACCENT}", "é")
        plain = re.sub(r"é(?=[aou])", "e-", plain)
        plain = re.sub(r"(?<=q)u|(?<=g)u(?=[eéiy])", "", plain)
    mute = _MUTE[language].sub("", plain)
    letters = "".join(each for each in mute.replace("é", "e") if not unicodedata.combining(each))
    return max(1, len(_GROUP.findall(letters)))
