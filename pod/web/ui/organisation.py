"""What pages say of organisations: what each gave, what came of it, and whom to call."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from importers import by_format
from pod.charts.frame import Frame
from pod.charts.ring import ring
from pod.charts.said import dated, money, number
from pod.insight.calling import Card
from pod.insight.organisations import Category, Organisation, Restitution
from pod.web.places import DATA, ORGANISATIONS, link
from pod.web.ui.drawn import drawn
from pod.web.ui.kinds import format_named, giver_said, kind_named, term_said
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.sizes import said_size
from pod.web.ui.told import Teller
from pod.web.ui.words import words
from vocab.kinds import KINDS
from vocab.names import SDC

HINTED: Final = frozenset(
    ("bank", "energy", "health", "insurance", "platform", "retail", "telecom", "transport")
)
"""The sectors of which it is known where people find their data."""
_MOST_NAMED = 4
_EVERY: Final = {"P1M": "month", "P1Y": "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationTeller:
    """Says what organisations gave to a space, in a language."""

    teller: Teller
    space: str

    @property
    def language(self) -> str:
        return self.teller.language

    def say(self, key: str, **filled: object) -> str:
        return self.teller.say(f"organisation.{key}", **filled)

    def card(self, one: Organisation, place: int = 0) -> dict[str, object]:
        """An organisation in a list, at a place that no other has."""
        names = [kind_named(name_of(each.iri), self.language) for each in one.categories]
        more = len(names) - _MOST_NAMED
        return {
            "name": giver_said(one.name, self.language),
            "address": self.address(one),
            "sector": self.sector(one),
            "gave": ", ".join(names[:_MOST_NAMED]),
            "more": self.say("and_more", count=more) if more > 0 else "",
            "last": self.teller.dated(one.last) if one.last else "",
            "late": one.is_late(self.teller.now),
            "ring": self._ring(one, place),
            "here": sum(there for _, there in one.offered),
            "of": len(one.offered),
        }

    def summary(self, one: Organisation) -> list[tuple[str, str]]:
        """An organisation in a few figures."""
        days = self.days(*(one.period or (None, None)))
        every = [
            (self.say("kinds"), number(len(one.categories), self.language)),
            (self.say("files_count"), number(len(one.restitutions), self.language)),
            (self.say("days"), days),
            (self.say("when"), self.teller.dated(one.last) if one.last else ""),
        ]
        return [(label, value) for label, value in every if value]

    def days(self, first: date | None, last: date | None) -> str:
        """From when to when, "" where that is not known."""
        if first is None or last is None:
            return ""
        ends = (dated(first, self.language), dated(last, self.language))
        return ends[0] if first == last else self.say("from_to", first=ends[0], last=ends[1])

    def address(self, one: Organisation) -> str:
        return link(ORGANISATIONS, space=self.space, holder=one.iri)

    def sector(self, one: Organisation) -> str:
        return term_said(one.sector, self.language) if one.sector else ""

    def hint(self, one: Organisation) -> str:
        """Where people find what such an organisation has of them, "" where nobody knows."""
        sector = name_of(one.sector)
        return words(self.language)[f"hint.{sector}"] if sector in HINTED else ""

    def categories(self, one: Organisation) -> Sheet:
        """What it gave, by class."""
        return Sheet(
            name="categories",
            title=self.say("category"),
            columns=(
                Column(name="category", title=self.say("category")),
                Column(name="count", title=self.say("count"), is_number=True),
                Column(name="first", title=self.say("first")),
                Column(name="last", title=self.say("last")),
            ),
            rows=tuple(
                (kind_named(name_of(each.iri), self.language), each.count, each.first, each.last)
                for each in one.categories
            ),
            addresses=tuple(self._page_of(each) for each in one.categories),
        )

    def offered(self, one: Organisation) -> list[tuple[str, bool]]:
        """What it could give, and whether that is here; what is here first."""
        pairs = sorted(one.offered, key=lambda pair: not pair[1])
        return [(kind_named(name_of(iri), self.language), there) for iri, there in pairs]

    def restitutions(self, one: Organisation) -> Sheet:
        """Its imports and deposits."""
        return Sheet(
            name="imports",
            title=self.say("files_count"),
            columns=(
                Column(name="when", title=self.say("when")),
                Column(name="file", title=self.say("file")),
                Column(name="how", title=self.say("how")),
                *(
                    Column(name=name, title=self.say(name), is_number=True)
                    for name in ("read", "new", "same", "updated", "rejected")
                ),
                Column(name="checks", title=self.say("checks")),
            ),
            rows=tuple(self._row(each) for each in one.restitutions),
            addresses=tuple(self.import_address(each) for each in one.restitutions),
        )

    def import_address(self, one: Restitution) -> str:
        return link(ORGANISATIONS, space=self.space, **{"import": one.iri})

    def files(self, one: Restitution) -> list[dict[str, str]]:
        """The files of an import, to be downloaded as they came."""
        return [
            {
                "name": each.name,
                "address": link(ORGANISATIONS + "file", space=self.space, file=each.address),
                "size": said_size(each.size, self.language),
                "digest": each.digest,
            }
            for each in one.files
        ]

    def report(self, one: Restitution) -> list[tuple[str, str]]:
        """What became of the rows of an import."""
        names = ("read", "new", "same", "updated", "rejected", "withdrawn")
        return [(self.say(name), number(one.count(name), self.language)) for name in names]

    def how(self, one: Restitution) -> str:
        return self.say("by_you" if one.agent else "deposited")

    def read_as(self, one: Restitution) -> str:
        """What sort of file it was read as."""
        found = by_format(one.format)
        return format_named(one.format, found.title if found else one.format, self.language)

    def checks(self, one: Restitution) -> str:
        count, failed = one.count("checks"), one.count("failed")
        if not count:
            return self.say("no_checks")
        return self.say("failed", failed=failed, count=count) if failed else self.say("held")

    def calling(self, card: Card) -> dict[str, object]:
        """A contract as somebody on the telephone asks for it."""
        since = dated(card.first, self.language) if card.first else ""
        until = dated(card.last, self.language) if card.last else ""
        return {
            "name": card.name or self.say("contract"),
            "number": card.number,
            "covers": [self._cover(iri) for iri in card.covers],
            "since": since,
            "until": until,
            "price": self._price(card),
            "ways": [(way.who, way.address, way.said) for way in card.ways],
        }

    def _ring(self, one: Organisation, place: int) -> Markup:
        """How much of what it can give is here, as a ring; nothing where nobody knows."""
        share = one.share
        if share is None:
            return Markup()
        here = sum(there for _, there in one.offered)
        frame = Frame(
            title=self.say("completeness"),
            sentence=self.say("complete", here=here, of=len(one.offered)),
            unit="",
            language=self.language,
            name=f"ring{place}",
        )
        return drawn(ring(frame, share))

    def _price(self, card: Card) -> str:
        if card.price is None or not card.currency:
            return ""
        amount = money(card.price, card.currency, self.language)
        every = _EVERY.get(card.every)
        return self.say(f"each_{every}", amount=amount) if every else amount

    def _cover(self, iri: str) -> str:
        # What has no name of its own is called by its last part: urn:sd:vehicle:FM-472-XX.
        return iri.rpartition(":")[2] if iri.startswith("urn:") else term_said(iri, self.language)

    def _row(self, one: Restitution) -> tuple[str | int, ...]:
        counts = (one.count(name) for name in ("read", "new", "same", "updated", "rejected"))
        names = ", ".join(each.name for each in one.files)
        day = dated(one.when, self.language)
        return (day, names, self.how(one), *counts, self.checks(one))

    def _page_of(self, one: Category) -> str:
        name = name_of(one.iri)
        kind = KINDS.get(name)
        if kind is None or kind.domain is None:
            return link(DATA, space=self.space)
        return link(DATA, space=self.space, **{"in": kind.domain, "class": name})


def hints(language: str) -> list[tuple[str, str]]:
    """Where people find what organisations have of them, sector by sector."""
    say = words(language)
    found = [(term_said(SDC.NS + one, language), say[f"hint.{one}"]) for one in HINTED]
    return sorted((sector[:1].upper() + sector[1:], hint) for sector, hint in found)


def name_of(iri: str) -> str:
    """The local name of a term."""
    return iri.rpartition("#")[2]


def organisations_sheet(found: tuple[Organisation, ...], told: OrganisationTeller) -> Sheet:
    """All organisations, for programs and spreadsheets."""
    return Sheet(
        name="organisations",
        title=told.say("title"),
        columns=(
            Column(name="organisation", title=told.say("organisation")),
            Column(name="sector", title=told.say("sector")),
            Column(name="imports", title=told.say("imports"), is_number=True),
            Column(name="last_import", title=told.say("when")),
            Column(name="first", title=told.say("first")),
            Column(name="last", title=told.say("last")),
            Column(name="here", title=told.say("here_short"), is_number=True),
            Column(name="of", title=told.say("of_short"), is_number=True),
        ),
        rows=tuple(
            (
                giver_said(one.name, told.language),
                told.sector(one),
                len(one.restitutions),
                one.last,
                *(one.period or (None, None)),
                sum(there for _, there in one.offered),
                len(one.offered),
            )
            for one in found
        ),
        addresses=tuple(told.address(one) for one in found),
    )
