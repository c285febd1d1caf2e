"""What a PESC transcript says of a session: its courses, their grades, its averages and awards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from importers.clock import iso_date
from importers.contract import Check, Item, Key, Problem, Record, Stated, Value
from importers.education.marks import Book, Course, Mark
from importers.education.written import mark
from importers.markup import Element
from importers.money import decimal
from importers.text import for_key

EARNED: Final = "credits earned"
_COURSE: Final = "credits of a course"
_NO_GRADE: Final = "ZZZ"  # what stands in the place of a grade that is not reported (PESC)
_SUPPLEMENTAL: Final = (
    "CourseSupplementalAcademicGrade/CourseSupplementalGrade/CourseAcademicSupplementalGrade"
)
_NO_TITLE: Final = "this course has neither a title nor a number"
_NO_NAME: Final = "this award has no title"


@dataclass(frozen=True, slots=True)
class Session:
    """A session as far as a course needs it; one without a name for courses beside all sessions."""

    school: str = ""
    name: str = ""
    begin: date | None = None
    end: date | None = None
    book: Book = field(default_factory=Book)

    def within(self, element: Element) -> "Session":
        """The session that an element is of, at this school. Raises ValueError."""
        detail = next(element.all("AcademicSessionDetail"), element)
        name = detail.get("SessionName") or detail.get("SessionDesignator")
        begin, end = _day(detail, "SessionBeginDate"), _day(detail, "SessionEndDate")
        return replace(self, name=name, begin=begin, end=end)

    def items(self, element: Element) -> Iterator[Item]:
        """The courses of a session, its averages, and what was awarded in it."""
        for part in element.children:
            try:
                yield from tuple(self._part(part))
            except ValueError as error:
                yield Problem(part.locator, str(error))
        yield from self._stated(element)

    def _part(self, part: Element) -> Iterator[Item]:
        if part.name == "Course":
            yield from self.course(part)
        elif part.name == "AcademicSummary":
            yield from self.averages(part)
        elif part.name == "AcademicAward":
            yield award(part, school_in(part) or self.school)

    def course(self, element: Element) -> Iterator[Item]:
        """A course and its grade; the course alone where it has none yet. Raises ValueError."""
        code = " ".join(
            filter(None, map(element.get, ("CourseSubjectAbbreviation", "CourseNumber")))
        )
        title = element.get("CourseTitle")
        if not title and not code:
            raise ValueError(_NO_TITLE)
        course = Course(name=title, code=code, session=self.name)
        beside = self._beside(element)
        text = element.get("CourseAcademicGrade") or element.get(_SUPPLEMENTAL)
        if not text or text == _NO_GRADE:
            yield course.record(element.locator, beside, counted=True)
        else:
            section = element.get("CourseSectionNumber")
            told = for_key(f"{self.name} {code} {section} {self.school}") if section else ""
            yield from self.book.course(course, element.locator, beside)
            yield from self.book.mark(
                Mark(
                    course=course,
                    value=mark(text),
                    term=self.name,
                    identifier=told,
                    locator=element.locator,
                )
            )
        earned = number_at(element, "CourseCreditEarned")
        if earned is not None and self.name:
            yield Stated(name=_COURSE, scope=self.name, value=earned, locator=element.locator)

    def averages(self, element: Element) -> Iterator[Item]:
        """The grade point average of a summary. Raises ValueError."""
        value = number_at(element, "GPA/GradePointAverage")
        if value is not None:
            said = (element.get("AcademicSummaryType"), element.get("AcademicSummaryLevel"))
            yield Mark(
                course=None,
                value=value,
                best=number_at(element, "GPA/GPARangeMaximum"),
                label=" ".join(("GPA", *filter(None, said))),
                term=self.name,
                is_mean=True,
                locator=element.locator,
            ).record()

    def _beside(self, element: Element) -> tuple[tuple[str, Value], ...]:
        earned = number_at(element, "CourseCreditEarned")
        credit = number_at(element, "CourseCreditValue") if earned is None else earned
        said: tuple[tuple[str, Value | None], ...] = (
            ("schema:numberOfCredits", credit),
            ("schema:temporalCoverage", self.name or None),
            ("schema:startDate", _day(element, "CourseBeginDate") or self.begin),
            ("schema:endDate", _day(element, "CourseEndDate") or self.end),
            ("sd:counterpartyName", school_in(element) or self.school or None),
        )
        return tuple((name, value) for name, value in said if value is not None)

    def _stated(self, element: Element) -> Iterator[Item]:
        """What the session says was earned in it, where each of its courses says so too."""
        courses = tuple(element.all("Course"))
        is_told = courses and all(one.get("CourseCreditEarned") for one in courses)
        summary = next(element.all("AcademicSummary"), None)
        if summary is None or not is_told or not self.name:
            return
        try:
            value = number_at(summary, "GPA/CreditHoursEarned")
        except ValueError as error:
            yield Problem(summary.locator, str(error), row=False)
            return
        if value is not None:
            yield Stated(name=EARNED, scope=self.name, value=value, locator=summary.locator)


def award(element: Element, school: str) -> Record:
    """A degree, a diploma or a certificate. Raises ValueError for one without a title."""
    programs = [one.get("AcademicProgramName") for one in element.all("AcademicAwardProgram")]
    title = element.get("AcademicAwardTitle") or next(filter(None, programs), "")
    if not title:
        raise ValueError(_NO_NAME)
    on = _day(element, "AcademicAwardDate") or _day(element, "AcademicCompletionDate")
    honours = [one.get("HonorsTitle") for one in element.all("AcademicHonors")]
    about = [one for one in (*programs, *honours) if one and one != title]
    said: tuple[tuple[str, Value | None], ...] = (
        ("schema:name", title),
        *(("schema:description", one) for one in dict.fromkeys(about)),
        ("schema:educationalLevel", element.get("AcademicAwardLevel") or None),
        ("sd:date", on),
        ("sd:counterpartyName", school or None),
    )
    return Record(
        kind="Credential",
        key=Key(natural=(for_key(title), on.isoformat() if on else "", for_key(school))),
        fields=tuple((name, value) for name, value in said if value is not None),
        locator=element.locator,
    )


def school_in(element: Element) -> str:
    """The school that an element names for itself, where it is another than that of the record."""
    named = ("CourseOverrideSchool", "AcademicAwardSchool", "School")
    return next(filter(None, (element.get(f"{one}/OrganizationName") for one in named)), "")


def sums(items: Iterable[Item]) -> tuple[Check, ...]:
    """For each session that says what was earned in it: the credits of its courses."""
    stated = [item for item in items if isinstance(item, Stated)]
    return tuple(
        Check(
            name=f"{EARNED}: {one.scope}",
            expected=f"{one.value:f}",
            got=f"{got:f}",
            ok=got == one.value,
        )
        for one in stated
        if one.name == EARNED
        for got in (_sum(stated, one.scope),)
    )


def _sum(stated: list[Stated], scope: str) -> Decimal:
    parts = (one.value for one in stated if one.name == _COURSE and one.scope == scope)
    return sum(parts, Decimal(0))


def number_at(element: Element, path: str) -> Decimal | None:
    """The number at a path, None where nothing stands. Raises ValueError that names it."""
    text = element.get(path)
    try:
        return decimal(text) if text else None
    except ValueError as error:
        raise ValueError(f"`{path.rpartition('/')[2]}` is not a number") from error


def _day(element: Element, path: str) -> date | None:
    text = element.get(path)
    try:
        return iso_date(text[:10]) if text else None
    except ValueError as error:
        raise ValueError(f"`{path}` is not a date") from error
