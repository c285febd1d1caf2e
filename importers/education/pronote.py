"""Pronote: the latest marks of a pupil and the means of her subjects, as its pages load them.

There is no published format; names of members are as observed (`DernieresNotes`). Every value is
wrapped, `{"_T": 10, "V": "9,5"}`. Its identifiers change with each session and are not keys.
The general mean is not kept, as the file does not say of which period it is.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from importers.clock import french_date
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.document import Element, elements, has_marks
from importers.education.marks import Book, Course, Mark, mean_checks
from importers.education.written import mark, number
from importers.rows import convert
from importers.text import lines

_ROOT = "/donneesSec/donnees"


class Pronote:
    format = "pronote"
    title = "Pronote: dernières notes et moyennes (JSON)"
    domain = "education"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By members that only its marks have."""
        del filename
        marks = ('"donneesSec"', '"moyEleve"', '"listeServices"')
        return Match(confidence=90) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(
            iri="https://www.index-education.com/", name="Pronote", sector="education"
        )

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The means of the subjects and then the marks. Takes no options."""
        del options
        text = "".join(lines(export))
        book = Book()

        def subject(element: Element) -> Iterator[Item]:
            return book.mark(_mean(element))

        def mark(element: Element) -> Iterator[Item]:
            return book.mark(_mark(element))

        yield from convert(elements(text, f"{_ROOT}/listeServices/V/*"), subject)
        yield from convert(elements(text, f"{_ROOT}/listeDevoirs/V/*"), mark)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The means that the school states, against the marks that the file has."""
        return mean_checks(items)


def _mean(element: Element) -> Mark:
    return Mark(
        course=_course(element, "L"),
        value=_value(element, "moyEleve/V"),
        best=number(element, "baremeMoyEleve/V"),
        mean=number(element, "moyClasse/V"),
        lowest=number(element, "moyMin/V"),
        highest=number(element, "moyMax/V"),
        is_mean=True,
        locator=element.locator,
    )


def _mark(element: Element) -> Mark:
    value, day = _value(element, "note/V"), element.text("date/V")
    return Mark(
        course=_course(element, "service/V/L"),
        value=value,
        best=number(element, "bareme/V") if isinstance(value, Decimal) else None,
        label=element.text("commentaire"),
        term=element.text("periode/V/L"),
        coefficient=number(element, "coefficient"),
        mean=number(element, "moyenne/V"),
        lowest=number(element, "noteMin/V"),
        highest=number(element, "noteMax/V"),
        on=french_date(day) if day else None,
        locator=element.locator,
    )


def _course(element: Element, path: str) -> Course:
    name = element.text(path)
    if not name:
        raise ValueError("the subject is not named")
    return Course(name=name)


def _value(element: Element, path: str) -> Decimal | str:
    """A mark: a number, or the code of what stands in its place ("|1")."""
    text = element.text(path)
    if not text:
        raise ValueError("there is no mark")
    return mark(text)
