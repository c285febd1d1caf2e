"""What sorts of data and of files are called on pages: in words of every day, not in those of the
vocabulary, which has to tell them apart for programs.
"""

import re
from typing import Final

from pod.insight.fields import meaning_of
from pod.intake.provenance import POINTS
from pod.web.ui.words import typeset, words
from vocab.glossary import glossary, named
from vocab.kinds import KINDS
from vocab.names import SD, SDC

_CLAUSE: Final = re.compile(r"\s?[;:](?=\s)|\.(?=\s)")


def kind_named(name: str, language: str) -> str:
    """What one item of a class is called, by its local name; that of dense series as measurements.

    A class that is none of ours keeps its name.
    """
    if name == POINTS:
        return words(language)["arrived.points"]
    return words(language).get(f"kind.{name}") or _named(name, language)


def kinds_named(name: str, language: str) -> str:
    """What several items of a class are called."""
    return words(language).get(f"kinds.{name}") or _named(name, language)


def counted_named(name: str, count: int, language: str) -> str:
    """What so many items of a class are called."""
    is_several = count != 1 and name != POINTS
    return kinds_named(name, language) if is_several else kind_named(name, language)


def format_named(name: str, title: str, language: str) -> str:
    """What a format of files is called, by its name; its title where it has no words of its own."""
    return words(language).get(f"format.{name}") or title


def term_said(iri: str, language: str) -> str:
    """What a term is called: in words of every day where the vocabulary's own are none."""
    name = iri.removeprefix(SDC.NS)
    return words(language).get(f"term.{name}") or typeset(named(iri, language))


def giver_said(name: str, language: str) -> str:
    """What an organisation is called: one that a file does not name, in the words of a page."""
    return words(language).get(f"giver.{name}") or name


def kind_meaning(name: str, language: str) -> str:
    """What a class is, in one sentence; "" where nothing is known of it."""
    said = words(language).get(f"kind_what.{name}")
    if said or name not in KINDS:
        return said or ""
    return typeset(f"{first_clause(meaning_of(glossary()[KINDS[name].iri], language))}.")


def first_clause(comment: str) -> str:
    """The first thing that a term says of itself: the rest is for who writes programs."""
    return _CLAUSE.split(comment, maxsplit=1)[0].rstrip(" .")


def _named(name: str, language: str) -> str:
    return term_said(KINDS[name].iri if name in KINDS else SD.NS + name, language)
