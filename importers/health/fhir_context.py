"""What a FHIR resource is read with: where it stands, and what its references lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.health.entry import Entry
from importers.health.fhir_values import Node, nodes, text

# FHIR R4 http.html: the words for a resource that should never have been there.
_WRONG = "entered-in-error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource, its type, its locator, and the resources known by the references to them."""

    value: Node
    locator: str
    known: Mapping[str, Node] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return text(self.value, "resourceType")

    @property
    def id(self) -> str:
        """`Condition/17`: an id is unique among the resources of its type."""
        number = text(self.value, "id")
        return f"{self.type}/{number}" if number else ""

    @property
    def status(self) -> str:
        return text(self.value, "status")

    @property
    def is_wrong(self) -> bool:
        verified = text(self.value, "verificationStatus/coding/code")
        return _WRONG in {self.status, verified}

    def follow(self, reference: Node) -> Node:
        """The resource that a Reference leads to, {} where it is not at hand."""
        target = text(reference, "reference")
        if target.startswith("#"):
            inside = nodes(self.value, "contained")
            return next((one for one in inside if text(one, "id") == target[1:]), {})
        return self.known.get(_short(target), {}) or self.known.get(target, {})

    def name(self, *paths: str) -> tuple[str, ...]:
        """The names of those whom the references at the paths lead to, as far as they are known."""
        found = (
            text(one, "display") or name_of(self.follow(one))
            for path in paths
            for one in nodes(self.value, path)
        )
        return tuple(name for name in found if name)

    def entry(self, kind: str, label: str, **more: Any) -> Entry:
        """An entry of this resource."""
        more.setdefault("status", self.status)
        return Entry(
            kind=kind,
            label=label,
            locator=self.locator,
            id=self.id,
            wrong=self.is_wrong,
            **more,
        )


def name_of(resource: Node) -> str:
    """What a practitioner, organisation or place is called."""
    whole = text(resource, "name/text") or text(resource, "name")
    if whole:
        return whole
    human = next(iter(nodes(resource, "name")), {})
    parts = [
        part
        for key in ("prefix", "given", "family")
        for part in ([text(human, key)] if key != "given" else _given(human))
    ]
    if any(parts):
        return " ".join(part for part in parts if part)
    return text(resource, "practitioner/display", "organization/display")


def _given(human: Node) -> list[str]:
    value = human.get("given")
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _short(reference: str) -> str:
    """`Patient/1` of `https://clinic.example/fhir/Patient/1` and of `Patient/1/_history/2`."""
    if "/" not in reference:
        return reference
    parts = reference.partition("/_history/")[0].split("/")
    return "/".join(parts[-2:])


def names_of(resource: Node, url: str) -> tuple[str, ...]:
    """By which references a resource is known: its type and id, and the address of its entry."""
    number, kind = text(resource, "id"), text(resource, "resourceType")
    own = (f"{kind}/{number}",) if number else ()
    return (*own, url) if url else own
