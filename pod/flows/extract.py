"""Data given back once more: what a pod holds of a kind, in a format that other programs read."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from acl import Agent, Mode, all_groups, decide
from importers.naming import pseudonyms
from pod.extract import green_button, midata, ofx, study
from pod.extract.held import Held, held
from pod.extract.meters import meters
from pod.extract.others import without_others
from pod.extract.statements import statements
from pod.extract.tables import Table
from pod.flows.authenticate import with_memberships
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.problems import NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.store.port import Snapshot
from vocab.extended import Vocabulary
from vocab.graph import Graph
from vocab.iri import ResourceIri
from vocab.kinds import KINDS
from vocab.names import SD
from vocab.places import DATA

ACTION = "EXTRACT"
_READ = words(Mode.READ)


class Format(StrEnum):
    """What data are given back as."""

    GREEN_BUTTON = "green-button"
    OFX = "ofx"
    MIDATA = "midata"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be given back. `kind` is the IRI of the class of a table.

    `holder` is the IRI of the only holder whose data it shall be; `language` is "fr" or "en".
    `with_others` says that the names of other people shall be in it too.
    """

    format: Format
    kind: str = ""
    holder: str | None = None
    language: str = "en"
    with_others: bool = False

    @property
    def container(self) -> str:
        """The path of the container that it is read from: a domain's, or that of all of them."""
        if self.format is Format.CSV:
            domain = next((one.domain for one in KINDS.values() if one.iri == self.kind), None)
        else:
            domain = "energy" if self.format is Format.GREEN_BUTTON else "bank"
        return f"{DATA}{domain}/" if domain else DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A file of data: its media type and its octets, how many records, movements or intervals.

    `left_out` counts what the format has no place for, or what is not whole enough for it, and
    `others` the values in which other people have pseudonyms, or that are not there for their sake.
    """

    media_type: str
    content: bytes
    count: int
    left_out: int = 0
    others: int = 0


async def extract(wanted: Wanted, agent: Agent, pod: Pod) -> Extract:
    """A file of what an agent may read of a pod. Raises NotFound where there is nothing of it."""
    agent = await with_memberships(agent, all_groups(pod.store.snapshot().acls()), pod)
    now, state = pod.server.now(), pod.store.snapshot()  # begun here: the other thread only reads
    made = await asyncio.to_thread(_made, wanted, agent, pod, state, now)
    if not made.count:
        raise NotFound("there is nothing of that in this space")
    of = ResourceIri(pod.store.storage, wanted.container)
    pod.store.note(line(agent, ACTION, of, _READ, now))
    return made


def _made(wanted: Wanted, agent: Agent, pod: Pod, state: Snapshot, now: datetime) -> Extract:
    records = held(_graphs(wanted, agent, pod.store.storage, state))
    if wanted.holder:
        records = {
            iri: one for iri, one in records.items() if wanted.holder in one.texts(SD.holder)
        }
    others = 0
    if not wanted.with_others:
        apart = without_others(records, pseudonyms(pod.store.identity.secret))
        records, others = apart.records, apart.count
    made = (
        _csv(wanted, records, pod)
        if wanted.format is Format.CSV
        else _MAKERS[wanted.format](wanted, records, now)
    )
    return replace(made, others=others)


def _graphs(wanted: Wanted, agent: Agent, storage: str, state: Snapshot) -> Iterator[Graph]:
    """The documents that an agent may read."""
    acls = state.acls()
    for found in state.documents(ResourceIri(storage, wanted.container)):
        syntax = RdfFormat.of(found.media_type)
        if syntax is not None and Mode.READ in decide(acls, found.iri, agent).modes:
            yield parse(state.read(found.content), syntax, str(found.iri))


def _ofx(_: Wanted, records: Mapping[str, Held], now: datetime) -> Extract:
    found, left_out = statements(records)
    count = sum(len(one.movements) for one in found)
    content = ofx.ofx(found, now) if count else b""
    return Extract(media_type=ofx.MEDIA_TYPE, content=content, count=count, left_out=left_out)


def _midata(wanted: Wanted, records: Mapping[str, Held], _: datetime) -> Extract:
    found, left_out = statements(records)
    count = sum(len(one.movements) for one in found)
    content = midata.midata(found, wanted.language)
    return Extract(media_type=midata.MEDIA_TYPE, content=content, count=count, left_out=left_out)


def _green_button(_: Wanted, records: Mapping[str, Held], now: datetime) -> Extract:
    found, left_out = meters(records, green_button.UNITS)
    count = sum(len(course.intervals) for meter in found for course in meter.courses)
    content = green_button.green_button(found, now)
    media_type = green_button.MEDIA_TYPE
    return Extract(media_type=media_type, content=content, count=count, left_out=left_out)


def _csv(wanted: Wanted, records: Mapping[str, Held], pod: Pod) -> Extract:
    known = Vocabulary.of(pod.server.profiles.values())
    found = Table.of(records, wanted.kind, known)
    content = study.study(found, pod.store.storage, wanted.language)
    return Extract(media_type=study.MEDIA_TYPE, content=content, count=len(found.records))


_MAKERS = {
    Format.GREEN_BUTTON: _green_button,
    Format.OFX: _ofx,
    Format.MIDATA: _midata,
}
