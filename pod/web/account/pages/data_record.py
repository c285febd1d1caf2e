"""The page of a record: each field with its help, where it comes from, and what it goes with."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pod.flows.context import Pod
from pod.flows.organisations import holders_of
from pod.flows.rows import asking
from pod.flows.view.record import record as found_of
from pod.insight.facts import Fact, Known, unit_of
from pod.insight.fields import TECHNICAL, Help, fields_of
from pod.insight.life import LIFE_OF
from pod.insight.provenance import Provenance, Related, usual_origin
from pod.insight.query import Iri, query
from pod.web.account.pages.data_links import Links, origin_name
from pod.web.account.pages.twins import Shown
from pod.web.places import JOURNAL, link
from pod.web.ui.calls import asks
from pod.web.ui.kinds import giver_said, kind_named, term_said
from pod.web.ui.own_form import OWN
from pod.web.ui.remarks import place_said
from pod.web.ui.sheet import Column, Sheet, Value, text_of
from pod.web.ui.spoken import spoken
from pod.web.ui.values import help_said, label_said, value_said
from pod.web.ui.words import words
from pod.web.visit import Visit
from vocab.kinds import KINDS
from vocab.names import SCHEMA, SD

_LONGEST = 600
_TITLES = (SCHEMA.name, SD.sourceLabel, SD.counterpartyName)


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a record as people read it; `address` is where its value leads, "" for nowhere."""

    help: Help
    text: str
    value: Value
    address: str = ""


async def record(visit: Visit, pod: Pod) -> Shown:
    """The record that the address names. Raises NotFound."""
    iri = visit.query.get("record", "")
    async with asking(pod) as her:
        found, holders = await found_of(iri, her), await holders_of(her)
    page = _Page(visit, found, Links(visit.query.get("space", "")))
    holder = next((fact.value for fact in found.said if fact.field == SD.holder), "")
    known = holders.get(holder)
    you = words(page.language)["data.you"]
    called = giver_said(known.name, page.language) if known else you
    lines = tuple(page.lines(found.said, called))
    life = LIFE_OF.get(found.container)
    values = {
        **spoken(page.language),
        "links": page.links,
        "found": found,
        "title": page.title,
        "life": life,
        "lines": lines,
        "hers": tuple(page.lines(found.hers, called)),
        "kind": kind_named(found.kind, page.language),
        "holder": called,
        "origin": page.origin(called),
        "files": [(one, page.file(one.file, pod)) for one in found.imports],
        "former": [(one, tuple(page.lines(one.facts, called))) for one in found.former],
        "related": [(one, page.way(one)) for one in found.related],
        "remarks": page.remarks(),
        "place": next(page.places(found.said), ""),
        "organisation": page.links.timeline(holder=holder) if holder in holders else "",
        "change": link(OWN, space=pod.store.name, record=iri),
        "journal": link(JOURNAL, space=pod.store.name, category=found.container),
    }

    return Shown(
        template="data_record",
        values=values,
        sheets=(page.sheet(lines),),
        call=asks(query("record", record=Iri(iri)), pod),
    )


class _Page:
    """The parts of the page of one record."""

    def __init__(self, visit: Visit, found: Provenance, links: Links) -> None:
        self.language, self.links, self._found = visit.look.language, links, found
        self._said = words(self.language)
        self._elsewhere = frozenset(one.iri for one in found.related)
        self._as_one = (Known(iri=found.iri, day=None, facts=found.said),)

    @property
    def title(self) -> str:
        """What the record is called, else what it is."""
        by_field = {fact.field: fact for fact in self._found.said}
        for field in _TITLES:
            if field in by_field:
                return str(value_said(by_field[field], self.language, self._found.kind))
        return kind_named(self._found.kind, self.language)

    def lines(self, facts: Collection[Fact], holder: str) -> Iterator[Line]:
        """The fields of a record in the order of its shape, but those that only the pod needs."""
        kind = KINDS[self._found.kind].iri
        order = {field: number for number, field in enumerate(fields_of(kind))}
        times = Counter(fact.field for fact in facts)
        # Many of one sort, such as the lines of a receipt, stand among what goes with it.
        shown = [
            fact
            for fact in facts
            if fact.field not in TECHNICAL
            and not (times[fact.field] > 1 and fact.value in self._elsewhere)
        ]
        for fact in sorted(shown, key=lambda one: (order.get(one.field, len(order)), one.field)):
            value = holder if fact.field == SD.holder else self._value(fact)
            yield Line(
                help=help_said(fact.field, kind, self.language),
                text=self._text(fact, value),
                value=value,
                address=self._address(fact),
            )

    def _text(self, fact: Fact, value: Value) -> str:
        if fact.field == SD.values:
            return self._said["value.points"]
        return _cut(text_of(value, unit_of(fact.field, self._as_one), self.language))

    def sheet(self, lines: tuple[Line, ...]) -> Sheet:
        names = ("field", "label", "value", "meaning")
        return Sheet(
            name="record",
            title=self.title,
            columns=tuple(
                Column(name=name, title=self._said[f"data.column_{name}"]) for name in names
            ),
            rows=tuple(
                (one.help.iri, one.help.label, one.value, one.help.meaning) for one in lines
            ),
        )

    def origin(self, holder: str) -> str:
        """Who it is from, and whether it was given, observed or calculated."""
        own = next((one.value for one in self._found.said if one.field == SD.dataOrigin), "")
        origin = own or usual_origin(KINDS[self._found.kind].iri)
        is_hers = holder == self._said["data.you"]
        key = "data.origin_own" if is_hers else f"data.origin_{origin_name(origin)}"
        return self._said[key].format(who=holder)

    def file(self, address: str, pod: Pod) -> str:
        """Where the file that it came in can be had, "" where there is none."""
        path = address.partition("#")[0].removeprefix(pod.store.storage)
        return self.links.source(path) if address.startswith(pod.store.storage) else ""

    def way(self, one: Related) -> str:
        """How another record is called, and what it has to do with this one."""
        said = help_said(one.field, KINDS[self._found.kind].iri, self.language).label
        name = self._label(one.label, one.kind) or kind_named(one.kind, self.language)
        return self._said["data.leads_to" if one.is_to else "data.leads_here"].format(
            name=name, field=said
        )

    def places(self, facts: Collection[Fact]) -> Iterator[str]:
        """Where it stands in the file that it came in."""
        for fact in facts:
            if fact.field == SD.sourceLocator:
                yield place_said(fact.value, self.language)

    def remarks(self) -> list[tuple[str, str, str]]:
        """Corrections and matches: what each says, why, and where it leads."""
        kind = KINDS[self._found.kind].iri
        made = []
        for one in self._found.remarks:
            if one.kind == "correction":
                label = help_said(one.field, kind, self.language).label
                said = self._said["data.corrected"].format(field=label, value=one.value)
                made.append((said, "", ""))
            else:
                sure = text_of(100 * one.confidence if one.confidence else 0, "%", self.language)
                said = self._said["data.matched"].format(
                    sure=sure, status=term_said(one.status, self.language)
                )
                made.append((said, one.why.get(self.language, ""), self.links.record(one.other)))
        return made

    def _label(self, text: str, kind: str) -> str:
        return label_said(text, self.language, kind)

    def _value(self, fact: Fact) -> Value:
        return value_said(fact, self.language, self._found.kind)

    def _address(self, fact: Fact) -> str:
        return self.links.record(fact.value) if fact.value in self._elsewhere else ""


def _cut(text: str) -> str:
    """A text as it fits on a page: the points of a series, whole, are in the twins."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
