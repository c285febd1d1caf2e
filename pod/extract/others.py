"""Other people in what leaves for others: pseudonyms in the place of their names and numbers.

The person whose data these are may show them to whom she likes; those she paid, called or wrote to
were not asked. What a property may say of them is told by `sd:ofOthers` in the vocabulary. Beside
that, every text is searched for the names that are found so, for titles with a name behind, and for
addresses and numbers by which somebody is reached. What stays is what names an organisation.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from importers.phone import IN_TEXT
from importers.text import unaccented
from pod.extract.held import Held
from vocab.glossary import borrowed, glossary
from vocab.graph import Literal, NamedNode, Term
from vocab.names import RDF, SD, SDC, VCARD, XSD
from vocab.prefixes import PREFIXES

IDENTITY, MENTION, CONTENT = "identity", "mention", "content"
_PARTY: Final = "urn:sd:party:"
_REACHED: Final = ("mailto:", "tel:")
_COLUMN: Final = PREFIXES["column"]
# How a movement was made that goes to shops, suppliers and machines, and to no person.
_TO_COMPANIES: Final = frozenset(
    f"{SDC.NS}{name}" for name in ("card", "debit", "fee", "interest", "cash")
)
# What stands in names of people too (`Sa`, `Ag`, `Ville`) is left out: when in doubt it is one.
_ORGANISATION = re.compile(
    r"\b(?:sas|sasu|sarl|eurl|sci|scop|snc|gie|ltd|limited|plc|inc|llc|llp|corp|gmbh|bv|spa|srl|"
    r"cie|company|societe|groupe|group|banque|bank|caisse|mutuelle|mutual|assurances?|insurance|maif|macif|"
    r"cpam|caf|urssaf|dgfip|impots?|tresor|mairie|prefecture|ministere|universite|university|ecole|"
    r"school|college|lycee|hopital|hospital|clinique|pharmacie|pharmacy|association|federation|fondation|"
    r"club|syndicat|edf|engie|orange|sfr|sncf|ratp|amazon|paypal|service|services|telecom|energie|energy)\b"
)
_TITLED = re.compile(r"\b(?:m|mr|mme|mlle|mrs|ms|miss|dr|monsieur|madame|mademoiselle)\b\.?\s+")
_TITLE = re.compile(r"^(?:m|mr|mme|mlle|mrs|ms|miss|dr|monsieur|madame|mademoiselle)\b\.?\s*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# For strangers ten digits are a telephone, however they are written: when in doubt they are one.
_PHONE = re.compile(
    rf"{IN_TEXT.pattern}|(?<![\w+])(?:00\d{{2}}|0)\s?[1-9](?:[\s.-]?\d{{2}}){{4}}(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_PARTICLES: Final = frozenset(
    {"de", "du", "des", "d", "le", "la", "van", "von", "der", "den", "el"}
)
_MOST_WORDS: Final = 3
_OPERATION = re.compile(r"^\W*\w+")

Pseudonym = Callable[[str], str]


@dataclass(slots=True)
class Apart:
    """Records without other people, and how many of their names and words were left out."""

    records: Mapping[str, Held]
    count: int = 0


@dataclass(slots=True)
class _Names:
    """The names of others, by their first words, and what stands in their place."""

    pseudonym: Pseudonym
    by_word: defaultdict[str, set[tuple[str, ...]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, name: str) -> None:
        words = _words(name)
        for ordered in (words, words[::-1], (*words[1:], *words[:1])):
            if len("".join(ordered)) > 3:
                self.by_word[ordered[0]].add(ordered)

    def called(self, name: str) -> str:
        """The same for a name in whatever order, case or accents it is written."""
        plain = " ".join(sorted(_words(name))) or name
        return f"person-{self.pseudonym(plain)[:8]}"

    def struck(self, text: str) -> str:
        """A text without the names of others."""
        for place in reversed([*self._places(text)]):
            text = text[: place[0]] + self.called(text[place[0] : place[1]]) + text[place[1] :]
        return text

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        found = [(one[0], *one.span()) for one in _WORD.finditer(unaccented(text))]
        plain = [word for word, _, _ in found]
        at = 0
        while at < len(found):
            fitting = [
                one
                for one in self.by_word.get(plain[at], ())
                if tuple(plain[at : at + len(one)]) == one
            ]
            length = max(map(len, fitting), default=0)
            if length:
                yield found[at][1], found[at + length - 1][2]
            at += length or 1


def without_others(records: Mapping[str, Held], pseudonym: Pseudonym) -> Apart:
    """Records as they may leave for others. `pseudonym` makes one of a text, always the same."""
    names = _Names(pseudonym)
    for one in records.values():
        for name, term in _terms(one):
            if _kind(one, name) == IDENTITY and _names_a_person(one, term):
                names.add(term.value)
    done = Apart({})
    kept: dict[str, Held] = {}
    for iri, one in records.items():
        said = {
            name: tuple(_kept(one, name, terms, names, done)) for name, terms in one.said.items()
        }
        kept[iri] = Held(iri, {name: terms for name, terms in said.items() if terms})
    done.records = kept
    return done


def _terms(one: Held) -> Iterator[tuple[str, Term]]:
    return ((name, term) for name, terms in one.said.items() for term in terms)


def _kept(
    one: Held, name: str, terms: Sequence[Term], names: _Names, done: Apart
) -> Iterator[Term]:
    kind = _kind(one, name)
    for term in terms:
        made = _made(one, kind, term, names)
        done.count += made is not term and made != term
        if made is not None:
            yield made


def _made(one: Held, kind: str, term: Term, names: _Names) -> Term | None:
    """What a value is for others; None where it is left out."""
    if isinstance(term, NamedNode):
        is_reached = kind == IDENTITY and term.value.startswith(_REACHED)
        return None if is_reached else term
    if not isinstance(term, Literal) or not _is_text(term):
        return None if kind == CONTENT or (kind == IDENTITY and term.value) else term
    if kind == CONTENT:
        return None
    if kind == IDENTITY:
        text = names.called(term.value) if _names_a_person(one, term) else term.value
    elif kind == MENTION and _may_name(one, term.value):
        text = _label(term.value, names)
    else:
        text = _searched(term.value, names)
    return term if text == term.value else _literal(text, term)


def _literal(text: str, term: Literal) -> Literal:
    return Literal(text, language=term.language) if term.language else Literal(text)


def _searched(text: str, names: _Names) -> str:
    """A text without the names that are known, and what looks like somebody."""
    text = _MAIL.sub(lambda found: names.called(found[0]), text)
    text = _PHONE.sub(lambda found: names.called(found[0]), text)
    text = names.struck(text)
    for found in reversed([*_TITLED.finditer(unaccented(text))]):
        end = _end_of_name(text, found.end())
        if end:
            text = text[: found.start()] + names.called(text[found.end() : end]) + text[end:]
    return text


def _end_of_name(text: str, start: int) -> int:
    """Where the name ends that begins at a place: up to three words with capitals, 0 for none."""
    end, capitals = 0, 0
    for word in _WORD.finditer(text, start):
        apart = text[end or start : word.start()].strip(" ")
        if apart or capitals == _MOST_WORDS:
            break
        if word[0][0].isupper():
            end, capitals = word.end(), capitals + 1
        elif word[0] not in _PARTICLES:
            break
    return end


def _label(text: str, names: _Names) -> str:
    """What a bank says of a transfer: the kind of it, and a pseudonym for all the rest."""
    found = _OPERATION.match(text)
    first, rest = (found[0], text[found.end() :]) if found else ("", text)
    return f"{first} {names.called(rest)}" if rest.strip() else names.called(first)


def _may_name(one: Held, text: str) -> bool:
    """Whether the label of a movement may be a name: of one that may go to a person."""
    if not one.is_a(SD.BankTransaction) or not text.strip():
        return False
    return not _goes_to_a_company(one) and not _ORGANISATION.search(unaccented(text))


def _names_a_person(one: Held, term: Term) -> bool:
    """Whether who stands there is a person, as far as it can be told: when in doubt it is one."""
    if not isinstance(term, Literal) or not term.value.strip():
        return False
    is_company = one.is_a(SD.BankTransaction) and _goes_to_a_company(one)
    return not (is_company or _ORGANISATION.search(unaccented(term.value)))


def _goes_to_a_company(one: Held) -> bool:
    return any(text in _TO_COMPANIES for text in one.texts(SD.nature))


def _kind(one: Held, name: str) -> str:
    if name.startswith(_COLUMN):
        return CONTENT
    # What a holder knows of the person herself is not of others.
    if name.startswith(VCARD.NS) and one.is_a(SD.CustomerFile):
        return ""
    return _marks().get(name, "")


@cache
def _marks() -> Mapping[str, str]:
    """What each property may say of others, by its IRI."""
    known = {**borrowed(), **glossary()}
    return {iri: said for iri, word in known.items() if (said := word.one(SD.ofOthers))}


def _is_text(term: Literal) -> bool:
    return term.datatype.value in {XSD.string, RDF.langString}


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_untitled(unaccented(name))))


def _untitled(name: str) -> str:
    return re.sub(_TITLE, "", unaccented(name), count=1)
