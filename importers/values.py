"""A value that a person writes, as the shape of its property has it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final

from importers.contract import Code, Iri, LangString, Typed, Value
from importers.table import folded
from vocab.glossary import glossary
from vocab.graph import NamedNode
from vocab.lexical import WELL_FORMED
from vocab.names import RDF, SDC, XSD
from vocab.prefixes import PREFIXES, expand
from vocab.shacl import Property

_TAGGED = re.compile(r"(.+)@([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.ASCII | re.DOTALL)
_YES_NO: Final = {"true": True, "yes": True, "oui": True, "false": False, "no": False, "non": False}
_MOST_SHOWN = 12
_FORMS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        XSD.decimal: {"en": "a number, as in 12.50", "fr": "un nombre, comme 12,50"},
        XSD.integer: {"en": "a whole number", "fr": "un nombre entier"},
        XSD.date: {"en": "a day, as in 2026-03-31", "fr": "un jour, comme 2026-03-31"},
        XSD.dateTime: {
            "en": "a moment with its offset, as in 2026-03-31T08:30:00+02:00",
            "fr": "un instant avec son décalage, comme 2026-03-31T08:30:00+02:00",
        },
        XSD.gYearMonth: {"en": "a month, as in 2026-03", "fr": "un mois, comme 2026-03"},
        XSD.gYear: {"en": "a year, as in 2026", "fr": "une année, comme 2026"},
        XSD.boolean: {"en": "yes or no", "fr": "oui ou non"},
        XSD.duration: {"en": "a duration, as in P1Y", "fr": "une durée, comme P1Y"},
        XSD.dayTimeDuration: {"en": "a duration, as in PT30M", "fr": "une durée, comme PT30M"},
        XSD.string: {"en": "a text", "fr": "un texte"},
        RDF.langString: {
            "en": "a text and its language, as in Degree@en",
            "fr": "un texte et sa langue, comme Diplôme@fr",
        },
    }
)
_IRI: Final = {
    "en": "the address of something (IRI), or a code",
    "fr": "l'adresse de quelque chose (IRI), ou un code",
}
_ONE_OF: Final = {"en": "one of", "fr": "un de"}
_OR: Final = {"en": " or ", "fr": " ou "}


def value_of(rule: Property, text: str) -> Value:
    """What a text is as a value of a property. Raises ValueError, with what it takes, for none."""
    plain = text.strip()
    if not plain:
        raise ValueError(f"takes {form_of(rule)}")
    value = _node(rule, plain) if rule.iri or rule.values else _literal(rule, plain)
    if value is None:
        raise ValueError(f"takes {form_of(rule)}")
    return value


def form_of(rule: Property, language: str = "en") -> str:
    """What a property takes, in words."""
    if rule.values:
        names = [iri.rpartition("#")[2] for iri in rule.values]
        more = ", …" if len(names) > _MOST_SHOWN else ""
        return f"{_ONE_OF[language]} {', '.join(names[:_MOST_SHOWN])}{more}"
    if rule.iri:
        return _IRI[language]
    forms = (_FORMS[name][language] for name in rule.datatypes or (XSD.string,))
    return _OR[language].join(forms)


def _node(rule: Property, text: str) -> Value | None:
    """A code by its name or label, or an IRI, also as a prefixed name."""
    found = _codes().get(folded(text), frozenset())
    found = found & {*rule.values} if rule.values else found
    if len(found) == 1 or SDC.NS + text in found:
        (iri,) = found & {SDC.NS + text} or found
        return Code(iri.removeprefix(SDC.NS))
    prefix, colon, local = text.partition(":")
    if rule.values or not colon:
        return None
    try:
        is_prefixed = prefix in PREFIXES and not local.startswith("//")
        return Iri(NamedNode(expand(text) if is_prefixed else text).value)
    except ValueError:
        return None


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    """The IRIs of codes by what they are called: several lists may have a word."""
    found: dict[str, set[str]] = {}
    for iri, word in glossary().items():
        if iri.startswith(SDC.NS):
            for text in (word.name, f"sdc:{word.name}", iri, *word.label.values()):
                found.setdefault(folded(text), set()).add(iri)
    return MappingProxyType({text: frozenset(iris) for text, iris in found.items()})


def _literal(rule: Property, text: str) -> Value | None:
    # What looks like a number or has its language is that, where it may also be a text.
    ordered = sorted(rule.datatypes or (XSD.string,), key=lambda name: name == XSD.string)
    for datatype in ordered:
        try:
            return _READ.get(datatype, _typed(datatype))(text)
        except ValueError:
            continue
    return None


def _typed(datatype: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if not WELL_FORMED[datatype](text):
            raise ValueError("this is not written as its datatype is")
        space = RDF if datatype.startswith(RDF.NS) else XSD
        prefix = "rdf" if space is RDF else "xsd"
        return Typed(text, f"{prefix}:{datatype.removeprefix(space.NS)}")

    return read


def _number(text: str) -> Decimal:
    plain = text.replace(",", ".") if "." not in text else text
    if not WELL_FORMED[XSD.decimal](plain):
        raise ValueError("this is no number")
    return Decimal(plain)


def _whole(text: str) -> int:
    if not WELL_FORMED[XSD.integer](text):
        raise ValueError("this is no whole number")
    return int(text)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if len(text) <= len("2026-03-31") or found.utcoffset() is None:
        raise ValueError("this moment does not say its offset")
    return found


def _yes_no(text: str) -> bool:
    if text.casefold() not in _YES_NO:
        raise ValueError("this is neither yes nor no")
    return _YES_NO[text.casefold()]


def _tagged(text: str) -> LangString:
    found = _TAGGED.fullmatch(text)
    if found is None:
        raise ValueError("this text does not say its language")
    return LangString(found[1], found[2])


def _day(text: str) -> date:
    if len(text) != len("2026-03-31"):
        raise ValueError("this is no day")
    return date.fromisoformat(text)


_READ: Final[Mapping[str, Callable[[str], Value]]] = MappingProxyType(
    {
        XSD.decimal: _number,
        XSD.integer: _whole,
        XSD.date: _day,
        XSD.dateTime: _moment,
        XSD.boolean: _yes_no,
        XSD.string: str,
        RDF.langString: _tagged,
    }
)
