"""What FHIR exports state of themselves: matches of searches, lines of claims, further pages."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from importers.contract import Check, HolderHint, Item, Problem, Record, Stated
from importers.health.fhir_claims import LINES
from importers.health.fhir_values import text

_MORE = "this is one page of a longer answer: fetch the pages that follow, and import them too"
_MEDICARE = HolderHint(iri="https://www.medicare.gov/", name="Medicare", sector="health")
_UNKNOWN = HolderHint(iri="urn:sd:holder:care", name="care provider", sector="health")
_TOTAL = "total"
_ENTRIES = "entries"


def holder_of(head: bytes) -> HolderHint:
    """Medicare by its address, else nobody: a resource does not say who gives it."""
    return _MEDICARE if b"bluebutton.cms.gov" in head else _UNKNOWN


def of_bundle(bundle: Any, locator: str) -> Iterator[Item]:
    """How many matches a search states and how many there are; whether another page follows."""
    if not isinstance(bundle, dict) or text(bundle, "resourceType") not in {"", "Bundle"}:
        return
    names = ("total", "link", "entry")
    total, links, entries = map(bundle.get, names)
    if isinstance(total, int) and not isinstance(total, bool) and isinstance(entries, list):
        matches = sum(_is_match(entry) for entry in entries)
        where = f"{locator}/total"
        yield Stated(name=_TOTAL, scope=locator, value=Decimal(total), locator=where)
        yield Stated(name=_ENTRIES, scope=locator, value=Decimal(matches), locator=where)
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("relation") == "next":
            yield Problem(f"{locator}/link", _MORE, row=False)


def _is_match(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return True
    return text(entry, "search/mode") not in {"include", "outcome"}


def checks(items: list[Item]) -> Iterator[Check]:
    """The counts and sums that were stated, against what was read."""
    stated = [item for item in items if isinstance(item, Stated)]
    entries = {one.scope: one.value for one in stated if one.name == _ENTRIES}
    charged = {
        item.key.stable: dict(item.fields)["sd:total"]
        for item in items
        if isinstance(item, Record) and item.kind == "HealthExpense"
    }
    for one in stated:
        if one.name == _TOTAL:
            got = entries.get(one.scope)
            yield Check(
                name="matches of the search",
                expected=str(one.value),
                got=str(got),
                ok=one.value == got,
            )
        if one.name == LINES and one.scope in charged:
            total = charged[one.scope]
            yield Check(
                name=f"lines of {one.scope}",
                expected=str(total),
                got=str(one.value),
                ok=total == one.value,
            )
