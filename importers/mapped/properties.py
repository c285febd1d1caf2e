"""What a column says: a property of the class, by its name or label, and the kind of its values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from importers.mapped.declared import Column, Form
from importers.mapped.forms import MEMBERS as OF_FORMS
from importers.mapped.forms import form_of
from importers.mapped.outline import Outline, nearest
from importers.members import Member, is_member, member_of, members_of, prefixed
from importers.table import folded
from importers.values import form_of as form_in_words
from importers.values import value_of
from vocab.glossary import LANGUAGES, borrowed, glossary, of_type
from vocab.graph import NamedNode
from vocab.kinds import Kind
from vocab.names import RDF, SD, VCARD, XSD
from vocab.prefixes import PREFIXES, expand
from vocab.shacl import Property
from vocab.shapes import shapes

ADDRESS: Final = "address"
MAIL: Final = "e-mail"
PHONE: Final = "phone"
PARTY: Final = "party"
_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": XSD.string,
        "number": XSD.decimal,
        "whole-number": XSD.integer,
        "day": XSD.date,
        "time": XSD.dateTime,
        "month": XSD.gYearMonth,
        "year": XSD.gYear,
        "yes-no": XSD.boolean,
        "duration": XSD.duration,
        "tagged-text": RDF.langString,
    }
)
_IRIS: Final = (ADDRESS, MAIL, PHONE, PARTY)
_USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {VCARD.hasEmail: MAIL, VCARD.hasTelephone: PHONE, SD.counterparty: PARTY}
)
_OF_A_COLUMN: Final = (
    *("property", "to", "with", "type", "codes", "separator", "language", "lines", "minus"),
    *OF_FORMS,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where columns are declared: the class, the names of all tables, and the form around them."""

    kind: Kind
    tables: frozenset[str]
    form: Form


def column_of(column: str, said: Outline, place: Place) -> Column:
    """A column as it is declared: by the name of a property, or by members.

    Raises ValueError, with the line, for what it cannot say.
    """
    if said.members is None:
        return _of_text(column, said, place)
    members = said.known(_OF_A_COLUMN, f"the column `{column}`")
    if "property" not in members:
        said.refuse(f"say the `property` of the column `{column}`")
    found = _of_text(column, members["property"], place)
    found = replace(found, form=form_of(members, place.form))
    if "language" in members:
        found = replace(found, language=members["language"].said("`language`"))
    found = _typed(found, members, place)
    return _told(found, members)


def constant_of(name: Outline, said: Outline, place: Place) -> Column:
    """What is the same in each record: a value, or with `to` a record of another table."""
    found = _of_text("", name, place)
    if said.members is not None:
        members = said.known(("value", "to"), "a constant")
        if "value" not in members:
            said.refuse("say the `value` of this constant")
        found = _typed(found, members, place)
        said = members["value"]
    found = replace(found, constant=said.said("the value of a constant"))
    if not found.to and found.kind not in {MAIL, PHONE, PARTY}:
        try:
            value_of(found.rule, found.constant)
        except ValueError as error:
            said.refuse(f"`{found.name}` {error}")
    return found


def _of_text(column: str, said: Outline, place: Place) -> Column:
    name = said.said("a property").strip()
    member = _member(name, said, place.kind)
    kind = _USUAL.get(member.rule.path, "")
    return Column(name=member.name, rule=member.rule, column=column, kind=kind, form=place.form)


def _member(name: str, said: Outline, kind: Kind) -> Member:
    """A property of the class, or another one that the vocabulary or anybody else has."""
    if is_member(kind, name):
        return member_of(kind, name)
    path = _path(name) or _labelled().get(folded(name), "")
    is_short = path != name and path.startswith(_OURS)
    known = path in glossary() or path in borrowed()
    if path and (known or not is_short):
        return Member(name=prefixed(path), rule=_elsewhere().get(path) or open_property(path))
    # By whatever a person may call them: the nearest one is often only a letter away.
    words = {one.name: one for one in members_of(kind)}
    labels = {one.label(language) for one in members_of(kind) for language in ("fr", "en")}
    shown = nearest(name, {*words, *(one.partition(":")[2] for one in words), *labels})
    hint = shown or f": `pod classes {kind.name}` lists them, and any other is a whole address"
    raise said.wrong(f"{kind.name} has no property `{name[:60]}`{hint}")


