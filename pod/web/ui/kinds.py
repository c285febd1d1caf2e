"""What sorts of data and codes of formats are called on pages: in words of every day, not in those
of the vocabulary, which has to tell them apart for programs.
"""

import re
from dataclasses import replace
from typing import Final

from pod.insight.facts import Fact, Value
from pod.insight.fields import Help, called, help_on, meaning_of
from pod.intake.provenance import POINTS
from pod.web.ui.words import words
from vocab.glossary import glossary, named
from vocab.kinds import KINDS
from vocab.names import SD

_BALANCE: Final = "Balance"
_SURE: Final = re.compile(r"[A-Z]{2}(?:BD|AV|CD)|[A-Za-z]+(?:Booked|Available)", re.ASCII)
"""Codes of balances that nobody would write for anything else."""
_END: Final = re.compile("[#/:]")
_IRI: Final = re.compile("https?://|urn:|tel:|mailto:")
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


def kind_meaning(name: str, language: str) -> str:
    """What a class is, in one sentence; "" where nothing is known of it."""
    said = words(language).get(f"kind_what.{name}")
    if said or name not in KINDS:
        return said or ""
    return f"{first_clause(meaning_of(glossary()[KINDS[name].iri], language))}."


def first_clause(comment: str) -> str:
    """The first thing that a term says of itself: the rest is for who writes programs."""
    return _CLAUSE.split(comment, maxsplit=1)[0].rstrip(" .")


def label_said(text: str, language: str, kind: str = "") -> str:
    """A label as it is read: a code of a format in words, and all else as it is.

    `kind` is the local name of the class of what has the label, "" where that is not known.
    """
    if kind == _BALANCE or _SURE.fullmatch(text):
        return words(language).get(f"balance.{text.upper()}") or text
    return text


def value_said(fact: Fact, language: str, kind: str = "") -> Value:
    """The value of a fact as a page has it: what it leads to by its name, and codes in words."""
    if not fact.datatype and not fact.name:
        return iri_said(fact.value, language)
    if fact.datatype.endswith("uration"):
        return words(language).get(f"code.{fact.value}") or fact.value
    value = fact.plain(language)
    return label_said(value, language, kind) if isinstance(value, str) else value


def iri_said(iri: str, language: str) -> str:
    """What an IRI stands for: a term of ours, a code of others, or what has it as its name."""
    code = words(language).get(f"code.{_END.split(iri)[-1]}")
    return code if code and iri not in glossary() else called(iri, language)


def help_said(field: str, kind: str, language: str) -> Help:
    """What is known of a property of a class (an IRI), with its example as pages have values."""
    known = help_on(field, kind, language)
    label = words(language).get(f"field.{_END.split(field)[-1]}")
    known = replace(known, label=label) if label else known
    is_iri = bool(_IRI.match(known.example))
    return replace(known, example=iri_said(known.example, language)) if is_iri else known


def _named(name: str, language: str) -> str:
    return named(KINDS[name].iri if name in KINDS else SD.NS + name, language)
