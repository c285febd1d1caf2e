"""What a credential of the European Learning Model claims: achievements, activities, assessments
and entitlements, each a record, however deep it stands in another.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from importers.contract import Code, Item, Key, Problem, Record, Ref, Value
from importers.document import Element
from importers.education.wording import (
    day_said,
    every_object,
    identifier,
    objects,
    plain,
    types,
    worded,
)
from importers.money import decimal

# The members under which one claim stands in another.
NESTED: Final = (
    *("hasClaim", "hasPart", "provenBy", "influencedBy", "entitlesTo"),
    *("isPartOf", "proves", "influences", "entitledBy"),
)
_DEEPEST: Final = 30
_DURATION: Final = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
_NO_KIND: Final = "this claim is of no type that is known here"
_NO_TITLE: Final = "this claim has no title"
_NO_GRADE: Final = "this assessment has no grade"
_TOO_DEEP: Final = "the claims stand in one another too deeply to be read"

Fields = tuple[tuple[str, Value], ...]


@dataclass(slots=True)
class Claims:
    """Reads the claims of one credential. `beside` are fields that each of its records has."""

    credential: str
    beside: Fields = ()
    read: set[int] = field(default_factory=set)

    def of(self, node: Mapping[str, Any], pointer: str, depth: int = 0) -> Iterator[Item]:
        """The records of the claims within an object, in the order of their members."""
        if depth > _DEEPEST:
            yield Problem(pointer, _TOO_DEEP)
            return
        for member in NESTED:
            for place, claim in enumerate(objects(node.get(member))):
                at = f"{pointer}/{member}"
                where = f"{at}/{place}" if isinstance(node[member], list) else at
                yield from self._claim(claim, where, depth)

    def _claim(self, claim: dict[str, Any], pointer: str, depth: int) -> Iterator[Item]:
        self.read.add(id(claim))
        if identifier(claim) and not claim.keys() - {"id", "@id", "type", "@type"}:
            return  # only named here: it is told of elsewhere
        make = next((_MADE[name] for name in sorted(types(claim)) if name in _MADE), None)
        try:
            if make is None:
                raise ValueError(_NO_KIND)  # noqa: TRY301 - it is told of as all that is wrong
            yield make(self, claim, pointer)
        except ValueError as error:
            yield Problem(pointer, str(error))
        yield from self.of(claim, pointer, depth + 1)

    def missed(self, node: Any, pointer: str) -> Iterator[Problem]:
        """The claims that stand in members where none is expected."""
        for here, at in every_object(node, pointer):
            if types(here) & _MADE.keys() and id(here) not in self.read:
                yield Problem(at, "a claim stands where none is expected, and is not read")

    def key(self, claim: Mapping[str, Any], pointer: str) -> Key:
        """Claims are numbered anew in each credential, so the credential is in their key."""
        return Key(stable=f"{self.credential} {identifier(dict(claim)) or pointer}")

    def achievement(self, claim: dict[str, Any], pointer: str) -> Record:
        specified = _first(claim, "specifiedBy")
        day = day_said(_first(claim, "awardedBy"), "awardingDate")
        points = objects(claim.get("creditReceived")) or objects(specified.get("creditPoint"))
        outcomes = [one.get("title") for one in objects(specified.get("learningOutcome"))]
        levels = [one.get("prefLabel") for one in _levels(specified)]
        return Record(
            kind="Credential",
            key=self.key(claim, pointer),
            fields=(
                *_titled(claim, specified),
                *worded("schema:description", claim.get("description")),
                *((("sd:date", day),) if day else ()),
                *worded("schema:educationalLevel", levels),
                *worded("schema:competencyRequired", outcomes),
                *_credits(points),
                *_named(_first(claim, "awardedBy").get("awardingBody")),
                *self.beside,
            ),
            locator=pointer,
        )

    def entitlement(self, claim: dict[str, Any], pointer: str) -> Record:
        day = day_said(claim, "dateIssued", "issuedDate")
        return Record(
            kind="Credential",
            key=self.key(claim, pointer),
            fields=(
                *_titled(claim, _first(claim, "specifiedBy")),
                *worded("schema:description", claim.get("description")),
                *((("sd:date", day),) if day else ()),
                ("sd:nature", Code("entitlement")),
                *_named(_first(claim, "awardedBy").get("awardingBody")),
                *self.beside,
            ),
            locator=pointer,
        )

    def activity(self, claim: dict[str, Any], pointer: str) -> Record:
        period = _first(claim, "temporal")
        begin, end = day_said(period, "startDate"), day_said(period, "endDate")
        bodies = claim.get("directedBy") or _first(claim, "awardedBy").get("awardingBody")
        return Record(
            kind="Enrolment",
            key=self.key(claim, pointer),
            fields=(
                *_titled(claim, _first(claim, "specifiedBy")),
                *worded("schema:description", claim.get("description")),
                *((("schema:startDate", begin),) if begin else ()),
                *((("schema:endDate", end),) if end else ()),
                *_seconds(plain(claim.get("workload"))),
                *_named(bodies),
                *self.beside,
            ),
            locator=pointer,
        )

    def assessment(self, claim: dict[str, Any], pointer: str) -> Record:
        grade = claim.get("grade")
        said = plain(_first(claim, "grade").get("noteLiteral")) or plain(grade)
        if not said:
            raise ValueError(_NO_GRADE)
        day = day_said(claim, "dateIssued", "issuedDate")
        value: Value = _figure(said) if _NUMBER.fullmatch(said) else said
        scheme = _first(_first(claim, "specifiedBy"), "gradingScheme")
        return Record(
            kind="Grade",
            key=self.key(claim, pointer),
            fields=(
                *_titled(claim, _first(claim, "specifiedBy")),
                *((("sd:date", day),) if day else ()),
                ("schema:ratingValue", value),
                *worded("schema:description", scheme.get("description"), scheme.get("title")),
                ("sd:relatedTo", Ref("Credential", Key(stable=self.credential))),
                *self.beside,
            ),
            on=day,
            locator=pointer,
        )


_Make = Callable[[Claims, dict[str, Any], str], Record]
_MADE: Final[Mapping[str, _Make]] = MappingProxyType(
    {
        "LearningAchievement": Claims.achievement,
        "LearningActivity": Claims.activity,
        "LearningAssessment": Claims.assessment,
        "LearningEntitlement": Claims.entitlement,
    }
)


def organisation(value: Any) -> Fields:
    """The name of a school or issuer as it writes it."""
    return _named(value)


def subject_of(element: Element) -> dict[str, Any]:
    return _first(element.value, "credentialSubject")


def _first(node: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(iter(objects(node.get(name))), {})


def _titled(claim: Mapping[str, Any], specified: Mapping[str, Any]) -> Fields:
    found = worded("schema:name", claim.get("title"), specified.get("title"))
    if not found:
        raise ValueError(_NO_TITLE)
    return found


def _named(value: Any) -> Fields:
    names = [plain(one.get("legalName")) or plain(one.get("prefLabel")) for one in objects(value)]
    return tuple(("sd:counterpartyName", name) for name in dict.fromkeys(names) if name)


def _levels(specified: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = ("eqfLevel", "nqfLevel", "educationLevel")
    return [one for name in names for one in objects(specified.get(name))]


def _credits(points: list[dict[str, Any]]) -> Fields:
    """The credits, where they are of one framework: no two are added up or chosen from."""
    if len(points) != 1:
        return ()
    said = plain(points[0].get("point"))
    return (("schema:numberOfCredits", _figure(said)),) if _NUMBER.fullmatch(said) else ()


def _figure(text: str) -> Decimal:
    return decimal(text.replace(",", "."))


def _seconds(duration: str) -> Fields:
    """A workload in hours; one in months says nothing in seconds."""
    found = _DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        return ()
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (("sd:durationSeconds", hours * 3600 + minutes * 60 + seconds),)
