"""What an app says of itself now and did not say when it was granted something.

A grant is for what was shown. When that changes, the person is asked again, and shown the change
alone: she has read the rest.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TypeAlias

from pod.consent.countries import country_name
from pod.consent.line import Line, Value, days, field, labels, line, modes, price, retention
from pod.consent.manifest import Controller, Manifest, Need, Use
from pod.consent.purposes import PURPOSES

_Fact: TypeAlias = tuple[tuple[str, ...], Value]
"""One thing that is said: where, beginning with what it is about, and what.

What is said of a use has its purpose second.
"""


def digest(manifest: Manifest) -> str:
    """SHA-256 in hex of what is said, in whatever order: the pin of what a person has agreed to."""
    uses = sorted((_sorted_use(use) for use in manifest.uses), key=lambda use: use.purpose)
    said = replace(manifest, uses=tuple(uses), terms=tuple(sorted(manifest.terms)))
    return hashlib.sha256(
        json.dumps(asdict(said), sort_keys=True, default=str).encode()
    ).hexdigest()


def difference(old: Manifest, new: Manifest) -> tuple[Line, ...]:
    """What has changed, a sentence each; () if and only if both have the same digest."""
    before, after = dict(_facts(old)), dict(_facts(new))
    return tuple(
        _changed(place, before.get(place), after.get(place))
        for place in dict.fromkeys((*before, *after))
        if before.get(place) != after.get(place)
    )


def _changed(place: tuple[str, ...], before: Value | None, after: Value | None) -> Line:
    about = line(f"about_{place[0]}")
    if len(place) > 1 and place[0] != "terms":
        about = line("about_use", what=about, purpose=_purpose(place[1]))
    if before is None:
        return line("change_added", what=about, now=after or "")
    if after is None:
        return line("change_gone", what=about, before=before)
    return line("change_made", what=about, before=before, now=after)


def _purpose(iri: str) -> Value:
    known = PURPOSES.get(iri)
    return known.label if known else iri


def _facts(said: Manifest) -> Iterator[_Fact]:
    """Each thing that is said; what is not said is not there."""
    for name in ("client", "name", "logo"):
        if getattr(said, name):
            yield (name,), getattr(said, name)
    if said.controller:
        yield from _who(said.controller)
    if said.price:
        yield ("price",), price(said.price)
    for terms in said.terms:
        yield ("terms", terms), terms
    for use in said.uses:
        yield from _of_use(use)


def _who(said: Controller) -> Iterator[_Fact]:
    yield ("controller",), line("about_controller")
    for name in ("legal_name", "contact", "privacy_notice", "identifier"):
        if getattr(said, name):
            yield (name,), getattr(said, name)
    if said.kind:
        yield ("kind",), line(f"kind_{said.kind}")
    if said.country:
        yield ("country",), country_name(said.country)


def _of_use(use: Use) -> Iterator[_Fact]:
    iri = use.purpose
    yield ("purpose", iri), _purpose(iri)
    for place, needs in (("required", use.required), ("optional", use.optional)):
        for need in needs:
            yield from _of_need((place, iri, need.category), need)
    for one in use.recipients:
        whom = (one.name, country_name(one.country)) if one.country else (one.name,)
        yield ("recipients", iri, one.name, one.country), whom
    for place, value in _single(use).items():
        if value is not None:
            yield (place, iri), value


def _single(use: Use) -> dict[str, Value | None]:
    """What is said once of a use."""
    trains = use.ai_training
    return {
        "sentence": use.sentence,
        "processing": line(f"where_{use.processing}") if use.processing else None,
        "place": country_name(use.country) if use.country else None,
        "retention": None if use.retention is None else retention(use.retention),
        "days": days(use.days),
        "ai_training": None if trains is None else line("yes" if trains else "no"),
        "person_gains": use.person_gains,
        "app_gains": use.app_gains,
    }


def _of_need(place: tuple[str, ...], need: Need) -> Iterator[_Fact]:
    yield place, line("need", category=labels([need.category]), modes=modes(need.modes))
    if need.reason:
        yield ("reason", *place[1:]), need.reason
    for iri in need.fields:
        yield ("field", *place[1:], iri), field(iri)


def _sorted_use(use: Use) -> Use:
    return replace(
        use,
        required=tuple(sorted(use.required, key=lambda need: need.category)),
        optional=tuple(sorted(use.optional, key=lambda need: need.category)),
        recipients=tuple(sorted(use.recipients, key=lambda one: (one.name, one.country))),
    )
