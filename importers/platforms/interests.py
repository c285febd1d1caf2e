"""What somebody is taken to be interested in, or said she likes."""

from datetime import date
from typing import Final
from urllib.parse import quote

from importers.contract import Code, Iri, Key, Record, Value
from importers.text import for_key

_TOPIC: Final = "urn:sd:topic:"


def topic(name: str) -> Iri:
    """What an interest is about, where there are only words for it."""
    return Iri(_TOPIC + quote(for_key(name).casefold(), safe="-._"))


def interest(
    about: Iri, label: str, locator: str, *, is_declared: bool, on: date | None = None
) -> Record:
    """An interest, which the person declared or the platform inferred."""
    fields: list[tuple[str, Value]] = [("schema:about", about)]
    if label:
        fields.append(("sd:sourceLabel", label))
    if on is not None:
        fields.append(("sd:date", on))
    fields.append(("sd:dataOrigin", Code("provided" if is_declared else "derived")))
    return Record(
        kind="Interest",
        key=Key(natural=("declared" if is_declared else "inferred", about.value)),
        fields=tuple(fields),
        locator=locator,
    )
