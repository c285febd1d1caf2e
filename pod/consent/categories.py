"""The categories of data that a person sees where a program sees containers.

One for each domain of the vocabulary, named by the word that stands in /data/{domain}/, and one
for each other place of a pod. Which of them are sensitive follows from the vocabulary, where it
has a kind of record of the highest degree, and else from a table that says why.
"""

# ruff: noqa: RUF001 - French is written with its own apostrophe

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pod.consent.bilingual import Bilingual
from vocab.glossary import glossary
from vocab.kinds import KINDS
from vocab.names import SD, SDC
from vocab.places import ANNOTATIONS, DATA, HISTORY, IMPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Data that are asked for, granted and shown together.

    `path` is the container that holds them, relative to the storage's root and "" for the root
    itself. `sensitive` says why they are asked for alone, None where they need not be;
    `others` says whose data they hold beside the person's, None for nobody's.
    """

    name: str
    path: str
    label: Bilingual
    what: Bilingual
    sensitive: Bilingual | None = None
    others: Bilingual | None = None


# The name, both labels, and what it is in both languages.
_DOMAINS = (
    (
        "bank",
        "Banque",
        "Bank",
        "comptes, opérations, soldes, crédits",
        "accounts, movements, balances, loans",
    ),
    (
        "calendar",
        "Agenda",
        "Calendar",
        "rendez-vous, réunions, jours retenus",
        "appointments, meetings, days kept",
    ),
    (
        "community",
        "Associations et messages",
        "Associations and messages",
        "adhésions, participations, messages",
        "memberships, participation, messages",
    ),
    (
        "contacts",
        "Carnet d’adresses",
        "Address book",
        "les noms, numéros et adresses des personnes que vous connaissez",
        "names, numbers and addresses of the people whom you know",
    ),
    (
        "education",
        "Études",
        "Education",
        "inscriptions, notes, diplômes",
        "courses, grades, credentials",
    ),
    (
        "energy",
        "Énergie",
        "Energy",
        "compteurs, consommations, factures",
        "meters, consumption, bills",
    ),
    ("health", "Santé", "Health", "soins, remboursements, mesures", "care, refunds, measures"),
    ("insurance", "Assurances", "Insurance", "contrats, sinistres", "contracts, claims"),
    (
        "mobility",
        "Déplacements",
        "Journeys",
        "trajets, positions, titres validés",
        "trips, positions, tickets used",
    ),
    (
        "online",
        "Activité en ligne",
        "Online activity",
        "recherches, pages vues, publications",
        "searches, pages seen, posts",
    ),
    (
        "relation",
        "Fiches client et scores",
        "Customer files and scores",
        "ce que les organisations notent de vous : coordonnées, échanges, scores, litiges",
        "what is noted about you: contact details, exchanges, scores, disputes",
    ),
    (
        "retail",
        "Achats",
        "Shopping",
        "tickets de caisse, fidélité, livraisons",
        "receipts, loyalty cards, deliveries",
    ),
    (
        "telecom",
        "Téléphone et internet",
        "Phone and internet",
        "appels, messages envoyés, équipements",
        "calls, messages sent, devices",
    ),
    (
        "vault",
        "Papiers",
        "Papers",
        "documents de toute sorte, officiels ou privés",
        "documents of all kinds, official or private",
    ),
    (
        "work",
        "Travail",
        "Work",
        "contrats de travail, bulletins de paie, congés et absences",
        "employment contracts, payslips, leave and absences",
    ),
)
_PLACES = (
    (
        "everything",
        "",
        "Tout votre espace",
        "Your whole space",
        "tout ce que votre espace contient",
        "all that your space holds",
    ),
    (
        "data",
        DATA,
        "Toutes les données rendues",
        "All data given back",
        "ce que toutes vos organisations vous ont rendu",
        "what all your organisations have given back to you",
    ),
    (
        "imports",
        IMPORTS,
        "Fichiers d’origine",
        "Original files",
        "les fichiers tels que vos organisations les ont donnés",
        "the files as your organisations gave them",
    ),
    (
        "history",
        HISTORY,
        "Anciennes versions",
        "Earlier versions",
        "ce que vos données disaient avant",
        "what your data said before",
    ),
    (
        "annotations",
        ANNOTATIONS,
        "Vos notes",
        "Your notes",
        "ce que vous et vos applications avez ajouté",
        "what you and your apps have added",
    ),
    (
        "profile",
        "profile/",
        "Votre carte de visite",
        "Your card",
        "votre nom et ce que vous dites de vous",
        "your name and what you say of yourself",
    ),
    (
        "public",
        "public/",
        "Ce que tout le monde peut lire",
        "What everybody can read",
        "ce que vous publiez",
        "what you publish",
    ),
    (
        "private",
        "private/",
        "Vos affaires privées",
        "Your private things",
        "ce que vous gardez pour vous",
        "what you keep to yourself",
    ),
    (
        "inbox",
        "inbox/",
        "Boîte de réception",
        "Inbox",
        "ce que l’on vous envoie",
        "what is sent to you",
    ),
    (
        "settings",
        "settings/",
        "Réglages",
        "Settings",
        "vos préférences et vos index",
        "your preferences and your indexes",
    ),
)

_HEALTH = Bilingual(fr="elles disent votre santé", en="they tell of your health")
# What the vocabulary does not say by itself, each with its reason.
_SENSITIVE: Mapping[str, Bilingual] = {
    "relation": Bilingual(
        fr="elles contiennent vos scores et vos litiges",
        en="they hold your scores and your disputes",
    ),
    "mobility": Bilingual(fr="elles disent où vous étiez", en="they tell where you were"),
    "education": Bilingual(
        fr="elles sont souvent celles d’un enfant", en="they are often those of a child"
    ),
    "vault": Bilingual(
        fr="on y trouve jugements, papiers de famille et d’enfants",
        en="judgments, papers of the family and of children are among them",
    ),
    "work": Bilingual(
        fr="elles disent votre salaire et vos arrêts maladie",
        en="they tell of your pay and of your sick leave",
    ),
    "imports": Bilingual(
        fr="les fichiers d’origine contiennent tout, santé comprise",
        en="the original files hold everything, health too",
    ),
    "history": Bilingual(
        fr="elles contiennent tout, santé comprise", en="they hold everything, health too"
    ),
}
_HOLDS_SENSITIVE = Bilingual(
    fr="elles contiennent aussi vos données sensibles", en="they hold your sensitive data too"
)
_OTHERS: Mapping[str, Bilingual] = {
    "community": Bilingual(fr="les personnes qui vous écrivent", en="the people who write to you"),
    "calendar": Bilingual(fr="les personnes que vous rencontrez", en="the people whom you meet"),
    "contacts": Bilingual(
        fr="les personnes de votre carnet d’adresses", en="the people in your address book"
    ),
    "telecom": Bilingual(fr="les personnes que vous appelez", en="the people whom you call"),
    "education": Bilingual(fr="vos camarades et vos enfants", en="your classmates and children"),
    "health": Bilingual(fr="les membres de votre foyer", en="the members of your household"),
    "inbox": Bilingual(fr="les personnes qui vous écrivent", en="the people who write to you"),
}
_SOMEBODY = Bilingual(fr="les personnes que vous connaissez", en="the people whom you know")


def _is_highest(domain: str) -> bool:
    """Whether a domain has a kind of record of a special category of the GDPR (article 9)."""
    known = glossary()
    kinds = (kind for kind in KINDS.values() if kind.domain == domain)
    return any(known[kind.iri].one(SD.sensitivity) == SDC.s4 for kind in kinds)


def _reason(name: str, path: str) -> Bilingual | None:
    own = _SENSITIVE.get(name) or (_HEALTH if _is_highest(name) else None)
    return own or (_HOLDS_SENSITIVE if DATA.startswith(path) else None)


def _made() -> dict[str, Category]:
    rows = [(name, f"{DATA}{name}/", *texts) for name, *texts in _DOMAINS]
    return {
        name: Category(
            name=name,
            path=path,
            label=Bilingual(fr=label_fr, en=label_en),
            what=Bilingual(fr=what_fr, en=what_en),
            sensitive=_reason(name, path),
            others=_OTHERS.get(name) or (_SOMEBODY if DATA.startswith(path) else None),
        )
        for name, path, label_fr, label_en, what_fr, what_en in (*rows, *_PLACES)
    }


CATEGORIES: Final[Mapping[str, Category]] = MappingProxyType(_made())
"""The categories by their names."""

_DEEPEST_FIRST = sorted(CATEGORIES.values(), key=lambda one: len(one.path), reverse=True)


def category_of(path: str) -> Category:
    """The category of a resource by its path relative to the root: that of the nearest container.

    What belongs to no other is of the category "everything".
    """
    return next(one for one in _DEEPEST_FIRST if path.startswith(one.path))


def covered(path: str) -> tuple[Category, ...]:
    """All categories that a container or document has data of: its own, and those below it."""
    below = (one for one in CATEGORIES.values() if one.path.startswith(path) and path != one.path)
    return (category_of(path), *(below if not path or path.endswith("/") else ()))
