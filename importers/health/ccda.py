"""C-CDA documents (CCD, discharge summaries, referrals): the sections of a medical record, in XML.

Format: HL7 C-CDA R1.1 and R2.1, https://www.hl7.org/ccdasearch/. Kept are the entries. The
narrative beside them is not, but for the words that an entry refers to; a section that has only
narrative is told of. A measure that does not say when it was taken has no date, and is kept with
those of the year in which the document was written. The numbers of the person are never read.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem, Record
from importers.declined import declined
from importers.health.cda_entries import entry_items
from importers.health.cda_values import Statement, narrative
from importers.health.moments import Moment, hl7_moment
from importers.markup import Element, Place, elements
from importers.text import decode

_BODY = "/ClinicalDocument/component"
_SECTION = f"{_BODY}/structuredBody/component/section"
_PATIENT = "/ClinicalDocument/recordTarget/patientRole/patient"
_UNSTRUCTURED = f"{_BODY}/nonXMLBody"
_DEEPEST = 12  # of sections within sections
_SECTIONS = tuple(_SECTION + "/component/section" * deep for deep in range(_DEEPEST))
_WRITTEN = "/ClinicalDocument/effectiveTime"
# The French health record gives documents within the style sheet that shows them.
_WITHIN_STYLE = "/stylesheet/Contenu"
_SAYING = frozenset({"observation", "procedure", "substanceAdministration", "supply"})
_PARTS = ("code", "text", "entry")
_PATHS = frozenset(
    {
        *(_PATIENT, _UNSTRUCTURED, _WRITTEN, "/ClinicalDocument/participant"),
        *_SECTIONS,
        *(f"{section}/{part}" for section in _SECTIONS for part in _PARTS),
    }
)
_ONLY_WORDS = "this section has words only, and no entries: it is not kept"
_DOCUMENT = "this document holds a picture or a text, and no entries that could be imported"
_EMPTY = "this document holds no section"
_DETAILS = "details within entries (severity, diagnoses of a visit, …) are kept only in part: {}"
_OTHERS = "people to call and others who take part are not kept"


class Ccda:
    format = "ccda"
    title = "C-CDA health record (CCD and others, XML)"
    domain = "health"
    extensions = (".xml", ".cda", ".ccda")
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the root element and the namespace of HL7 V3."""
        del filename
        text = decode(head).lstrip()
        marks = ("ClinicalDocument" in text, "urn:hl7-org:v3" in text, text.startswith("<"))
        return Match(confidence=90) if all(marks) and not declined(text) else None

    def holder(self, head: bytes) -> HolderHint:
        """Nobody by name: who keeps the document is often a vendor."""
        del head
        return HolderHint(iri="urn:sd:holder:care", name="care provider", sector="health")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The person, then each statement of each section. Takes no options."""
        del options
        paths = _PATHS | {_WITHIN_STYLE + path for path in _PATHS}
        return _Document().items(elements(export, paths))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: these documents state neither sum nor count of themselves."""
        del items
        return ()


class _Document:
    """What is known of the sections that are open, by where each stands."""

    def __init__(self) -> None:
        self._codes: dict[Place | None, str] = {}
        self._words: dict[Place | None, dict[str, str]] = {}
        self._entries: dict[Place | None, int] = {}
        self._sections = 0
        self._written: Moment | None = None
        self._told_of_others = False
        self._details = 0

    def items(self, found: Iterable[Element | Problem]) -> Iterator[Item]:
        broken = False
        for one in found:
            if isinstance(one, Problem):
                broken = True
                yield one
            else:
                yield from self._element(one)
        if not self._sections and not broken:
            yield Problem("/ClinicalDocument", _EMPTY)
        if self._details:
            yield Problem("/ClinicalDocument", _DETAILS.format(self._details), row=False)

    def _element(self, one: Element) -> Iterator[Item]:
        path = one.path.removeprefix(_WITHIN_STYLE)
        if path == _PATIENT:
            yield from _patient(one)
        elif path == _WRITTEN:
            self._written = _moment(one)
        elif path in _SECTIONS:
            yield from self._section(one)
        elif path.startswith(_SECTION):
            yield from self._part(one, one.place[0])
        elif path == _UNSTRUCTURED:
            self._sections += 1
            yield Problem(one.locator, _DOCUMENT)
        elif not self._told_of_others:
            self._told_of_others = True
            yield Problem(one.locator, _OTHERS, row=False)

    def _part(self, one: Element, around: Place | None) -> Iterator[Item]:
        if one.name == "code":
            self._codes[around] = one.attributes.get("code", "")
        elif one.name == "text":
            self._words[around] = narrative(one)
            if _has_words(one):
                self._words[around].setdefault("", "said")
        else:
            self._entries[around] = self._entries.get(around, 0) + 1
            words = self._words.get(around, {})
            statement, code = Statement(one, words), self._codes.get(around, "")
            items = list(entry_items(statement, code, self._written))
            self._details += max(0, _statements_in(one) - sum(map(_is_told, items)))
            yield from items

    def _section(self, one: Element) -> Iterator[Item]:
        self._sections += 1
        words, entries = self._words.pop(one.place, {}), self._entries.pop(one.place, 0)
        self._codes.pop(one.place, None)
        if words and not entries and not one.attributes.get("nullFlavor"):
            yield Problem(one.locator, _ONLY_WORDS, row=False)


def _statements_in(element: Element) -> int:
    """How many clinical statements an entry has within it, but for those that only hold others."""
    here = sum(child.name in _SAYING for child in element.children)
    return here + sum(_statements_in(child) for child in element.children)


def _is_told(item: Item) -> bool:
    return isinstance(item, Record | Problem)


def _moment(time: Element) -> Moment | None:
    try:
        return hl7_moment(time.attributes.get("value", ""))
    except ValueError:
        return None


def _has_words(text: Element) -> bool:
    return bool(text.text.strip()) or any(_has_words(child) for child in text.children)


def _patient(patient: Element) -> Iterator[Item]:
    name = next(patient.all("name"), None)
    given = " ".join(one.text.strip() for one in name.all("given")) if name else ""
    family = name.get("family") if name else ""
    full = " ".join(part for part in (given, family) if part)
    if not full:
        yield Problem(patient.locator, "the patient has no name")
        return
    born = next((one.attributes.get("value", "") for one in patient.all("birthTime")), "")
    try:
        day = hl7_moment(born).day if born else None
    except ValueError:
        day = None
        yield Problem(patient.locator, "the date of birth cannot be read", row=False)
    said = {"vcard:fn": full, "vcard:given-name": given, "vcard:family-name": family}
    yield Record(
        kind="CustomerFile",
        key=Key(natural=(full, day.isoformat() if day else "")),
        fields=(
            *((name_, words) for name_, words in said.items() if words),
            *((("vcard:bday", day),) if day else ()),
        ),
        locator=patient.locator,
    )


CCDA = Ccda()
