"""A question that nobody asks, to learn on: what a made-up app would like to read."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from pod.agreements import AccessRequest, Item, RequestState
from pod.consent.access_request import PATIENCE
from pod.consent.bilingual import Bilingual
from pod.consent.categories import CATEGORIES
from vocab.names import DPV
from vocab.places import DATA

NAME: Final = Bilingual(fr="Boussole (application inventée)", en="Compass (a made-up app)")
_DAYS: Final = 90
_FIRST: Final = ("energy", "bank")
_PURPOSE: Final = DPV.NS + "ProvidePersonalisedRecommendations"
_SENTENCE: Final = Bilingual(
    fr="Nous cherchons avec vous où dépenser moins.",
    en="We look with you for where to spend less.",
)
_CONTROLLER: Final = {
    "kind": "company",
    "country": "FR",
    "contact": "mailto:aide@boussole.example",
    "privacy_notice": "https://boussole.example/donnees",
}
_USE: Final = {
    "purpose": _PURPOSE,
    "sentence": {"fr": _SENTENCE.fr, "en": _SENTENCE.en},
    "processing": "leaving",
    "country": "IE",
    "recipients": [{"name": "Comparateur", "country": "DE"}],
    "retention": "P6M",
    "ai_training": False,
    "days": _DAYS,
    "person_gains": {"fr": "Des dépenses plus basses.", "en": "Lower spending."},
    "app_gains": {"fr": "Une part de ce que vous économisez.", "en": "A share of what you save."},
}
_REASONS: Final = (
    {"fr": "pour avoir de quoi comparer", "en": "to have something to compare"},
    {"fr": "pour des conseils plus justes", "en": "for advice that fits better"},
)


def categories_of(there: Collection[str]) -> tuple[str, ...]:
    """The two categories that are asked for, by their names: of data that are there, and none that
    must be asked for alone.
    """
    plain = [
        name
        for name, one in CATEGORIES.items()
        if one.path.startswith(DATA) and one.path != DATA and not one.sensitive
    ]
    known = [name for name in (*_FIRST, *plain) if name in there]
    return tuple(dict.fromkeys((*known, *_FIRST)))[:2]


def exercise(there: Collection[str], language: str, now: datetime) -> AccessRequest:
    """The question, made of categories that are there; it is kept nowhere and leads nowhere.

    `language` is "fr" or "en", `now` in UTC.
    """
    required, optional = categories_of(there)
    return AccessRequest(
        id="exercise",
        agent="",
        client=None,
        purpose=_PURPOSE,
        sentence=_SENTENCE.within(language),
        required=_items(required),
        optional=_items(optional),
        days=_DAYS,
        retention="P6M",
        terms=None,
        manifest=json.dumps(_manifest(required, optional, language)),
        inbox=None,
        state=RequestState.WAITING,
        created=now,
        lapses=now + PATIENCE,
    )


def _items(name: str) -> tuple[Item, ...]:
    return (Item(path=CATEGORIES[name].path, category=name),)


def _manifest(required: str, optional: str, language: str) -> dict[str, Any]:
    use = {**_USE, "required": [_need(required, 0)], "optional": [_need(optional, 1)]}
    controller = {**_CONTROLLER, "legal_name": NAME.within(language)}
    price = {"amount": "0", "currency": "EUR", "per": "once"}
    return {"controller": controller, "uses": [use], "price": price}


def _need(category: str, number: int) -> dict[str, Any]:
    return {"category": category, "modes": ["read"], "reason": _REASONS[number]}
