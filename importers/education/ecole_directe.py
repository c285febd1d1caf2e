"""EcoleDirecte: the marks of a pupil and the means of each period, as its pages load them (JSON).

There is no published format; names of members are as observed. Teachers, ranks and skills by
colour are not kept. Numbers are texts with a comma or a full stop.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements, has_marks
from importers.education.marks import Book, Course, Mark, mean_checks
from importers.education.written import mark, number
from importers.rows import convert
from importers.text import lines

_MARKS = ('"libelleMatiere"', '"noteSur"', '"valeur"')

_SUBJECTS = "ensembleMatieres/disciplines"
_NO_MEANS = "the period does not have the means that are expected here"


class EcoleDirecte:
    format = "ecole-directe"
    title = "EcoleDirecte: notes et moyennes (JSON)"
    domain = "education"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By members that only its marks have."""
        del filename
        found = has_marks(head, _MARKS) or has_marks(head, ('"ensembleMatieres"', '"periodes"'))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        iri = "https://www.ecoledirecte.com/"
        return HolderHint(iri=iri, name="EcoleDirecte", sector="education")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The means of each period and then the marks. Takes no options."""
        del options
        text = "".join(lines(export))
        inside = any(isinstance(one, Element) for one in elements(text, "/data/notes"))
        root = "/data" if inside or '"data"' in text[:2000] else ""
        reader = _Reader()
        yield from convert(elements(text, f"{root}/periodes/*"), reader.period)
        yield from convert(elements(text, f"{root}/notes/*"), reader.mark)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The means that the school states, against the marks and their coefficients."""
        return mean_checks(items)


class _Reader:
    def __init__(self) -> None:
        self._book = Book()
        self._terms: dict[str, str] = {}

    def period(self, element: Element) -> Iterator[Item]:
        """The means of a period, of each subject and of all."""
        term = element.text("periode")
        self._terms[element.text("codePeriode")] = term
        whole, subjects = element.get("ensembleMatieres"), element.get(_SUBJECTS)
        if not isinstance(subjects, list) or "moyenneGenerale" not in whole:
            yield Problem(element.locator, _NO_MEANS)
        for place, one in enumerate(subjects if isinstance(subjects, list) else []):
            at = f"{element.locator}/ensembleMatieres/disciplines/{place}"
            yield from self._mean(Element(at, one), term)
        if element.text("ensembleMatieres/moyenneGenerale"):
            general = Element(f"{element.locator}/ensembleMatieres", whole)
            value, rest = mark(general.text("moyenneGenerale")), _class(general, "moyenne")
            yield from self._book.mark(
                Mark(
                    course=None,
                    value=value,
                    term=term,
                    is_mean=True,
                    locator=general.locator,
                    mean=rest[0],
                    lowest=rest[1],
                    highest=rest[2],
                )
            )

    def _mean(self, subject: Element, term: str) -> Iterator[Item]:
        course = Course(name=subject.text("discipline"), code=subject.text("codeMatiere"))
        if subject.get("moyenne") is None:
            yield Problem(subject.locator, "the subject has no mean")
        if not subject.text("moyenne"):
            yield from self._book.course(course, subject.locator)
            return
        rest = _class(subject, "moyenne")
        yield from self._book.mark(
            Mark(
                course=course,
                value=mark(subject.text("moyenne")),
                term=term,
                is_mean=True,
                coefficient=number(subject, "coef"),
                locator=subject.locator,
                mean=rest[0],
                lowest=rest[1],
                highest=rest[2],
            )
        )

    def mark(self, element: Element) -> Iterator[Item]:
        value = mark(element.text("valeur"))
        course = Course(name=element.text("libelleMatiere"), code=element.text("codeMatiere"))
        if value == "" or not (course.name or course.code):
            raise ValueError("the mark or its subject is missing")
        day = element.text("date")
        yield from self._book.mark(
            Mark(
                course=course,
                value=value,
                best=number(element, "noteSur") if isinstance(value, Decimal) else None,
                label=element.text("devoir"),
                term=self._terms.get(element.text("codePeriode"), element.text("codePeriode")),
                coefficient=number(element, "coef"),
                mean=number(element, "moyenneClasse"),
                lowest=number(element, "minClasse"),
                highest=number(element, "maxClasse"),
                on=iso_date(day) if day else None,
                comment=element.text("commentaire"),
                identifier=element.text("id"),
                locator=element.locator,
            )
        )


def _class(element: Element, path: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The mean, lowest and highest of the class."""
    return (
        number(element, path + "Classe"),
        number(element, path + "Min"),
        number(element, path + "Max"),
    )
