"""The form of a record that a person writes herself, made from the shape of its class."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from importers.clock import PARIS
from importers.members import Member, kind_of_record, kinds, members_of, needs_id, prefixed
from importers.values import form_of, value_of
from pod.charts.said import dated, number
from pod.insight.life import LIFE, LIFE_OF
from pod.web.places import ADD, link
from pod.web.ui.kinds import first_clause, kind_meaning, kind_named, term_said
from pod.web.ui.words import words
from vocab.glossary import borrowed, glossary
from vocab.graph import Graph, Literal, NamedNode
from vocab.kinds import Kind
from vocab.names import PROV, RDF, SD, XSD
from vocab.prefixes import PREFIXES, expand
from vocab.shacl import Property

SAID: Final = "said-"
"""Before the name of a property, in the name of its field."""
OWN: Final = ADD + "own"
_LOCAL: Final = "datetime-local"
_NAMES: Final = tuple(one.name for one in LIFE)
_INPUTS: Final[Mapping[tuple[str, ...], str]] = {
    (XSD.date,): "date",
    (XSD.dateTime,): _LOCAL,
    (XSD.gYearMonth,): "month",
}
_NUMBERS: Final = frozenset({XSD.decimal, XSD.integer})
_PREFIXED: Final = re.compile(rf"\b(?:{'|'.join(PREFIXES)}):[A-Za-z-]+")
_HIDDEN: Final = frozenset(
    {
        RDF.type,
        SD.holder,
        SD.recordDigest,
        SD.sourceLocator,
        PROV.wasGeneratedBy,
        PROV.wasInvalidatedBy,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form: its label and help in words, and how it is asked for.

    `values` are (value, label) pairs where it is one of a list, as `is_listed` says. `kind` is the
    type of the input.
    """

    name: str
    label: str
    help: str
    is_required: bool
    kind: str = "text"
    is_number: bool = False
    values: tuple[tuple[str, str], ...] = ()
    is_listed: bool = False


