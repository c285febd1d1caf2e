"""What is said to people in both languages of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """A text in French and in English."""

    fr: str
    en: str

    def within(self, language: str) -> str:
        """The text in one of LANGUAGES."""
        return self.fr if language == "fr" else self.en


def same(text: str) -> Bilingual:
    """What is called alike in both languages, or was given in one that is not known."""
    return Bilingual(fr=text, en=text)


def bilingual(texts: Mapping[str, str]) -> Bilingual | None:
    """The texts by language; one that lacks stands for both, and without any there is none."""
    known = [texts[language] for language in LANGUAGES if texts.get(language)]
    if not known:
        return None
    return Bilingual(fr=texts.get("fr") or known[0], en=texts.get("en") or known[0])
