"""What a page says of a file that a person brought, in her words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importers.contract import Option
from pod.charts.said import dated, number
from pod.intake.arrived import Arrived
from pod.intake.report import CheckLine, ProblemLine, Report
from pod.web.ui.kinds import kind_named
from pod.web.ui.reasons import in_french, plain
from pod.web.ui.words import words

MOST_PROBLEMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person has to say of a file: the name of the field, and what it means."""

    field: str
    text: str
    values: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFile:
    """A file as a page shows it. `reason` and the problems are as the importers say them."""

    name: str
    holder: str
    title: str
    sentence: str
    kinds: tuple[tuple[str, str], ...] = ()
    checks: str = ""
    failed: tuple[CheckLine, ...] = ()
    rejected: str = ""
    problems: tuple[ProblemLine, ...] = ()
    more: str = ""
    reason: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A file that is left aside, and why, in a language."""

    name: str
    reason: str
    language: str


def told_files(arrived: Iterable[Arrived], language: str) -> tuple[ToldFile, ...]:
    """The files that something is made of, or would be if more were said."""
    teller = _Teller(language)
    found = (
        teller.file(place, one) for place, one in enumerate(arrived) if one.is_taken or one.asked
    )
    return tuple(found)


def passed_files(arrived: Iterable[Arrived], language: str) -> tuple[Passed, ...]:
    """The files that nothing is made of, each with what it is or what is wrong with it."""
    left = (one for one in arrived if not (one.is_taken or one.asked))
    return tuple(_passed(one.name, plain(one.reason), language) for one in left)


def _passed(name: str, reason: str, language: str) -> Passed:
    french = in_french(reason) if language == "fr" else ""
    return Passed(name=name, reason=french or reason, language=language if french else "en")


def summary(arrived: Iterable[Arrived], language: str) -> str:
    """What all of the files are together, "" where one tells it all."""
    reports = [one.report for one in arrived if one.report]
    if len(reports) < 2:
        return ""
    say = words(language)["arrival.summary"]
    new, read = (sum(one[name] for one in reports) for name in ("new", "read"))
    return say.format(files=len(reports), new=number(new, language), read=number(read, language))


@dataclass(frozen=True, slots=True)
class _Teller:
    language: str

    def say(self, key: str, **filled: object) -> str:
        return words(self.language)[f"arrived.{key}"].format(**filled)

    def many(self, key: str, count: int) -> str:
        said = number(count, self.language)
        return self.say(f"{key}_one" if count == 1 else f"{key}_many", count=said)

    def file(self, place: int, one: Arrived) -> ToldFile:
        report = one.report
        problems = report["problems"] if report else []
        return ToldFile(
            name=one.name,
            holder=one.holder.name if one.holder else "",
            title=one.title,
            sentence=self.sentence(report, one) if report else self.say("asked"),
            kinds=tuple(
                (kind_named(kind, self.language), number(count, self.language))
                for kind, count in one.kinds
            ),
            checks=self.checks(report["checks"]) if report else "",
            failed=tuple(c for c in report["checks"] if not c["ok"]) if report else (),
            rejected=self.many("refused", report["rejected"])
            if report and report["rejected"]
            else "",
            problems=tuple(problems[:MOST_PROBLEMS]),
            more=self.many("more", len(problems) - MOST_PROBLEMS)
            if len(problems) > MOST_PROBLEMS
            else "",
            questions=tuple(self.question(place, option) for option in one.asked),
        )

    def sentence(self, report: Report, one: Arrived) -> str:
        read = self.many("read", report["read"])
        parts = list(self._outcomes(report))
        said = self.say("outcomes", read=read, parts=self._listed(parts)) if parts else read
        return f"{said}{self._period(one)}."

    def checks(self, checks: Iterable[CheckLine]) -> str:
        every = tuple(checks)
        failed = sum(not one["ok"] for one in every)
        if not every:
            return ""
        if not failed:
            return self.many("checked", len(every))
        return self.say("unchecked", failed=failed, count=len(every))

    def question(self, place: int, option: Option) -> Question:
        text = option.fr if self.language == "fr" else option.en
        return Question(
            field=f"said-{place}-{option.name}",
            text=text[:1].upper() + text[1:],
            values=option.values,
            example=option.example,
        )

    def _outcomes(self, report: Report) -> Iterator[str]:
        for name in ("new", "same", "updated", "rejected", "withdrawn", "deleted"):
            count = report[name]
            if count or name == "new":
                yield self.many(name, count)

    def _listed(self, parts: list[str]) -> str:
        if len(parts) == 1:
            return parts[0]
        return self.say("both", first=", ".join(parts[:-1]), last=parts[-1])

    def _period(self, one: Arrived) -> str:
        if one.first is None or one.last is None:
            return ""
        first, last = dated(one.first, self.language), dated(one.last, self.language)
        return (
            self.say("on", day=first)
            if first == last
            else self.say("period", first=first, last=last)
        )
