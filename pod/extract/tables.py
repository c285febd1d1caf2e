"""Records of one class as a table, with a dictionary of its columns and its figures.

Three tables that stand for themselves in any program for statistics: the data, what each column
means, and the figures that a second look at the data must come to again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from statistics import linear_regression, median

from pod.extract.held import Held, of_class
from pod.http.cells import table, text
from vocab.extended import Vocabulary
from vocab.graph import Literal, NamedNode, Term
from vocab.names import PROV, RDF, SD, SKOS, XSD
from vocab.shacl import Property

_FIRST = (SD.date, SD.account, SD.holder)
_LEFT_OUT = frozenset({RDF.type, SD.recordDigest, SD.sourceLocator, PROV.wasGeneratedBy})
_NUMBERS = frozenset({XSD.decimal, XSD.integer})
_DAYS = 365.25
_HEADS = {
    "en": ("column", "term", "meaning", "datatype", "at least", "at most"),
    "fr": ("colonne", "terme", "définition", "type", "au moins", "au plus"),
}
_FIGURES = {
    "en": ("column", "values", "sum", "minimum", "median", "maximum", "trend a year"),
    "fr": ("colonne", "valeurs", "somme", "minimum", "médiane", "maximum", "tendance par an"),
}
_ADDRESS = {"en": "address", "fr": "adresse"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of a class, and its columns: the IRIs of properties, in the words of `known`."""

    known: Vocabulary
    kind: str
    records: tuple[Held, ...]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, records: Mapping[str, Held], kind: str, known: Vocabulary) -> "Table":
        """Every property that a record of a class has is a column, those of its shape first."""
        found = tuple(sorted(of_class(records, kind), key=lambda one: (one.text(SD.date), one.iri)))
        used = {name for one in found for name in one.said} - _LEFT_OUT
        shaped = [rule.path for rule in known.rules(kind).values()]
        ordered = dict.fromkeys((*_FIRST, *shaped, *sorted(used)))
        columns = tuple(name for name in ordered if name in used)
        return cls(known=known, kind=kind, records=found, columns=columns)

    def data(self, language: str) -> bytes:
        """A record a row, its address first; several values of one property with ` | ` between."""
        head = (_ADDRESS[language], *self._names(language))
        rows = (
            (one.iri, *(self._cell(one, name, language) for name in self.columns))
            for one in self.records
        )
        return table(head, rows)

    def dictionary(self, language: str) -> bytes:
        """What each column means, what its values are, and how many of them a record has."""
        rules = self.known.rules(self.kind)
        rows = (self._meaning(name, rules.get(name), language) for name in self.columns)
        return table(_HEADS[language], rows)

    def figures(self, language: str) -> bytes:
        """For each column of numbers: how many, sum, bounds, median, and the trend by the date."""
        return table(_FIGURES[language], self._figures(language))

    def _figures(self, language: str) -> Iterator[tuple[str, ...]]:
        for name in self.columns:
            pairs = [
                (one.text(SD.date), value)
                for one in self.records
                for term in one.said.get(name, ())
                if (value := _number(term)) is not None
            ]
            if pairs:
                yield (
                    self.known.named(name, language),
                    *_summary([value for _, value in pairs]),
                    _trend(pairs),
                )

    def _names(self, language: str) -> Iterator[str]:
        return (self.known.named(name, language) for name in self.columns)

    def _cell(self, one: Held, name: str, language: str) -> str:
        return " | ".join(sorted(self._value(term, language) for term in one.said.get(name, ())))

    def _value(self, term: Term, language: str) -> str:
        """Codes are told by their names: those of ours, and those of a profile."""
        if isinstance(term, NamedNode):
            word = self.known.words.get(term.value)
            code = word is not None and SKOS.Concept in word.types
            return self.known.named(term.value, language) if code else term.value
        return term.value if _number(term) is not None else text(term.value)

    def _meaning(self, name: str, rule: Property | None, language: str) -> tuple[str, ...]:
        word = self.known.words.get(name)
        comment = word.comment.get(language, "") if word else ""
        least = "" if rule is None else str(rule.at_least)
        most = "" if rule is None or rule.at_most is None else str(rule.at_most)
        return (self.known.named(name, language), name, comment, _kinds(rule), least, most)


def _number(term: Term) -> Decimal | None:
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


def _kinds(rule: Property | None) -> str:
    if rule is None:
        return ""
    return " | ".join(rule.datatypes) or ("IRI" if rule.iri or rule.values else "")


def _summary(values: Sequence[Decimal]) -> tuple[str, ...]:
    figures = (sum(values, Decimal(0)), min(values), median(values), max(values))
    return (str(len(values)), *(f"{figure:f}" for figure in figures))


def _trend(pairs: Sequence[tuple[str, Decimal]]) -> str:
    """By how much a value goes up in a year, by the line of least squares; "" without dates."""
    try:
        days = [date.fromisoformat(day).toordinal() for day, _ in pairs]
    except ValueError:
        return ""
    if len(set(days)) < 2:
        return ""
    return f"{linear_regression(days, [float(value) for _, value in pairs]).slope * _DAYS:.6g}"
