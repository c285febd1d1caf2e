"""An act on a platform, as a record: what was done, when, with what."""

from dataclasses import dataclass
from datetime import UTC, datetime

from importers.contract import Code, Iri, Key, Record, Value
from importers.text import for_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a person did on a platform.

    `nature` is a code ("search"), `label` the words of the platform, `about` what was acted on,
    `stable` the id that the platform keeps, "" where it gives none, and `told_by` what tells it
    from other acts of its moment then. `more` are further fields.
    """

    at: datetime
    nature: str
    locator: str
    label: str = ""
    about: Iri | None = None
    stable: str = ""
    told_by: tuple[str, ...] = ()
    more: tuple[tuple[str, Value], ...] = ()


def record_of(act: Act) -> Record:
    """The record of an act. Its day is the one of the offset of its time."""
    day = act.at.date()
    fields: list[tuple[str, Value]] = [
        ("sd:date", day),
        ("schema:startTime", act.at),
        ("sd:nature", Code(act.nature)),
    ]
    if act.label:
        fields.append(("sd:sourceLabel", act.label))
    if act.about is not None:
        fields.append(("as:object", act.about))
    moment = act.at.astimezone(UTC).isoformat()
    told_by = act.told_by or (for_key(act.label), act.about.value if act.about else "")
    return Record(
        kind="OnlineActivity",
        key=Key(stable=act.stable) if act.stable else Key(natural=(moment, act.nature, *told_by)),
        fields=(*fields, *act.more),
        on=day,
        locator=act.locator,
    )
