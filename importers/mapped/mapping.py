"""A mapping, read and held to the vocabulary: every mistake is told with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from importers.contract import HolderHint
from importers.mapped.declared import Column, Declared, Form, Table
from importers.mapped.forms import MEMBERS as OF_FORMS
from importers.mapped.forms import form_of
from importers.mapped.outline import Outline, nearest, outline
from importers.mapped.properties import Place, column_of, constant_of
from importers.members import kind_of, kinds, needs_id
from importers.table import folded
from importers.text import name_of
from vocab.glossary import LANGUAGES, named
from vocab.graph import NamedNode
from vocab.kinds import DOMAINS, KINDS, Kind
from vocab.names import PROV, SD, XSD
from vocab.prefixes import shortened
from vocab.shapes import shape_of

_WHOLE: Final = ("holder", "domain", "tables")
_OF_A_TABLE: Final = (
    *("name", "file", "class", "key", "natural-key", "day", "columns", "constants", "leave-out"),
    *OF_FORMS,
)
_NOBODY: Final = HolderHint(iri="urn:sd:holder:table", name="table", sector="any")
_BY_ITSELF: Final = frozenset({SD.holder, PROV.wasGeneratedBy, SD.recordId, SD.date})
_DATED: Final = "{yyyy"  # what a document is named by, see vocab.kinds
_PLACED: Final = "{"
_DAYS: Final = frozenset({XSD.date, XSD.dateTime})


@lru_cache(maxsize=16)
def mapping_of(text: str) -> Declared:
    """The mapping that a text in YAML declares. Raises ValueError, with the line of a mistake."""
    whole = outline(text)
    has_one = whole.members is not None and not any(n.text == "tables" for n, _ in whole.members)
    members = whole.known((*_WHOLE, *_OF_A_TABLE), "a mapping")
    form = form_of(members, Form())
    if has_one:
        said: tuple[Outline, ...] = (whole,)
    else:
        for name in members.keys() - {*_WHOLE, *OF_FORMS}:
            members[name].refuse(f"where there are `tables`, each of them has its `{name}`")
        said = members["tables"].items or ()
        if not said:
            members["tables"].refuse("`tables` is a list: `- class: …`, one for each table")
    tables = tuple(_tables(said, form, has_one=has_one))
    _check_days(tables)
    _check_circle(tables)
    holder = _holder(members["holder"]) if "holder" in members else _NOBODY
    return Declared(holder=holder, domain=_domain(members, tables, whole), tables=tables)


def _tables(said: tuple[Outline, ...], form: Form, *, has_one: bool) -> Iterator[Table]:
    known = (*_WHOLE, *_OF_A_TABLE) if has_one else _OF_A_TABLE
    each = [(one, one.known(known, "a table")) for one in said]
    names: list[str] = []
    for one, members in each:
        name = _name(one, members)
        if name in names:
            one.refuse(f"two tables are called `{name}`: give one another `name`")
        names.append(name)
    for name, (one, members) in zip(names, each, strict=True):
        yield _table(name, one, members, Around(frozenset(names), form))


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a table: the names of all, and how cells are written."""

    tables: frozenset[str]
    form: Form


def _name(one: Outline, members: Mapping[str, Outline]) -> str:
    if "name" in members:
        return members["name"].said("`name`")
    if "file" in members:
        return PurePosixPath(members["file"].said("`file`")).stem
    return members["class"].said("`class`") if "class" in members else f"line {one.line}"


def _table(name: str, one: Outline, members: Mapping[str, Outline], around: Around) -> Table:
    if "class" not in members:
        one.refuse(f"say the `class` of what the rows of `{name}` are; `pod classes` lists them")
    kind, own = _kind(members["class"])
    form = form_of(members, around.form)
    place = Place(kind, around.tables, form)
    columns = (*_columns(members, place), *_constants(members, place))
    key, only = _key(members)
    found = Table(
        name=name,
        line=one.line,
        kind=kind,
        columns=columns,
        file=members["file"].said("`file`") if "file" in members else "",
        own=own,
        key=key,
        natural=_names(members, "natural-key"),
        only=only,
        day=members["day"].said("`day`") if "day" in members else "",
        left=frozenset(map(folded, _names(members, "leave-out"))),
        form=form,
    )
    _check(found, one)
    return found


def _kind(said: Outline) -> tuple[Kind, str]:
    """The class that a table is of, and the holder's own where we have none for it."""
    text = said.said("`class`")
    if "://" in text or text.startswith("urn:"):
        try:
            return KINDS["Record"], NamedNode(text).value
        except ValueError:
            said.refuse("this is no address of a class")
    try:
        return kind_of(text), ""
    except ValueError:
        names = {one.name for one in kinds()}
        labels = {named(one.iri, language) for one in kinds() for language in LANGUAGES}
        hint = nearest(text, names | labels) or ": `pod classes` lists them"
        said.refuse(f"there is no class `{text[:60]}`{hint}")


