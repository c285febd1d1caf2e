"""PESC transcripts: College Transcript and High School Transcript, in XML.

https://www.pesc.org/college-transcript.html, any version: what registrars in North America send
and let students download. Kept are courses with their grades, grade point averages, awards, and
the person's name and birth date. Her social security number, the school's number for her and her
address are not, nor notes, requirements, health, and to whom the transcript was sent; scores of
tests are told of and not kept.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.clock import iso_date
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem, Record, Value
from importers.education.pesc_session import Session, award, school_in, sums
from importers.markup import Element, elements
from importers.rows import convert
from importers.text import decode, name_of

_ROOT: Final = re.compile(r"<(?:\w+:)?(?:College|HighSchool)Transcript[\s>]")
_PESC: Final = "urn:org:pesc:"
_SCHOOL: Final = re.compile(r"<School>.*?<OrganizationName>([^<]{1,200})</", re.DOTALL)
_STUDENTS: Final = ("/CollegeTranscript/Student", "/HighSchoolTranscript/Student")
_READ: Final = ("School", "AcademicSession", "Course", "AcademicAward", "AcademicSummary")
_BESIDE: Final = ("Person", "Tests")
_PATHS: Final = frozenset(
    {f"{student}/AcademicRecord/{name}" for student in _STUDENTS for name in _READ}
    | {f"{student}/{name}" for student in _STUDENTS for name in _BESIDE}
)
_ASIDE: Final = frozenset({"School", "Person"})
_TESTS: Final = "scores of tests are not kept"
_NOTHING: Final = "this is no transcript, or it has neither courses nor awards"


class Pesc:
    format = "pesc-transcript"
    title = "PESC college and high school transcripts (XML)"
    domain = "education"
    extensions = (".xml",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its root and the namespace of the standard."""
        del filename
        text = decode(head)
        return Match(confidence=95) if _ROOT.search(text) and _PESC in text else None

    def holder(self, head: bytes) -> HolderHint:
        """The first school that is named."""
        found = _SCHOOL.search(decode(head))
        name = " ".join(found[1].split()) if found else ""
        name = name or "school of the transcript"
        return HolderHint(iri=f"urn:sd:holder:{name_of(name)}", name=name, sector="education")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A course with its grade, an average or an award a record. Takes no options."""
        del options
        reader, any_row = _Reader(), False
        found = elements(export, _PATHS)
        for item in convert(found, reader.read, is_row=lambda one: one.name not in _ASIDE):
            any_row |= item.counted if isinstance(item, Record) else isinstance(item, Problem)
            yield item
        if not any_row:
            yield Problem("/", _NOTHING)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The credits that a session states as earned, against its courses."""
        return sums(items)


class _Reader:
    """Reads the parts of a transcript in their order; a school stands before its courses."""

    def __init__(self) -> None:
        self._session = Session()

    def read(self, element: Element) -> Iterator[Item]:
        """Raises ValueError, with a sentence, for a part that cannot be read."""
        if element.name == "School":
            self._session = Session(school=element.get("OrganizationName"))
        elif element.name == "AcademicSession":
            yield from self._session.within(element).items(element)
        elif element.name == "Course":
            yield from self._session.course(element)
        elif element.name == "AcademicAward":
            yield award(element, school_in(element) or self._session.school)
        elif element.name == "AcademicSummary":
            yield from self._session.averages(element)
        elif element.name == "Person":
            yield from _person(element)
        else:
            raise ValueError(_TESTS)


def _person(element: Element) -> Iterator[Record]:
    told = (("vcard:given-name", "FirstName"), ("vcard:family-name", "LastName"))
    fields: list[tuple[str, Value]] = [
        (name, said) for name, member in told if (said := element.get(f"Name/{member}"))
    ]
    name = " ".join(str(value) for _, value in fields)
    if name:
        fields.insert(0, ("vcard:fn", name))
    born = element.get("Birth/BirthDate")
    if born:
        fields.append(("vcard:bday", iso_date(born[:10])))
    if fields:
        yield Record(
            kind="CustomerFile",
            key=Key(natural=("student", name)),
            fields=tuple(fields),
            locator=element.locator,
            counted=False,
        )
