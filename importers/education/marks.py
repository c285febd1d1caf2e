"""Marks and the courses they are given in, as records, and the means that a school states of them.

A course is given once, whatever number of marks there are in it. A mean is never counted among the
marks it is made of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from importers.contract import Check, Code, Item, Key, Record, Ref, Stated, Value
from importers.text import for_key

MEAN = "mean"
_ALL = "all courses"
_SAME = "this mark has no day, and a row before it says the same: one of them is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course or subject. `session` tells a course apart that is taken again in another year."""

    name: str
    code: str = ""
    session: str = ""

    @property
    def key(self) -> Key:
        return Key(natural=(for_key(self.code), for_key(self.name), for_key(self.session)))

    def record(
        self,
        locator: str,
        beside: tuple[tuple[str, Value], ...] = (),
        *,
        counted: bool = False,
    ) -> Record:
        """The enrolment in the course, with what else is known of it."""
        code = (("schema:courseCode", self.code),) if self.code else ()
        name = self.name or self.code
        return Record(
            kind="Enrolment",
            key=self.key,
            fields=(("schema:name", name), *code, *beside),
            locator=locator,
            counted=counted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark. `value` is a number on the scale `best`, or what stands in its place ("A-", "Abs").

    `mean`, `lowest` and `highest` are those of the class. `course` is None for a mean over all
    courses. `identifier` is the school's own number for the mark, where it gives one.
    """

    course: Course | None
    value: Decimal | str
    locator: str
    best: Decimal | None = None
    label: str = ""
    term: str = ""
    coefficient: Decimal | None = None
    mean: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    on: date | None = None
    comment: str = ""
    identifier: str = ""
    is_mean: bool = False

    def record(self) -> Record:
        said: tuple[tuple[str, Value | None], ...] = (
            ("sd:relatedTo", Ref("Enrolment", self.course.key) if self.course else None),
            ("schema:name", self.label or None),
            ("schema:temporalCoverage", self.term or None),
            ("sd:date", self.on),
            ("schema:ratingValue", self.value),
            ("schema:bestRating", self.best),
            ("sd:coefficient", self.coefficient),
            ("sd:classMean", self.mean),
            ("sd:classLowest", self.lowest),
            ("sd:classHighest", self.highest),
            ("sd:nature", Code(MEAN) if self.is_mean else None),
            ("schema:description", self.comment or None),
        )
        return Record(
            kind="Grade",
            key=self._key(),
            fields=tuple((name, value) for name, value in said if value is not None),
            on=self.on,
            locator=self.locator,
        )

    def stated(self) -> Stated | None:
        """What a mean says that reconciliation can hold the marks to."""
        if not self.is_mean or not isinstance(self.value, Decimal):
            return None
        scope = scope_of(self.course.key if self.course else None, self.term)
        return Stated(name=MEAN, scope=scope, value=self.value, locator=self.locator)

    def _key(self) -> Key:
        if self.identifier:
            return Key(stable=self.identifier)
        course = self.course.key.natural if self.course else ("", "", "")
        mean = MEAN if self.is_mean else ""
        # Without a name a mark is told from others of the course by what it is.
        told = for_key(self.label) or mean or str(self.value)
        return Key(natural=(*course, for_key(self.term), told))


class Book:
    """The courses that have been given, and the marks without a day that would fall together."""

    def __init__(self) -> None:
        self._courses: set[Key] = set()
        self._undated: set[tuple[Key, tuple[tuple[str, Value], ...]]] = set()

    def course(
        self, course: Course, locator: str, beside: tuple[tuple[str, Value], ...] = ()
    ) -> Iterator[Record]:
        """The record of a course that was not given before."""
        if course.key not in self._courses:
            self._courses.add(course.key)
            yield course.record(locator, beside)

    def mark(self, mark: Mark) -> Iterator[Item]:
        """A mark, its course before it where that is new, and what it states as a mean.

        Raises ValueError for a mark without a day that was there already.
        """
        record = mark.record()
        if mark.on is None and not mark.identifier:
            if (record.key, record.fields) in self._undated:
                raise ValueError(_SAME)
            self._undated.add((record.key, record.fields))
        if mark.course is not None:
            yield from self.course(mark.course, mark.locator)
        yield record
        stated = mark.stated()
        if stated is not None:
            yield stated


def scope_of(course: Key | None, term: str) -> str:
    """How a mean says what it is about: "Physique, Trimestre 1"; "all courses" for the general."""
    parts = course.natural if course else ()
    name = next((part for part in parts[1::-1] if part), _ALL)
    return ", ".join(filter(None, (name, for_key(term))))


def mean_checks(items: Iterable[Item]) -> tuple[Check, ...]:
    """For each mean that is stated: the mean of its marks, by their coefficients.

    The mean over all courses is that of their means where these are stated, else that of all marks.
    """
    found = tuple(items)
    grades = [item for item in found if isinstance(item, Record) and item.kind == "Grade"]
    stated: dict[str, Stated] = {}
    for item in found:
        if isinstance(item, Stated) and item.name == MEAN:
            stated.setdefault(item.scope, item)
    own = {grade.locator: _Weighed.of(grade) for grade in grades if _is_mean(grade)}
    checks = (_check(one, _parts(one, stated, grades, own), own) for one in stated.values())
    return tuple(check for check in checks if check is not None)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A mark that is a number: how much it weighs, on what scale it is."""

    value: Decimal
    weight: Decimal
    best: Decimal | None

    @classmethod
    def of(cls, grade: Record) -> "_Weighed | None":
        """None for a mark that is no number."""
        fields = {name: value for name, value in grade.fields if isinstance(value, Decimal)}
        value = fields.get("schema:ratingValue")
        if value is None:
            return None
        weight = fields.get("sd:coefficient", Decimal(1))
        return cls(value, weight, fields.get("schema:bestRating"))


_Own = dict[str, _Weighed | None]


def _parts(
    mean: Stated, stated: dict[str, Stated], grades: list[Record], own: _Own
) -> list[_Weighed]:
    """What a stated mean is over."""
    general, _, term = mean.scope.partition(_ALL)
    if general or mean.scope == general:
        scopes = ((grade, _scope(grade)) for grade in grades if not _is_mean(grade))
        found = [_Weighed.of(grade) for grade, scope in scopes if scope == mean.scope]
        return [one for one in found if one is not None]
    means = [one for one in stated.values() if _ALL not in one.scope and one.scope.endswith(term)]
    if means:
        weighed = (own.get(one.locator) or _Weighed(one.value, Decimal(1), None) for one in means)
        return list(weighed)
    marks = (grade for grade in grades if not _is_mean(grade) and _scope(grade).endswith(term))
    return [one for grade in marks if (one := _Weighed.of(grade)) is not None]


def _check(mean: Stated, parts: list[_Weighed], own: _Own) -> Check | None:
    """None where there is nothing to compare: no marks, or marks that are no numbers."""
    weight = sum((part.weight for part in parts), Decimal(0))
    if not weight:
        return None
    said = own.get(mean.locator)
    scales = [part.best for part in parts if part.best is not None]
    scale = (said.best if said else None) or max(scales, default=None)
    total = Decimal(0)
    for part in parts:
        onto = scale / part.best if scale and part.best else Decimal(1)
        total += part.weight * part.value * onto
    got = total / weight
    exponent = mean.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    # Schools round to the last digit they show, up, down or to the nearest.
    return Check(
        name=f"mean: {mean.scope}",
        expected=f"{mean.value:f}",
        got=f"{got.quantize(step):f}",
        ok=abs(got - mean.value) < step,
    )


def _scope(grade: Record) -> str:
    fields = dict(grade.fields)
    of = fields.get("sd:relatedTo")
    term = str(fields.get("schema:temporalCoverage", ""))
    return scope_of(of.key if isinstance(of, Ref) else None, term)


def _is_mean(grade: Record) -> bool:
    return dict(grade.fields).get("sd:nature") == Code(MEAN)
