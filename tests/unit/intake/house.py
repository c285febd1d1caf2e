"""A made-up pod that imports made-up exports: what it holds, import after import."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pyoxigraph import RdfFormat, parse

from importers.contract import Code, HolderHint, Key, Options, Reading, Record, Ref, Series
from importers.naming import Naming, pseudonyms
from importers.series import at, moment
from pod.intake.provenance import Export, Gist, activity_of, file_path, import_path
from pod.intake.withdrawn import Coverage
from tests.unit.intake.planning import plan

STORAGE = "https://camille.pod.example/"
ACCOUNT = Key(stable="compte-1")
METER = Key(stable="pdl-1")
LOAD = Series(
    name="load",
    meter=METER,
    commodity="electricity",
    quantity="ActivePower",
    unit="W",
    energy="mean-power",
)


def payment(number, amount="-12.50", *, on=date(2024, 3, 5), label="CB EPICERIE", **more):
    return Record(
        kind="BankTransaction",
        key=Key(stable=f"REF{number}") if number else Key(natural=(str(on), amount, label)),
        fields=(
            ("sd:account", Ref("BankAccount", ACCOUNT)),
            ("sd:date", on),
            ("sd:amount", Decimal(amount)),
            ("sd:sourceLabel", label),
        ),
        locator=f"line={number}",
        on=on,
        account=ACCOUNT,
        **more,
    )


def bank_account():
    fields = (("sd:iban", "FR76****0143"), ("sd:nature", Code("card")))
    return Record(kind="BankAccount", key=ACCOUNT, fields=fields, locator="line=1", counted=False)


def half_hours(values, *, day=date(2024, 3, 5), series=LOAD, step=1800):
    start = moment(datetime(day.year, day.month, day.day, tzinfo=series.zone))
    for place, value in enumerate(values):
        begin = start + place * step
        yield Reading(
            series=series,
            start=at(begin, series.zone),
            end=at(begin + step, series.zone),
            value=None if value is None else Decimal(value),
            locator=f"line={place}",
        )


def graph_of(document):
    """The triples of a written document."""
    parsed = parse(document.content, RdfFormat.TURTLE, base_iri=STORAGE + document.path)
    return frozenset(quad.triple for quad in parsed)


@dataclass
class House:
    """A pod: `held` has the triples of its documents by path, `now` is when the next import is."""

    domain: str = "bank"
    slug: str = "banque"
    format: str = "made-up"
    made: date | None = None
    held: dict = field(default_factory=dict)
    now: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    @property
    def naming(self):
        return Naming(
            storage=STORAGE,
            holder=f"https://{self.slug}.example/#it",
            slug=self.slug,
            domain=self.domain,
            activity=activity_of(STORAGE, import_path(self.slug, "ab" * 32, self.now)),
            pseudonym=pseudonyms(b"a secret of a made-up pod"),
        )

    def export(self, *items, checks=(), **said):
        gist, coverage = Gist(), Coverage(Options(values=said))
        for item in items:
            gist.add(item)
            coverage.add(item)
        return Export(
            filename="relevé mars.csv",
            media_type="text/csv",
            sha256="ab" * 32,
            size=1234,
            kept=file_path("relevé mars.csv", "ab" * 32, self.now),
            format=self.format,
            version="1",
            holder=HolderHint(iri="https://x.example/", name="Banque", sector=self.domain),
            agent=f"{STORAGE}profile/card#me",
            gist=gist,
            checks=checks,
            covers=coverage.covers,
            made=self.made,
        )

    def plan(self, *items, checks=(), **said):
        export = self.export(*items, checks=checks, **said)
        return plan(export, items, self.naming, self.held, self.now)

    def take(self, *items, checks=(), **said):
        """Plans an import, and holds its documents but the history from then on."""
        done = self.plan(*items, checks=checks, **said)
        written = {d.path: graph_of(d) for d in done.documents}
        self.held |= {
            path: g for path, g in written.items() if path.startswith(("data/", "imports/"))
        }
        self.now += timedelta(days=1)
        return done, written


def counts(done):
    return done.read, done.new, done.same, done.updated, done.rejected


def values(graph, subject, predicate):
    """The values of a property of the subject with this fragment, as texts."""
    return sorted(
        triple.object.value
        for triple in graph
        if triple.subject.value.endswith(f"#{subject}")
        and triple.predicate.value.rpartition("#")[2].rpartition("/")[2] == predicate
    )


def other(record, **fields):
    """The same record with other values."""
    return replace(
        record, fields=tuple((name, fields.get(name[3:], value)) for name, value in record.fields)
    )
