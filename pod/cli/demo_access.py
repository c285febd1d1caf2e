"""What the apps of the demonstration were given, and what one of them still asks for."""

# ruff: noqa: RUF001 - French is written with its own apostrophe

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from pod.agreements import AccessGrant, AccessRequest, Item, RequestState
from pod.flows.answer import accept
from pod.flows.context import Pod
from pod.ldp.profile import webid_of
from vocab.names import DPV

ID_BYTES: Final = 12
PATIENCE: Final = timedelta(days=30)
_DAYS: Final = 30

_BUDGET: Final = {
    "controller": {
        "legal_name": "Budget Malin (inventé)",
        "kind": "company",
        "country": "FR",
        "contact": "mailto:aide@budget.example",
        "privacy_notice": "https://budget.example/donnees",
    },
    "uses": [
        {
            "purpose": DPV.NS + "ServicePersonalisation",
            "sentence": {
                "fr": "Nous lisons vos opérations pour suivre votre budget.",
                "en": "We read your movements to follow your budget.",
            },
            "required": [{"category": "bank", "modes": ["read"]}],
            "processing": "leaving",
            "country": "IE",
            "recipients": [],
            "retention": "P30D",
            "ai_training": False,
            "days": _DAYS,
            "person_gains": {
                "fr": "Vous voyez où part votre argent.",
                "en": "You see where your money goes.",
            },
            "app_gains": {"fr": "Un abonnement payé.", "en": "A paid subscription."},
        },
        {
            "purpose": DPV.NS + "ProvidePersonalisedRecommendations",
            "sentence": {
                "fr": "Nous cherchons un contrat d’énergie moins cher pour vous.",
                "en": "We look for a cheaper energy contract for you.",
            },
            "required": [{"category": "energy", "modes": ["read"]}],
            "optional": [{"category": "bank", "modes": ["read"]}],
            "processing": "leaving",
            "country": "IE",
            "recipients": [{"name": "Comparateur (inventé)", "country": "DE"}],
            "retention": "P6M",
            "ai_training": False,
            "days": 90,
            "person_gains": {"fr": "Des factures plus basses.", "en": "Lower bills."},
            "app_gains": {
                "fr": "Une commission si vous changez.",
                "en": "A fee if you change.",
            },
        },
    ],
    "price": {"amount": "2.50", "currency": "EUR", "per": "month"},
}
_HEATING: Final = {
    "controller": {
        "legal_name": "Chauffage Doux (inventé)",
        "kind": "association",
        "country": "FR",
        "contact": "mailto:bonjour@chauffage.example",
        "privacy_notice": "https://chauffage.example/donnees",
    },
    "uses": [
        {
            "purpose": DPV.NS + "ServicePersonalisation",
            "sentence": {
                "fr": "Nous comparons votre chauffage à celui de l’an dernier.",
                "en": "We compare your heating with that of last year.",
            },
            "required": [{"category": "energy", "modes": ["read"]}],
            "processing": "local",
            "recipients": [],
            "retention": "none",
            "ai_training": False,
            "days": _DAYS,
            "person_gains": {
                "fr": "Vous savez si vos travaux ont servi.",
                "en": "You know whether your works were of use.",
            },
            "app_gains": {"fr": "Rien.", "en": "Nothing."},
        }
    ],
}
_SAID: Final[Mapping[str, dict[str, Any]]] = {"budget": _BUDGET, "heating": _HEATING}


async def agree(app: str, pod: Pod) -> AccessGrant:
    """The app has asked for what it is for, and the person has said yes."""
    asked = await _ask(app, 0, pod)
    return await accept(asked.id, asked.required, asked.days, None, pod)


async def ask_again(pod: Pod) -> AccessRequest:
    """The budget app asks for more, which waits for the person to decide."""
    return await _ask("budget", 1, pod)


async def _ask(app: str, number: int, pod: Pod) -> AccessRequest:
    said = _SAID[app]
    use, now = said["uses"][number], pod.server.second
    asked = AccessRequest(
        id=pod.server.random_name(ID_BYTES),
        agent=webid_of(pod.server.addresses.storage_of(app)),
        client=None,
        purpose=use["purpose"],
        sentence=use["sentence"]["fr"],
        required=_items(use["required"]),
        optional=_items(use.get("optional", ())),
        days=use["days"],
        retention=use["retention"],
        terms=None,
        manifest=json.dumps(said, ensure_ascii=False),
        inbox=None,
        state=RequestState.WAITING,
        created=now,
        lapses=now + PATIENCE,
    )
    await pod.store.write(lambda tx: tx.agreements.requests.put(asked))
    return asked


def _items(needs: Any) -> tuple[Item, ...]:
    names = [need["category"] for need in needs]
    return tuple(Item(path=f"data/{name}/", category=name) for name in names)