# A prefixed name that is not known is taken for a slip of the pen, a whole address is not.
_OURS = tuple(space for prefix, space in PREFIXES.items() if prefix != "column")


def _path(name: str) -> str:
    """The IRI that a name is or stands for, "" where it is none."""
    prefix, colon, local = name.partition(":")
    try:
        if prefix in PREFIXES and not local.startswith("//"):
            return NamedNode(expand(name)).value
        is_whole = "://" in name or prefix == "urn"
        return NamedNode(name).value if colon and is_whole else ""
    except ValueError:
        return ""


@cache
def _labelled() -> Mapping[str, str]:
    """The properties of our vocabulary by their labels."""
    found = of_type(glossary(), RDF.Property)
    return {folded(word.label[language]): word.iri for language in LANGUAGES for word in found}


@cache
def _elsewhere() -> Mapping[str, Property]:
    """What the shapes of classes ask of each property, for classes whose shape does not name it."""
    found: dict[str, Property] = {}
    for shape in shapes():
        for rule in shape.properties:
            found.setdefault(rule.path, replace(rule, at_least=0, at_most=None))
    return MappingProxyType(found)


def open_property(path: str, *datatypes: str) -> Property:
    """What is asked of a property that the shape of a class does not name: no more than a type."""
    return Property(
        path=path,
        at_least=0,
        at_most=None,
        datatypes=datatypes,
        iri=False,
        pattern=None,
        values=(),
        minimum=None,
        maximum=None,
    )


def _typed(found: Column, members: Mapping[str, Outline], place: Place) -> Column:
    """With the kind of its values, and what it refers to."""
    if "to" in members:
        return _referring(found, members, place)
    if "with" in members:
        members["with"].refuse("`with` is for a column that says `to` which table it refers")
    if "type" not in members:
        return found
    said = members["type"]
    kind = said.one_of((*_TYPES, *_IRIS), "`type`")
    datatype = _TYPES.get(kind, "")
    rule, is_open = found.rule, not found.rule.datatypes and not _is_node(found.rule)
    if is_open:
        rule = replace(rule, iri=not datatype, datatypes=(datatype,) if datatype else ())
    elif (datatype and datatype not in rule.datatypes) or (not datatype and not rule.iri):
        said.refuse(f"`{found.name}` takes {form_in_words(rule)}, and no {kind}")
    elif datatype:
        rule = replace(rule, datatypes=(datatype,))
    return replace(found, rule=rule, kind=kind)


def _referring(found: Column, members: Mapping[str, Outline], place: Place) -> Column:
    said = members["to"]
    if found.rule.datatypes or found.rule.values:
        said.refuse(f"`{found.name}` takes {form_in_words(found.rule)}, and no record")
    table = said.one_of(sorted(place.tables), "`to` names a table of this mapping, which")
    beside = members["with"].words("`with`") if "with" in members else ()
    names = tuple(one.text or "" for one in beside)
    rule = replace(found.rule, iri=True)
    return replace(found, rule=rule, to=table, beside=names, kind="")


def _told(found: Column, members: Mapping[str, Outline]) -> Column:
    """With what its cells mean."""
    if "codes" in members:
        found = replace(found, codes=_codes(found, members["codes"]))
    if "separator" in members:
        mark = members["separator"]
        if found.rule.at_most == 1:
            mark.refuse(f"a record has one `{found.name}`: there is nothing to take apart")
        found = replace(found, separator=mark.said("`separator`"))
    if "lines" in members:
        found = replace(found, has_lines=members["lines"].is_said("`lines`"))
    if "minus" in members:
        if not {XSD.decimal, XSD.integer}.intersection(found.rule.datatypes):
            members["minus"].refuse(f"`{found.name}` is no number that could be turned round")
        found = replace(found, is_negated=members["minus"].is_said("`minus`"))
    return found


def _codes(found: Column, said: Outline) -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for name, value in said.pairs("`codes`"):
        text = value.said("what a code means")
        try:
            value_of(found.rule, text)
        except ValueError as error:
            value.refuse(f"`{found.name}` {error}")
        codes[folded(name.text or "")] = text
    return MappingProxyType(codes)


def _is_node(rule: Property) -> bool:
    return rule.iri or bool(rule.values)
