"""What a page says of a file that a person brought, in her words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from importers.contract import Option
from importers.mapped.declared import Declared
from importers.mapped.mapping import mapping_of
from importers.mapped.table import MAPPING
from importers.members import kinds
from importers.text import unaccented
from pod.charts.said import dated, number
from pod.intake.arrived import Arrived
from pod.intake.report import CheckLine, Report
from pod.web.ui.checks import check_said
from pod.web.ui.kinds import counted_named, format_named, giver_said, kind_named
from pod.web.ui.reasons import reason_said
from pod.web.ui.remarks import Remark, told_remark
from pod.web.ui.values import help_said
from pod.web.ui.words import typeset, words

MOST_PROBLEMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person has to say of a file, or may: the name of the field, and what it means.

    `values` are pairs of what is sent and what is read, where it is one of a list; `value` is what
    she has said before. `is_long` is where it is the text of a file.
    """

    field: str
    text: str
    values: tuple[tuple[str, str], ...] = ()
    example: str = ""
    value: str = ""
    is_required: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFile:
    """A file as a page shows it. `reason` is what is wrong with what was said of it.

    Without answers to `questions` nothing is made of it; `more_questions` may be answered. Of a
    table that nobody knows, `columns` are what each is read as, and `rows_are` what a row is.
    """

    name: str
    holder: str
    title: str
    sentence: str
    kinds: tuple[tuple[str, str], ...] = ()
    checks: str = ""
    failed: tuple[str, ...] = ()
    rejected: str = ""
    problems: tuple[Remark, ...] = ()
    more: str = ""
    reason: str = ""
    questions: tuple[Question, ...] = ()
    more_questions: tuple[Question, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    rows_are: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is left aside, and why."""

    name: str
    reason: str


def told_files(arrived: Iterable[Arrived], language: str) -> tuple[ToldFile, ...]:
    """The files that something is made of, or would be if more were said."""
    teller = _Teller(language)
    return tuple(teller.file(place, one) for place, one in enumerate(arrived) if one.is_shown)


def passed_files(arrived: Iterable[Arrived], language: str) -> tuple[Passed, ...]:
    """The files that nothing is made of, each with what it is or what is wrong with it."""
    left = (one for one in arrived if not one.is_shown)
    return tuple(Passed(file_said(one.name), reason_said(one.reason, language)) for one in left)


def file_said(name: str) -> str:
    """The name of a file; of one in an archive, after that of the archive."""
    return name.replace("!", " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ")


def summary(arrived: Iterable[Arrived], language: str) -> str:
    """What all of the files are together, "" where one tells it all."""
    reports = [one.report for one in arrived if one.report]
    if len(reports) < 2:
        return ""
    say = words(language)["arrival.summary"]
    new, read = (sum(one[name] for one in reports) for name in ("new", "read"))
    return say.format(files=len(reports), new=number(new, language), read=number(read, language))


def _declared(one: Arrived) -> Declared | None:
    """What the mapping of a table says, None where it has none that can be read."""
    try:
        return mapping_of(one.said[MAPPING.name])
    except (KeyError, ValueError):
        return None


def _lacking(one: Arrived) -> str:
    """The word for what has to be said of a file before anything is made of it."""
    if one.formats:
        return "two_formats"
    if MAPPING in one.asked:
        return "asked_mapping"
    return "unknown_table" if one.is_table else "asked"


@dataclass(frozen=True, slots=True)
class _Teller:
    language: str

    def say(self, key: str, **filled: object) -> str:
        return words(self.language)[f"arrived.{key}"].format(**filled)

    def format(self, name: str, title: str) -> str:
        return format_named(name, title, self.language) if name else title

    def many(self, key: str, count: int) -> str:
        if not count:
            return self.say(f"{key}_none")
        said = number(count, self.language)
        return self.say(f"{key}_one" if count == 1 else f"{key}_many", count=said)

    def file(self, place: int, one: Arrived) -> ToldFile:
        report = one.report
        problems = report["problems"] if report else []
        said = one.reason if MAPPING in one.asked else ""
        return ToldFile(
            name=file_said(one.name),
            holder=giver_said(one.holder.name, self.language) if one.holder else "",
            title=self.say("table") if one.is_table else self.format(one.format, one.title),
            sentence=self.sentence(report, one) if report else self.say(_lacking(one)),
            reason=reason_said(said, self.language),
            kinds=tuple(
                (counted_named(kind, count, self.language), number(count, self.language))
                for kind, count in one.kinds
            ),
            checks=self.checks(report["checks"]) if report else "",
            failed=tuple(check_said(c, self.language) for c in report["checks"] if not c["ok"])
            if report
            else (),
            rejected=self.many("refused", report["rejected"])
            if report and report["rejected"]
            else "",
            problems=tuple(
                told_remark(one["locator"], one["message"], self.language)
                for one in problems[:MOST_PROBLEMS]
            ),
            more=self.many("more", len(problems) - MOST_PROBLEMS)
            if len(problems) > MOST_PROBLEMS
            else "",
            questions=tuple(self.questions(place, one)),
            more_questions=tuple(self.open(place, one)),
            **self.table(one),
        )

    def questions(self, place: int, one: Arrived) -> Iterator[Question]:
        """What has to be said first: options, of which format it is, or who gave a table."""
        if one.asked and one.is_table:
            yield self.class_of_rows(place, one)
        for option in one.asked:
            yield replace(self.question(place, option, one.said), is_required=True)
        if one.formats:
            yield Question(
                field=f"format-{place}",
                text=self.say("which_format"),
                values=(
                    ("", self.say("unsaid")),
                    *((name, self.format(name, title)) for name, title in one.formats),
                ),
            )
        elif one.is_table and not (one.asked or one.report):
            yield Question(
                field=f"giver-{place}",
                text=self.say("whose_table"),
                example=self.say("whose_example"),
            )
            yield self.class_of_rows(place, one)

    def open(self, place: int, one: Arrived) -> Iterator[Question]:
        """What may be said, too."""
        if one.is_table and one.report:
            yield self.class_of_rows(place, one)
        for option in one.open:
            yield self.question(place, option, one.said)

    def class_of_rows(self, place: int, one: Arrived) -> Question:
        """What a row of a table is that nobody knows: it may be guessed."""
        named = sorted(
            ((kind_named(kind.name, self.language), kind.name) for kind in kinds()),
            key=lambda one: unaccented(one[0]),
        )
        declared = _declared(one)
        return Question(
            field=f"kind-{place}",
            text=self.say("class_of_rows"),
            values=(("", self.say("guess")), *((name, called) for called, name in named)),
            value=declared.tables[0].kind.name if declared else "",
        )

    def table(self, one: Arrived) -> dict[str, Any]:
        """How a table is read that nobody knows, by its mapping."""
        declared = _declared(one)
        if declared is None:
            return {}
        columns = tuple(
            (column.column, help_said(column.rule.path, table.kind.iri, self.language).label)
            for table in declared.tables
            for column in table.columns
            if column.column
        )
        rows_are = " · ".join(kind_named(one.kind.name, self.language) for one in declared.tables)
        return {"columns": columns, "rows_are": rows_are}

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

    def question(self, place: int, option: Option, said: Mapping[str, str]) -> Question:
        text = typeset(option.fr if self.language == "fr" else option.en)
        known = words(self.language)
        values = tuple((one, known.get(f"value.{one}", one)) for one in option.values)
        return Question(
            field=f"said-{place}-{option.name}",
            text=text[:1].upper() + text[1:],
            values=(("", self.say("unsaid")), *values) if values else (),
            example="" if option.is_file else option.example,
            value=said.get(option.name, ""),
            is_long=option.is_file,
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
