"""A chunk of a series as a record of a pod, and back from its triples."""

from importers.clock import instant
from importers.contract import Code, Iri, Key, Record, Series, Typed, Value
from importers.series import Chunk, Slot, at, duration, moment, read_values, seconds_of, slot_of
from importers.series import written as json_of
from importers.units import plain
from vocab.graph import Graph
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


def is_chunk(graph: Graph, of: str) -> bool:
    """Whether the triples of a subject are those of a chunk of the series whose IRI is `of`."""
    return any(t.predicate.value == SD.ofSeries and _value(t.object) == of for t in graph)


def chunk_of(graph: Graph, series: Series) -> Chunk:
    """The chunk that the triples of one subject are. Raises ValueError where they are none."""
    said = {triple.predicate.value: _value(triple.object) for triple in graph}
    values = read_values(said.get(SD.values, ""))
    start = moment(instant(said.get(SCHEMA.startTime, "")))
    step = seconds_of(said.get(SD.step, ""))
    quality = said.get(SD.quality, "").removeprefix(SDC.NS)
    slot = slot_of(start, step, series.zone)
    return Chunk(slot=slot, start=start, values=values, quality=quality or None)


def _value(term: object) -> str:
    return getattr(term, "value", "")


def fragment_of(slot: Slot, taken: set[str]) -> str:
    """The name of a new chunk in its document, which has chunks of other steps under the others."""
    whole = "c" + slot.period[7:]
    for name in (whole, f"{whole}-{duration(slot.step).lower()}"):
        if name not in taken:
            return name
    return f"{whole}-{duration(slot.step).lower()}-{slot.phase}"
