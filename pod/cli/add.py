"""`pod add` and `pod classes`: records that the person writes herself, and what they may say."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from datetime import date

from importers.members import Member, kind_of, kinds, members_of, needs_id
from importers.values import form_of
from pod.cli.terms import CommandProblem, Commands, answer, command, pod_of, server_of
from pod.flows.add import Added, add
from pod.intake.draft import Outcome
from pod.intake.own import Words
from vocab.glossary import LANGUAGES, glossary
from vocab.kinds import Kind

_TOLD = {
    Outcome.NEW: "kept, as your own",
    Outcome.UPDATED: "changed; `pod history` has what it said before",
    Outcome.SAME: "you have said this before; to keep another one like it, name it with --id",
}
_NEEDED = {"en": "needed", "fr": "nécessaire"}


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "add", _add, "write a record of your own")
    made.add_argument("name", help="the pod's name")
    made.add_argument("kind", metavar="CLASS", help="such as HealthMeasure; see `pod classes`")
    made.add_argument(
        "said", nargs="+", metavar="PROPERTY=VALUE", help="such as sd:date=2026-03-31"
    )
    made.add_argument("--id", default="", help="what you call it; the same id changes it")
    made.add_argument("--domain", default="", help="where it belongs, of a class of any domain")
    made.add_argument("--on", type=_day, metavar="DAY", help="its day, if no property says one")
    listed = command(
        commands, "classes", _classes, "list the classes of records, or of one what it may say"
    )
    listed.add_argument("kind", nargs="?", metavar="CLASS", help="by its name or label")
    listed.add_argument("--language", choices=LANGUAGES, default="en")


async def _add(chosen: Namespace) -> int:
    said = Words(
        kind=chosen.kind,
        said=tuple(map(_pair, chosen.said)),
        id=chosen.id.strip(),
        domain=chosen.domain,
        on=chosen.on,
    )
    async with server_of(chosen) as server:
        done = await add(said, await pod_of(server, chosen.name))
    answer(chosen, {"record": done.record, "outcome": done.outcome.value}, *_lines(done))
    return 0


def _lines(done: Added) -> Iterator[str]:
    yield done.record
    yield _TOLD[done.outcome]


async def _classes(chosen: Namespace) -> int:
    if not chosen.kind:
        found = [_of_kind(one) for one in kinds()]
        lines = [_kind_line(one, chosen.language) for one in kinds()]
    else:
        try:
            kind = kind_of(chosen.kind)
        except ValueError as error:
            raise CommandProblem(str(error), 2) from error
        found = [_of_member(one) for one in members_of(kind)]
        lines = [_kind_line(kind, chosen.language), *_member_lines(kind, chosen.language)]
    answer(chosen, found, *lines)
    return 0


def _of_kind(kind: Kind) -> Mapping[str, object]:
    word = glossary()[kind.iri]
    return {
        "class": kind.name,
        "iri": kind.iri,
        "domain": kind.domain,
        "label": word.label,
        "comment": word.comment,
    }


def _of_member(member: Member) -> Mapping[str, object]:
    return {
        "property": member.name,
        "iri": member.rule.path,
        "label": {language: member.label(language) for language in LANGUAGES},
        "required": member.rule.at_least > 0,
        "takes": {language: form_of(member.rule, language) for language in LANGUAGES},
    }


def _kind_line(kind: Kind, language: str) -> str:
    label = glossary()[kind.iri].label[language]
    return f"{kind.name:<22} {kind.domain or '(any)':<10} {label}"


def _member_lines(kind: Kind, language: str) -> Iterator[str]:
    needed = _NEEDED[language]
    if needs_id(kind):
        yield f"  --id ({needed})"
    for member in members_of(kind):
        mark = f" ({needed})" if member.rule.at_least else ""
        form = form_of(member.rule, language)
        yield f"  {member.name}{mark}: {member.label(language)}; {form}"


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise CommandProblem("what you say is written PROPERTY=VALUE", 2)
    return name.strip(), value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day is written 2026-03-31") from error