def _columns(members: Mapping[str, Outline], place: Place) -> Iterator[Column]:
    if "columns" not in members:
        return
    for name, said in members["columns"].pairs("`columns`"):
        column = name.said("the name of a column")
        # One column may say several things.
        for one in (said,) if said.items is None else said.items:
            yield column_of(column, one, place)


def _constants(members: Mapping[str, Outline], place: Place) -> Iterator[Column]:
    if "constants" in members:
        for name, said in members["constants"].pairs("`constants`"):
            yield constant_of(name, said, place)


def _key(members: Mapping[str, Outline]) -> tuple[tuple[str, ...], str]:
    """The columns of the key, or the one value that it has."""
    if "key" not in members or members["key"].members is None:
        return _names(members, "key"), ""
    told = members["key"].known(("value",), "`key`")
    if "value" not in told:
        members["key"].refuse("say the `value` of this key")
    return (), told["value"].said("the value of a key")


def _names(members: Mapping[str, Outline], name: str) -> tuple[str, ...]:
    found = members[name].words(f"`{name}`") if name in members else ()
    return tuple(one.text or "" for one in found)


def _check(table: Table, one: Outline) -> None:
    """Refuse a table whose records would never keep to the shape of their class."""
    said = {column.rule.path for column in table.columns}
    if not (table.columns or table.key or table.only):
        one.refuse(f"`{table.name}` has no `columns`")
    if needs_id(table.kind) and not (table.key or table.only):
        one.refuse(f"{table.kind.name} is known by its number or name: say its column with `key`")
    for rule in shape_of(table.kind.iri).properties:
        if rule.at_least and rule.path not in said | _BY_ITSELF:
            what = f"{named(rule.path, 'en')} (`{shortened(rule.path)}`)"
            one.refuse(
                f"{table.kind.name} needs {what}: map a column to it, or give it under `constants`"
            )
    if "{account}" in table.kind.document and SD.account not in said:
        one.refuse(
            f"{table.kind.name} is kept by its account: map a column to `sd:account`, with `to`"
        )


def _days(table: Table) -> bool:
    return any(_DAYS.intersection(column.rule.datatypes) for column in table.columns)


def _references(table: Table) -> tuple[str, ...]:
    return tuple(column.to for column in table.columns if column.to)


def _check_days(tables: tuple[Table, ...]) -> None:
    """Refuse a table kept by days that neither it says nor a table that it refers to."""
    dated = {one.name for one in tables if _DATED in one.kind.document}
    for one in tables:
        if one.name in dated and not (
            one.day or _days(one) or dated.intersection(_references(one))
        ):
            raise ValueError(
                f"line {one.line}: {one.kind.name} is kept by its day: map a column to `sd:date`, "
                "or name it with `day`"
            )


def _check_circle(tables: tuple[Table, ...]) -> None:
    """Refuse tables that wait for each other to know where their records are kept."""
    placed = {one.name for one in tables if _PLACED in one.kind.document}
    left = {one.name: placed.intersection(_references(one)) - {one.name} for one in tables}
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    if left:
        line = next(one.line for one in tables if one.name in left)
        shown = ", ".join(f"`{name}`" for name in sorted(left))
        raise ValueError(f"line {line}: {shown} refer to each other in a circle")


def _domain(members: Mapping[str, Outline], tables: tuple[Table, ...], whole: Outline) -> str:
    if "domain" in members:
        return members["domain"].one_of(sorted(DOMAINS), "`domain`")
    known = (one.kind.domain for one in tables if one.kind.domain)
    found = next(known, None)
    if found is None:
        name = tables[0].own or tables[0].kind.name
        whole.refuse(f"say the `domain`, as {name} may be of any: {', '.join(sorted(DOMAINS))}")
    return found


def _holder(said: Outline) -> HolderHint:
    if said.members is None:
        text = said.said("`holder`")
        return HolderHint(iri=_iri(text, said), name=text, sector="any")
    members = said.known(("iri", "name", "sector"), "`holder`")
    if not {"iri", "name"} & members.keys():
        said.refuse("say the `iri` or the `name` of the holder")
    first = members.get("iri") or members["name"]
    text = first.said("`iri`")
    sectors = next(r.values for r in shape_of(SD.Holder).properties if r.path == SD.sector)
    codes = [iri.rpartition("#")[2] for iri in sectors]
    return HolderHint(
        iri=_iri(text, first),
        name=members["name"].said("`name`") if "name" in members else text,
        sector=members["sector"].one_of(codes, "`sector`") if "sector" in members else "any",
    )


def _iri(text: str, said: Outline) -> str:
    """An address as it is; a name as one that nobody else's has."""
    if ":" not in text:
        return f"urn:sd:holder:{name_of(folded(text))}"
    try:
        return NamedNode(text).value
    except ValueError:
        said.refuse("this is no address of a holder")
