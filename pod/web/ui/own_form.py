"""The form of a record that a person writes herself, made from the shape of its class."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from importers.clock import PARIS
from importers.members import Member, kind_of_record, kinds, members_of, needs_id, prefixed
from importers.values import value_of
from pod.charts.said import dated, number
from pod.insight.life import LIFE, LIFE_OF
from pod.web.places import ADD, link
from pod.web.ui.kinds import kind_meaning, kind_named, term_said
from pod.web.ui.values import help_said, iri_said
from pod.web.ui.words import words
from vocab.graph import Graph, Literal, NamedNode
from vocab.kinds import Kind
from vocab.names import PROV, RDF, SD, XSD
from vocab.prefixes import expand
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
_FORMS: Final[Mapping[str, str]] = {
    XSD.decimal: "number",
    XSD.integer: "whole",
    XSD.date: "date",
    XSD.dateTime: "moment",
    XSD.gYearMonth: "month",
    XSD.gYear: "year",
    XSD.boolean: "yes_no",
    XSD.duration: "time",
    XSD.dayTimeDuration: "time",
}
"""What values of a datatype are called; texts are a few words."""
_MEASURES: Final = (
    "29463-7",
    "8302-2",
    "8867-4",
    "8480-6",
    "8462-4",
    "8310-5",
    "59408-5",
    "8280-0",
)
_UNITS: Final = ("KiloGM", "CentiM", "BEAT-PER-MIN", "MilliM_HG", "DEG_C", "PERCENT", "NUM")
_LISTED: Final[Mapping[str, tuple[str, ...]]] = {
    expand("sosa:observedProperty"): tuple(f"http://loinc.org/rdf/{one}" for one in _MEASURES),
    expand("qudt:hasUnit"): tuple(f"http://qudt.org/vocab/unit/{one}" for one in _UNITS),
}
"""What people measure at home: what else there is has an address that nobody knows by heart."""
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
    listed = tuple((row["account"], _account(row, language)) for row in accounts)
    every = tuple(
        _on_account(listed, member, kind, language)
        if member.rule.path == SD.account
        else _field(member, kind, language)
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
                found.append((SAID + member.name, _sentence(member, kind, "own.lacking", language)))
            continue
        try:
            value_of(member.rule, text)
        except ValueError:
            found.append((SAID + member.name, _sentence(member, kind, "own.unfit", language)))
    return found


def unfit_value(record: Graph, name: str, text: str, language: str) -> list[tuple[str, str]]:
    """What is not as a property of a record has it, as `unfit` says it."""
    kind = kind_of_record(record)
    if kind is None:
        return []
    for member in members_of(kind):
        if member.name == name:
            try:
                value_of(member.rule, text)
            except ValueError:
                return [("value", _sentence(member, kind, "own.unfit", language))]
    return []


def _sentence(member: Member, kind: Kind, key: str, language: str) -> str:
    label = help_said(member.rule.path, kind.iri, language).label
    return words(language)[key].format(label=label, form=_form(member.rule, language))


def _form(rule: Property, language: str) -> str:
    """What a property takes, in words that are nobody's trade."""
    say = words(language)
    if rule.values:
        return ", ".join(term_said(iri, language) for iri in rule.values)
    if rule.iri:
        return say["own.code"]
    forms = dict.fromkeys(_FORMS.get(one, "text") for one in rule.datatypes or (XSD.string,))
    if "number" in forms:
        forms.pop("whole", None)
    *first, last = (say[f"form.{one}"] for one in sorted(forms, key=lambda one: one == "text"))
    return f"{', '.join(first)} {say['form.either']} {last}" if first else last


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
        listed = [
            (
                one.name,
                help_said(one.rule.path, kind.iri, language).label,
                _form(one.rule, language),
            )
            for one in members
        ]
    else:
        paths = {t.predicate.value for t in record} - _HIDDEN
        listed = [(prefixed(path), term_said(path, language), "") for path in paths]
    return sorted(listed, key=lambda one: one[1])


def _field(member: Member, kind: Kind, language: str) -> Field:
    rule = member.rule
    values = tuple(_choices(rule, language))
    known = help_said(rule.path, kind.iri, language)
    return Field(
        name=SAID + member.name,
        label=known.label,
        help=" ".join(_help(known.meaning, rule, language, is_listed=bool(values))),
        is_required=rule.at_least > 0,
        kind=_INPUTS.get(rule.datatypes, "text"),
        is_number=bool(rule.datatypes) and _NUMBERS.issuperset(rule.datatypes),
        values=values,
        is_listed=bool(values),
    )


def _on_account(
    listed: tuple[tuple[str, str], ...], member: Member, kind: Kind, language: str
) -> Field:
    """The field of what a record hangs on, which is one of the accounts that are there."""
    return replace(
        _field(member, kind, language),
        help=words(language)["own.account" if listed else "own.no_account"],
        values=listed,
        is_listed=True,
    )


def _account(row: Mapping[str, str], language: str) -> str:
    called = row.get("name") or row.get("number") or iri_said(row["account"], language)
    return ", ".join(filter(None, (row.get("from"), called)))


def _choices(rule: Property, language: str) -> Iterator[tuple[str, str]]:
    if rule.datatypes == (XSD.boolean,):
        say = words(language)
        yield from (("true", say["part.yes"]), ("false", say["part.no"]))
    yield from ((iri.rpartition("#")[2], term_said(iri, language)) for iri in rule.values)
    yield from ((iri, iri_said(iri, language)) for iri in _LISTED.get(rule.path, ()))


def _help(meaning: str, rule: Property, language: str, *, is_listed: bool) -> Iterator[str]:
    if meaning:
        yield meaning
    if not is_listed and rule.datatypes not in _INPUTS and rule.datatypes != (XSD.string,):
        form = _form(rule, language)
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
