"""Reading the FHIR resources of one export, in order: what refers to what, and whose they are."""

from collections.abc import Iterator
from typing import Any

from importers.contract import Item, Problem
from importers.health.fhir_clinical import FORMS, medicine_of
from importers.health.fhir_context import Resource, names_of
from importers.health.fhir_resources import NAMED, resource_items
from importers.health.fhir_values import Node, label, node, nodes, text

_OTHER_PERSON = "this is about another person than what came before, and is not kept"
_CUT_OFF = "the file breaks off before it is known whether this claim was answered"
_NO_RESOURCE = "this entry holds no resource"
_OLDER = "this is a version of a record that stands here in a newer one"
_MEDICATION = frozenset(name for name, form in FORMS.items() if form.kind == "Medication")
_SUBJECTS = ("subject", "patient", "beneficiary")


def records_of(resource: Any, locator: str) -> Iterator[Item]:
    """What a resource becomes; a Bundle is what its entries become.

    `resource` is a JSON value with numbers as Decimal. Whatever it is, nothing is raised.
    """
    reading = Reading()
    yield from reading.take(resource, locator)
    yield from reading.rest(is_whole=True)


class Reading:
    """One export. `take` it resource by resource, then what is `rest`."""

    def __init__(self) -> None:
        self._known: dict[str, Node] = {}
        self._person: set[str] = set()
        self._claims: dict[str, Resource] = {}
        self._waiting: list[Resource] = []

    def take(self, value: Any, locator: str, *, url: str = "") -> Iterator[Item]:
        """A resource, whose entry has the address `url`."""
        if not isinstance(value, dict):
            yield Problem(locator, _NO_RESOURCE)
            return
        kind = text(value, "resourceType")
        if kind == "Bundle":
            yield from self.entries(list(_numbered(value, locator)))
            return
        if not self._is_of_the_person(value, url):
            yield Problem(locator, _OTHER_PERSON)
            return
        resource = Resource(value=value, locator=locator, known=self._known)
        if kind in NAMED:
            self._known.update(dict.fromkeys(names_of(value, url), value))
        yield from self._read(resource, url)

    def entries(self, entries: list[tuple[Any, str]]) -> Iterator[Item]:
        """The entries of a Bundle, each with its locator. Of two versions the newer one is read."""
        newest = _newest(entries)
        for entry, locator in entries:
            if not isinstance(entry, dict) or not isinstance(entry.get("resource"), dict):
                yield Problem(locator, _NO_RESOURCE)
                continue
            resource = entry["resource"]
            if newest.get(_identity(resource), resource) is not resource:
                yield Problem(locator, _OLDER, row=False)
                continue
            yield from self.take(resource, f"{locator}/resource", url=text(entry, "fullUrl"))

    def _read(self, resource: Resource, url: str) -> Iterator[Item]:
        if resource.type == "Claim":
            # Its answer, the explanation of benefit, says the same charge: it counts once.
            self._claims[resource.id or url or resource.locator] = resource
            return
        if resource.type == "ExplanationOfBenefit":
            asked = text(resource.value, "claim/reference")
            for name in [n for n, claim in self._claims.items() if _leads(asked, n, claim)]:
                answered = self._claims.pop(name)
                message = "this claim is kept with its answer, the explanation of benefit"
                yield Problem(answered.locator, message, row=False)
        if _lacks_its_medicine(resource):
            self._waiting.append(resource)
            return
        yield from resource_items(resource)
        if resource.type == "Medication":
            yield from self._waited()

    def _waited(self) -> Iterator[Item]:
        ready = [one for one in self._waiting if not _lacks_its_medicine(one)]
        self._waiting = [one for one in self._waiting if _lacks_its_medicine(one)]
        for resource in ready:
            yield from resource_items(resource)

    def rest(self, *, is_whole: bool) -> Iterator[Item]:
        """What waited for another resource. In a broken file nobody knows whether it would come."""
        for resource in self._waiting:
            yield from resource_items(resource)
        for claim in self._claims.values():
            if is_whole:
                yield from resource_items(claim)
            else:
                yield Problem(claim.locator, _CUT_OFF)

    def _is_of_the_person(self, value: Node, url: str) -> bool:
        """Whether a resource is about the one person whom this export is about."""
        names = {_last(name) for name in _persons(value, url)}
        if self._person and names and not names & self._person:
            return False
        self._person |= names
        return True


def _persons(value: Node, url: str) -> list[str]:
    if text(value, "resourceType") == "Patient":
        return [name for name in (text(value, "id"), url) if name]
    found = (text(node(value, name), "reference") for name in _SUBJECTS)
    return [name for name in found if name and not name.startswith(("#", "Group/", "Device/"))]


def _last(reference: str) -> str:
    return reference.partition("/_history/")[0].rpartition("/")[2].rpartition(":")[2]


def _leads(reference: str, name: str, claim: Resource) -> bool:
    number = text(claim.value, "id")
    return bool(reference) and _last(reference) in {_last(name), number}


def _lacks_its_medicine(resource: Resource) -> bool:
    if resource.type not in _MEDICATION:
        return False
    value = resource.value
    refers = text(value, "medicationReference/reference", "medication/reference/reference")
    if not refers or label(value, "medicationCodeableConcept", "medication/concept"):
        return False
    if text(value, "medicationReference/display", "medication/reference/display"):
        return False
    return not medicine_of(resource)


def _numbered(bundle: Node, locator: str) -> Iterator[tuple[Any, str]]:
    entries = bundle.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        yield entry, f"{locator}/entry/{number}"


def _identity(resource: Node) -> str:
    number = text(resource, "id")
    return f"{text(resource, 'resourceType')}/{number}" if number else ""


def _version(resource: Node) -> tuple[str, int]:
    number = text(resource, "meta/versionId")
    plain = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    return text(resource, "meta/lastUpdated"), plain


def _newest(entries: list[tuple[Any, str]]) -> dict[str, Node]:
    """Of the resources that come in several versions, the newest, by their identity."""
    found: dict[str, list[Node]] = {}
    for entry, _ in entries:
        for resource in nodes(entry, "resource") if isinstance(entry, dict) else ():
            if _identity(resource):
                found.setdefault(_identity(resource), []).append(resource)
    return {name: max(many, key=_version) for name, many in found.items() if _differ(many)}


def _differ(many: list[Node]) -> bool:
    versions = [_version(one) for one in many]
    return len(set(versions)) == len(many) > 1 and ("", 0) not in versions
