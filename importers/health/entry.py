"""One thing that a medical record says, as a record: one way for all formats."""

from dataclasses import dataclass

from importers.contract import Code, Iri, Key, Record, Value
from importers.health.moments import Moment, began, ended, happened
from importers.text import for_key

# What lasts has a beginning; all others happen on a day.
_STATES = frozenset({"HealthCondition", "Medication", "Allergy"})
_MEASURE = "HealthMeasure"

Fields = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is said once: a diagnosis, a medicine, an act.

    `id` is the holder's own, where it stays. `begin` is when it began or happened, `end` when it
    ended, `told` when it was written down. `status` is the holder's word; `wrong` says that the
    holder took it back. `more` are further properties. `alike` tells apart what has no id.
    """

    kind: str
    label: str
    locator: str
    id: str = ""
    codes: tuple[Iri, ...] = ()
    begin: Moment | None = None
    end: Moment | None = None
    told: Moment | None = None
    status: str = ""
    wrong: bool = False
    by: tuple[str, ...] = ()
    more: Fields = ()
    alike: tuple[str, ...] = ()
    counted: bool = True


def record(entry: Entry) -> Record:
    """The record of an entry. Raises ValueError where it does not say what it is about."""
    if not entry.label:
        raise ValueError("this entry says neither in words nor by a code what it is")
    lasts = entry.kind in _STATES
    dated = entry.told if lasts else entry.begin
    fields: Fields = (
        ("sd:sourceLabel", entry.label),
        *(("sd:code", code) for code in dict.fromkeys(entry.codes)),
        *(_day(entry.told) if lasts else happened(entry.begin)),
        *(began(entry.begin) if lasts else ()),
        *ended(entry.end),
        *((("sd:clinicalStatus", entry.status),) if entry.status else ()),
        *((("sd:status", Code("withdrawn")),) if entry.wrong else ()),
        *(("sd:counterpartyName", name) for name in dict.fromkeys(entry.by) if name),
        *entry.more,
    )
    return Record(
        kind=entry.kind,
        key=key_of(entry),
        fields=fields,
        locator=entry.locator,
        on=dated.day if dated else None,
        counted=entry.counted,
    )


def _day(moment: Moment | None) -> Fields:
    return (("sd:date", moment.day),) if moment and moment.day else ()


def _taken(moment: Moment | None) -> Fields:
    if moment is None:
        return ()
    return (("sd:date", moment.day),) if moment.day else (("schema:startDate", moment.said),)


def key_of(entry: Entry) -> Key:
    """The holder's id, or else what it is, since when, and what sets it apart."""
    if entry.id:
        return Key(stable=entry.id)
    codes = sorted({code.value for code in entry.codes})
    parts = (for_key(entry.label).casefold(), *codes, str(entry.begin or ""), *entry.alike)
    return Key(natural=tuple(for_key(part) for part in parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a measure found: of which property, how much, in which unit as the source writes it."""

    observed: Iri
    value: Value | None
    unit: Iri | None = None
    unit_text: str = ""
    range: str = ""


def measure(entry: Entry, found: Measured) -> Record:
    """The record of a measure, kept by the year in which it was taken, or else written down.

    Raises ValueError where neither is known.
    """
    day = entry.begin or entry.told
    if day is None:
        raise ValueError("this measure says no date, without which it is not kept")
    fields: Fields = (
        *_taken(entry.begin),
        ("sosa:observedProperty", found.observed),
        *((("sosa:hasSimpleResult", found.value),) if found.value is not None else ()),
        *((("qudt:hasUnit", found.unit),) if found.unit else ()),
        *((("schema:unitText", found.unit_text),) if found.unit_text else ()),
        *((("sosa:resultTime", entry.begin.time),) if entry.begin and entry.begin.time else ()),
        *((("sd:sourceLabel", entry.label),) if entry.label else ()),
        *((("sd:referenceRange", found.range),) if found.range else ()),
        *((("sd:clinicalStatus", entry.status),) if entry.status else ()),
        *((("sd:status", Code("withdrawn")),) if entry.wrong else ()),
        *(("sd:counterpartyName", name) for name in dict.fromkeys(entry.by) if name),
        *entry.more,
    )
    when = str(entry.begin.time or entry.begin) if entry.begin else ""
    parts = (found.observed.value, when, *entry.alike)
    return Record(
        kind=_MEASURE,
        key=Key(stable=entry.id) if entry.id else Key(natural=tuple(map(for_key, parts))),
        fields=fields,
        locator=entry.locator,
        on=day.first,
        counted=entry.counted,
    )
