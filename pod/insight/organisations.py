"""Organisations and what they gave: put together from the rows of the queries of their pages."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from pod.insight.rows import Row, day
from vocab.glossary import broader, glossary
from vocab.names import SD, SDC
from vocab.offers import Offer, catalogue

MAPPING: Final = "urn:sd:mapping:"
_OF_THE_POD: Final = frozenset(SD.NS + name for name in ("DataOffer", "Import", "Holder"))
_POINTS: Final = SD.NS + "SeriesChunk"
_SAME: Final = MappingProxyType({SD.NS + "Series": _POINTS})
_DAYS: Final = MappingProxyType({"PT1H": 1, "P1D": 1, "P7D": 7, "P1M": 31, "P6M": 184, "P1Y": 366})
_PATIENCE: Final = 2
"""After how many times its rhythm an organisation is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """How many records of a class an organisation gave, and of which days."""

    iri: str
    count: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it came, by its address in the pod; its size is in octets, `digest` its SHA-256."""

    name: str
    address: str
    media_type: str
    size: int
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restitution:
    """One import: when, from whom, by whom, and its report. `agent` is "" for a deposit."""

    iri: str
    when: datetime
    holder: str
    agent: str
    format: str
    files: tuple[File, ...]
    first: date | None
    last: date | None
    report: Mapping[str, Any]

    def count(self, name: str) -> int:
        """A number of the report; 0 where it has none."""
        found = self.report.get(name)
        return found if isinstance(found, int) else 0

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Where something could not be read, and why."""
        found = self.report.get("problems", ())
        return tuple((str(one.get("at", "")), str(one.get("why", ""))) for one in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who gave data. `offered` are the classes that the catalogue knows of it or of its sector,
    each with whether it is here; `every` is in how many days it may have something new, 0 where
    nobody knows.
    """

    iri: str
    name: str
    sector: str
    url: str
    categories: tuple[Category, ...]
    restitutions: tuple[Restitution, ...]
    offered: tuple[tuple[str, bool], ...]
    every: int = field(default=0)

    @property
    def last(self) -> datetime | None:
        return max((one.when for one in self.restitutions), default=None)

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day that anything from it is of."""
        firsts = [one.first for one in self.categories if one.first]
        lasts = [one.last for one in self.categories if one.last]
        return (min(firsts), max(lasts)) if firsts and lasts else None

    @property
    def share(self) -> float | None:
        """How much of what is offered is here, from 0 to 1; None where nothing is known."""
        here = sum(there for _, there in self.offered)
        return here / len(self.offered) if self.offered else None

    def is_late(self, now: datetime) -> bool:
        """Whether it surely has something new since it last gave something."""
        last = self.last
        return bool(self.every and last and (now - last).days > _PATIENCE * self.every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows of the queries `holders`, `organisations`, and `imports` or `gave`."""

    holders: tuple[Row, ...]
    counts: tuple[Row, ...]
    imports: tuple[Row, ...]


def organisations(found: Found, own: Collection[str]) -> tuple[Organisation, ...]:
    """Everybody who gave data, by name; the person herself, by the IRIs in `own`, left out."""
    called: dict[str, Row] = {}
    for row in found.holders:
        called.setdefault(row["holder"], row)
    given: dict[str, list[Row]] = {}
    for row in found.counts:
        given.setdefault(row["holder"], []).append(row)
    came: dict[str, list[Restitution]] = {}
    for one in restitutions(found.imports, own):
        came.setdefault(one.holder, []).append(one)
    made = (
        _organisation(iri, called.get(iri, {}), given.get(iri, []), tuple(came.get(iri, ())))
        for iri in (called.keys() | given.keys() | came.keys()) - set(own)
    )
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.iri)))


def given_by(one: Organisation) -> int:
    """How many records an organisation gave, each when it was new."""
    return sum(each.count("new") for each in one.restitutions)


def restitutions(imports: Iterable[Row], own: Collection[str]) -> tuple[Restitution, ...]:
    """The imports of the rows of their files, as they are ordered there; files that are not told
    of are left out. What the person said of an export, by the IRIs in `own`, lies beside it, and
    may come first.
    """
    rows: dict[str, list[Row]] = {}
    for row in imports:
        rows.setdefault(row["import"], []).append(row)
    return tuple(_restitution(iri, files, own) for iri, files in rows.items())


def _restitution(iri: str, rows: list[Row], own: Collection[str]) -> Restitution:
    row = next((row for row in rows if row["holder"] not in own), rows[0])
    files = {
        one["address"]: File(
            name=one["name"],
            address=one["address"],
            media_type=one.get("type", ""),
            size=int(one.get("size", 0)),
            digest=one.get("digest", ""),
        )
        for one in rows
        if "address" in one
    }
    return Restitution(
        iri=iri,
        when=datetime.fromisoformat(row["when"]),
        holder=row["holder"],
        agent=row.get("agent", ""),
        format=row.get("mapping", "").removeprefix(MAPPING).partition(":")[0],
        files=tuple(files.values()),
        first=day(row, "first"),
        last=day(row, "last"),
        report=_report(row.get("report", "")),
    )


def _organisation(
    iri: str, called: Row, given: list[Row], came: tuple[Restitution, ...]
) -> Organisation:
    known = catalogue().holders.get(iri)
    sector = called.get("sector") or (known.sector if known else "")
    offers = _offers(iri, sector)
    here = {row["class"] for row in given}
    classes = dict.fromkeys(
        _SAME.get(name, name) for one in offers for name in one.classes if name not in _OF_THE_POD
    )
    above = {wide for name in here for wide in broader(glossary(), name)}
    return Organisation(
        iri=iri,
        name=called.get("name") or (known.name if known else iri),
        sector=sector,
        url=called.get("url") or (iri if known else ""),
        categories=tuple(
            Category(
                iri=row["class"],
                count=int(row["count"]),
                first=day(row, "first"),
                last=day(row, "last"),
            )
            for row in given
            if row["class"] not in above | _SAME.keys()
        ),
        restitutions=came,
        offered=tuple((name, name in here | above) for name in classes),
        every=min((_DAYS[one.every] for one in offers if one.every in _DAYS), default=0),
    )


def _offers(holder: str, sector: str) -> tuple[Offer, ...]:
    """What the catalogue knows of a holder; else what others of its sector offer."""
    own = _offered().get(holder)
    return own or (_offered().get(sector, ()) if sector else ())


@cache
def _offered() -> Mapping[str, tuple[Offer, ...]]:
    """What the catalogue has on offer, by publisher and by sector: two kinds of IRIs."""
    found: dict[str, tuple[Offer, ...]] = {}
    for one in catalogue().offers:
        if one.status == SDC.NS + "offered":
            for name in dict.fromkeys((one.publisher, one.sector)):
                found[name] = (*found.get(name, ()), one)
    return MappingProxyType(found)


def _report(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
