"""A chunk of a series as a record of a pod, and back from its triples."""

from importers.clock import instant
from importers.contract import Code, Iri, Key, Record, Series, Typed, Value
from importers.series import Chunk, Slot, at, duration, moment, read_values, seconds_of, slot_of
from importers.series import written as json_of
from importers.units import plain
from vocab.graph import Node, text_of
from vocab.names import SCHEMA, SD, SDC


def chunk_record(series: Series, chunk: Chunk, of: str, locator: str) -> Record:
    """The record of a chunk of the series whose IRI is `of`."""
    step = chunk.slot.step
    fields: list[tuple[str, Value]] = [
        ("sd:ofSeries", Iri(of)),
        ("schema:startTime", at(chunk.start, series.zone)),
        ("schema:endTime", at(chunk.end, series.zone)),
        ("sd:step", Typed(duration(step), "xsd:dayTimeDuration")),
        ("sd:values", Typed(json_of(chunk.values), "rdf:JSON")),
    ]
    if any(value is not None for value in chunk.values):
        fields.append(("sd:sum", plain(chunk.total)))
    if chunk.quality:
        fields.append(("sd:quality", Code(chunk.quality)))
    return Record(
        kind="SeriesChunk",
        key=Key(),
        fields=tuple(fields),
        locator=locator,
        account=series.meter,
        counted=False,
    )


def is_chunk(node: Node, of: str) -> bool:
    """Whether what is said of a subject is that of a chunk of the series whose IRI is `of`."""
    return any(term.value == of for term in node.get(SD.ofSeries, ()))


def chunk_of(node: Node, series: Series) -> Chunk:
    """The chunk that a subject is. Raises ValueError where it is none."""
    values = read_values(text_of(node, SD.values))
    start = moment(instant(text_of(node, SCHEMA.startTime)))
    step = seconds_of(text_of(node, SD.step))
    quality = text_of(node, SD.quality).removeprefix(SDC.NS)
    slot = slot_of(start, step, series.zone)
    return Chunk(slot=slot, start=start, values=values, quality=quality or None)


def fragment_of(slot: Slot, taken: set[str]) -> str:
    """The name of a new chunk in its document, which has chunks of other steps under the others."""
    whole = "c" + slot.period[7:]
    for name in (whole, f"{whole}-{duration(slot.step).lower()}"):
        if name not in taken:
            return name
    return f"{whole}-{duration(slot.step).lower()}-{slot.phase}"
