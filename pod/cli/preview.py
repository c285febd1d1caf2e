"""What the first rows of a table become, in words: to look at before anything is stored."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from importers.archive import Unreadable
from importers.contract import Code, Iri, LangString, Options, Record, Ref, Typed, Value
from importers.importer import Told
from pod.flows.sorted_out import Claimed
from pod.flows.sources import opened
from vocab.glossary import named
from vocab.kinds import KINDS
from vocab.names import SDC
from vocab.prefixes import whole

_OF_EACH: Final = 2
_ITEMS: Final = 2000


def preview(found: Claimed, options: Options) -> Iterator[str]:
    """The first records of each class, a line each property, by their names in English."""
    importer = found.importer.told(options) if isinstance(found.importer, Told) else found.importer
    shown: Counter[str] = Counter()
    try:
        with opened(found.source) as export:
            for item in islice(importer.parse(export, options), _ITEMS):
                if isinstance(item, Record) and shown[item.kind] < _OF_EACH:
                    shown[item.kind] += 1
                    yield from _lines(item)
    except Unreadable as reason:
        yield f"  {reason}"


def _lines(record: Record) -> Iterator[str]:
    kind = KINDS[record.kind]
    key = record.key.stable or "known by what it says"
    yield f"  {named(kind.iri, 'en')} ({kind.name}), {key}, from {record.locator}"
    for name, value in record.fields:
        yield f"    {_name(name)}: {_shown(value)}"


def _name(name: str) -> str:
    """What a property is called; a column that no mapping is for by its own name."""
    prefix, _, local = name.partition(":")
    return f"`{local}` (not mapped)" if prefix == "column" else named(whole(name), "en")


def _shown(value: Value) -> str:
    match value:
        case Code(name=name):
            text = named(SDC.NS + name, "en")
        case Ref(kind=kind, key=key):
            text = f"{kind} {key.stable or 'known by what it says'}"
        case date():
            text = value.isoformat()
        case Iri(value=iri):
            text = iri
        case Typed(lexical=text) | LangString(text=text):
            pass
        case _:
            text = str(value)
    return text