def classes(space: str, language: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The classes of records by the domain of a life: what each is called, its page, and what it
    is. Those that belong to any domain come last.
    """
    found: dict[str, list[tuple[str, str, str]]] = {name: [] for name in (*_NAMES, "")}
    for kind in kinds():
        life = LIFE_OF.get(kind.domain or "")
        address = link(OWN, space=space, **{"class": kind.name})
        named_ = kind_named(kind.name, language)
        what = kind_meaning(kind.name, language)
        found[life.name if life else ""].append((named_, address, what))
    say = words(language)
    return [
        (say[f"life.{name}"] if name else say["own.anywhere"], sorted(listed))
        for name, listed in found.items()
        if listed
    ]


def fields(
    kind: Kind, accounts: Iterable[Mapping[str, str]], language: str
) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """What a record of a class needs, and what else may be said of it.

    `accounts` are the rows of the query of that name: one of them is what it hangs on.
    """
    listed = tuple((row["account"], _account(row)) for row in accounts)
    every = tuple(
        _on_account(listed, member, language)
        if member.rule.path == SD.account
        else _field(member, language)
        for member in members_of(kind)
    )
    day = SAID + prefixed(SD.date)
    needed = tuple(one for one in every if one.is_required or one.name == day)
    return needed, tuple(one for one in every if one not in needed)


def domains_of(kind: Kind, language: str) -> list[tuple[str, str]]:
    """The domains that a record may belong to, where its class does not say it."""
    if kind.domain is not None:
        return []
    say = words(language)
    return [(one.containers[0], say[f"life.{one.name}"]) for one in LIFE]


def has_to_be_named(kind: Kind) -> bool:
    """Whether it is known by a number or name of hers alone."""
    return needs_id(kind)


def has_to_be_dated(kind: Kind) -> bool:
    """Whether it is kept by its day, and none of its properties is bound to say which."""
    has_day = any(member.rule.path == SD.date for member in members_of(kind))
    return "{yyyy" in kind.document and not has_day


def said(kind: Kind, form: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What she says of a record, in (property, value) pairs, from the fields of the form."""
    rules = {member.name: member for member in members_of(kind)}
    return tuple(
        (name, as_said(rules[name], text.strip()))
        for field, text in form.items()
        if (name := field.removeprefix(SAID)) in rules and field != name and text.strip()
    )


def unfit(kind: Kind, pairs: Iterable[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """What is not as the record needs it: the field of a property, and a sentence."""
    given = dict(pairs)
    found = []
    for member in members_of(kind):
        text = given.get(member.name)
        if text is None:
            if member.rule.at_least:
                found.append((SAID + member.name, _sentence(member, "own.lacking", language)))
            continue
        try:
            value_of(member.rule, text)
        except ValueError:
            found.append((SAID + member.name, _sentence(member, "own.unfit", language)))
    return found


def unfit_value(record: Graph, name: str, text: str, language: str) -> list[tuple[str, str]]:
    """What is not as a property of a record has it, as `unfit` says it."""
    kind = kind_of_record(record)
    for member in members_of(kind) if kind else ():
        if member.name == name:
            try:
                value_of(member.rule, text)
            except ValueError:
                return [("value", _sentence(member, "own.unfit", language))]
    return []


def _sentence(member: Member, key: str, language: str) -> str:
    label, form = member.label(language), _form(member.rule, language)
    return words(language)[key].format(label=f"{label[:1].upper()}{label[1:]}", form=form)


def _form(rule: Property, language: str) -> str:
    """What a property takes, in words that are nobody's trade."""
    if rule.iri and not rule.values:
        return words(language)["own.code"]
    return form_of(rule, language)


def as_said(member: Member, text: str) -> str:
    """A value as a record has it: a time without its offset is one of the clocks in France."""
    if _INPUTS.get(member.rule.datatypes) != _LOCAL:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo else moment.replace(tzinfo=PARIS).isoformat()


def shown(record: Graph, language: str) -> list[tuple[str, str]]:
    """What a record says, in words: what each property is called, and its value."""
    return sorted(
        (term_said(t.predicate.value, language), _value(t.object, language))
        for t in record
        if t.predicate.value not in _HIDDEN and isinstance(t.object, NamedNode | Literal)
    )


def correctable(record: Graph, kind: Kind | None, language: str) -> list[tuple[str, str, str]]:
    """The properties of a record that can be said anew: by name, in words, what each takes."""
    if kind is not None:
        members = members_of(kind)
        listed = [(one.name, one.label(language), _form(one.rule, language)) for one in members]
    else:
        paths = {t.predicate.value for t in record} - _HIDDEN
        listed = [(prefixed(path), term_said(path, language), "") for path in paths]
    return sorted(listed, key=lambda one: one[1])


def plain(comment: str, language: str) -> str:
    """The first thing that a term says of itself, with properties called as people call them."""
    first = first_clause(comment)
    return f"{_PREFIXED.sub(lambda found: term_said(expand(found[0]), language), first)}."


def _field(member: Member, language: str) -> Field:
    rule = member.rule
    values = tuple(_choices(rule.values, rule.datatypes, language))
    return Field(
        name=SAID + member.name,
        label=member.label(language),
        help=" ".join(_help(member, language, is_listed=bool(values))),
        is_required=rule.at_least > 0,
        kind=_INPUTS.get(rule.datatypes, "text"),
        is_number=bool(rule.datatypes) and _NUMBERS.issuperset(rule.datatypes),
        values=values,
        is_listed=bool(values),
    )


def _on_account(listed: tuple[tuple[str, str], ...], member: Member, language: str) -> Field:
    """The field of what a record hangs on, which is one of the accounts that are there."""
    return replace(
        _field(member, language),
        help=words(language)["own.account" if listed else "own.no_account"],
        values=listed,
        is_listed=True,
    )


def _account(row: Mapping[str, str]) -> str:
    called = row.get("name") or row.get("number") or row["account"].rpartition("#")[2]
    return ", ".join(filter(None, (row.get("from"), called)))


def _choices(
    iris: Iterable[str], datatypes: tuple[str, ...], language: str
) -> Iterator[tuple[str, str]]:
    if datatypes == (XSD.boolean,):
        say = words(language)
        yield from (("true", say["part.yes"]), ("false", say["part.no"]))
    yield from ((iri.rpartition("#")[2], term_said(iri, language)) for iri in iris)


def _help(member: Member, language: str, *, is_listed: bool) -> Iterator[str]:
    word = glossary().get(member.rule.path) or borrowed().get(member.rule.path)
    comment = word.comment.get(language, "") if word else ""
    if comment:
        yield plain(comment, language)
    if not is_listed and member.rule.datatypes not in _INPUTS:
        form = _form(member.rule, language)
        yield f"{form[:1].upper()}{form[1:]}."


def _value(term: NamedNode | Literal, language: str) -> str:
    if isinstance(term, NamedNode):
        return term_said(term.value, language)
    try:
        if term.datatype.value == XSD.date:
            return dated(datetime.fromisoformat(term.value).date(), language)
        if term.datatype.value == XSD.dateTime:
            return dated(datetime.fromisoformat(term.value), language)
        if term.datatype.value in _NUMBERS:
            return number(float(term.value), language)
    except ValueError:
        pass
    return term.value
