"""What an app says of itself in the document that is its client id.

Its members of OpenID Connect are for pod.oidc; these are ours, explained in docs/apps.md and given
their meaning by the context vocab/contexts/app.jsonld. Nothing here is proven: they are the words
of who asks, shown as such, and kept with what a person agrees to. Read leniently: what cannot be
understood was not said. What an app ought to say is for pod.consent.lint.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar

from acl import MODES, Mode
from pod.consent.bilingual import LANGUAGES, Bilingual, bilingual
from pod.consent.categories import CATEGORIES
from pod.consent.countries import is_country
from pod.consent.purposes import PURPOSES, TRAINING
from vocab.prefixes import PREFIXES

ASKABLE: Final[Mapping[str, Mode]] = {
    name: mode for name, mode in MODES.items() if mode is not Mode.CONTROL
}
"""What can be asked for. Nobody can ask for the right to give rights."""

KINDS: Final = ("person", "company", "association", "public", "research")
PROCESSING: Final = ("local", "leaving")
PERIODS: Final = ("once", "use", "month", "year")
NO_RETENTION: Final = "none"
DURATION: Final = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")
"""A duration of ISO 8601 in whole days or more."""

_T = TypeVar("_T")

_LONGEST_TEXT = 1000
_MOST = 50  # of anything that can be repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Who answers for what an app does with data. `country` is a code of two letters; what is not
    said is "".
    """

    legal_name: str
    kind: str
    country: str
    contact: str
    privacy_notice: str
    identifier: str

    @property
    def is_identified(self) -> bool:
        """Whether it is said who that is, where, and how to reach them."""
        return bool(self.legal_name and self.country and self.contact and self.privacy_notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Data of one category that are asked for; `fields` are IRIs of properties, () for all."""

    category: str
    fields: tuple[str, ...]
    modes: Mode
    reason: Bilingual | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody whom data are passed on to."""

    name: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """All that one question to a person is about: data for one purpose.

    `processing` is one of PROCESSING, "" where it is not said, and `country` where that is done.
    `retention` is a duration of ISO 8601, NO_RETENTION, or None where it is not said; `days` for
    how long access is wanted, None for until it is stopped.
    """

    purpose: str
    sentence: Bilingual | None
    required: tuple[Need, ...]
    optional: tuple[Need, ...]
    processing: str
    country: str
    recipients: tuple[Recipient, ...]
    retention: str | None
    days: int | None
    ai_training: bool | None
    person_gains: Bilingual | None
    app_gains: Bilingual | None

    @property
    def trains(self) -> bool:
        return bool(self.ai_training) or self.purpose == TRAINING


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What it costs: `amount` in `currency` (ISO 4217), for one of PERIODS; both "" for nothing."""

    amount: Decimal
    currency: str
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an app says of itself. `terms` are the ids of the person's agreements it accepts."""

    client: str
    name: str
    logo: str
    controller: Controller | None
    uses: tuple[Use, ...]
    price: Price | None
    terms: tuple[str, ...]

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing about itself but what signing in needs."""
        return self.controller is None and not self.uses

    def use_for(self, purpose: str) -> Use | None:
        return next((use for use in self.uses if use.purpose == purpose), None)


def read_manifest(text: str | bytes | None) -> Manifest:
    """What a client id document says; of None, and of what is no JSON object, that it is silent."""
    try:
        document = json.loads(text or "{}")
    except (ValueError, RecursionError):
        document = {}
    return manifest_of(document if isinstance(document, dict) else {})


def manifest_of(document: Mapping[str, Any]) -> Manifest:
    """The same of a document that is parsed already."""
    said = _object(document, "controller")
    return Manifest(
        client=_text(document, "client_id"),
        name=_text(document, "client_name"),
        logo=_address(document, "logo_uri"),
        controller=_controller(said) if said else None,
        uses=_first_of_each(map(_use, _objects(document, "uses")), lambda use: use.purpose),
        price=price_of(_object(document, "price")),
        terms=tuple(dict.fromkeys(one for one in _list(document, "terms") if _is_name(one))),
    )


def why_not(
    manifest: Manifest, purpose: str, *, where: str = "in your client id document"
) -> str | None:
    """Why an app cannot ask for data for a purpose, in a sentence; None where it can. `where` is
    where it says what it says of itself.
    """
    # CON-09, PRI-21: who answers for it, what for, and who gains what, before anything is asked.
    if purpose not in PURPOSES:
        return "name a purpose of the list in the documentation for apps"
    if manifest.controller is None or not manifest.controller.is_identified:
        return f"say {where} who answers for the app: `controller`"
    use = manifest.use_for(purpose)
    if use is None or use.sentence is None:
        return f"say {where} what this purpose means, in a sentence: `uses`"
    if use.person_gains is None or use.app_gains is None:
        return f"say {where} what each side gains: `person_gains`, `app_gains`"
    return None


def _controller(said: Mapping[str, Any]) -> Controller:
    kind = _text(said, "kind")
    return Controller(
        legal_name=_text(said, "legal_name"),
        kind=kind if kind in KINDS else "",
        country=_country(said),
        contact=_contact(said),
        privacy_notice=_address(said, "privacy_notice"),
        identifier=_text(said, "identifier"),
    )


def _use(said: Mapping[str, Any]) -> Use:
    days, trains = said.get("days"), said.get("ai_training")
    required = _needs(said, "required")
    known = {need.category for need in required}
    processing = _text(said, "processing")
    return Use(
        purpose=expanded(_text(said, "purpose")),
        sentence=_texts(said, "sentence"),
        required=required,
        optional=tuple(one for one in _needs(said, "optional") if one.category not in known),
        processing=processing if processing in PROCESSING else "",
        country=_country(said),
        recipients=_recipients(said),
        retention=_retention(said),
        days=days if is_days(days) else None,
        ai_training=trains if isinstance(trains, bool) else None,
        person_gains=_texts(said, "person_gains"),
        app_gains=_texts(said, "app_gains"),
    )


def _recipients(said: Mapping[str, Any]) -> tuple[Recipient, ...]:
    named = (one for one in _objects(said, "recipients") if _text(one, "name"))
    found = (Recipient(name=_text(one, "name"), country=_country(one)) for one in named)
    return tuple(dict.fromkeys(found))


def _needs(said: Mapping[str, Any], member: str) -> tuple[Need, ...]:
    """What is asked for; a category that is none of ours cannot be shown, nor given."""
    needs = (
        Need(
            category=_text(one, "category"),
            fields=_fields(one),
            modes=_modes(_list(one, "modes")),
            reason=_texts(one, "reason"),
        )
        for one in _objects(said, member)
        if _text(one, "category") in CATEGORIES
    )
    return _first_of_each(needs, lambda need: need.category)


def _first_of_each(said: Iterable[_T], about: Callable[[_T], str]) -> tuple[_T, ...]:
    """What is said twice of the same was said the first time."""
    found: dict[str, _T] = {}
    for one in said:
        found.setdefault(about(one), one)
    return tuple(found.values())


def _fields(said: Mapping[str, Any]) -> tuple[str, ...]:
    named = (field_iri(name) for name in _list(said, "fields") if _is_name(name))
    return tuple(sorted(set(named)))


def _modes(names: Iterable[Any]) -> Mode:
    found = Mode.NONE
    for name in names:
        found |= ASKABLE.get(name, Mode.NONE) if isinstance(name, str) else Mode.NONE
    return found or Mode.READ


def expanded(name: str) -> str:
    """The IRI that a prefixed name of the context stands for; anything else as it is."""
    prefix, colon, local = name.partition(":")
    if prefix == "ai":
        return TRAINING.partition("#")[0] + "#" + local
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def field_iri(name: str) -> str:
    """The IRI of a field, which is written as a property of the shared vocabulary, or in full."""
    return expanded(name if ":" in name else f"sd:{name}")


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and name.isprintable() and 0 < len(name) <= _LONGEST_TEXT


def is_days(value: Any) -> bool:
    """Whether a value is a number of days that access can be asked for."""
    return type(value) is int and 0 < value <= 3660


def _retention(said: Mapping[str, Any]) -> str | None:
    """How long data are kept, each duration spelt in one way."""
    text = _text(said, "retention")
    found = DURATION.fullmatch(text)
    if found is None:
        return text if text == NO_RETENTION else None
    numbers = (
        (int(number or 0), unit) for number, unit in zip(found.groups(), "YMWD", strict=True)
    )
    spelt = "".join(f"{number}{unit}" for number, unit in numbers if number)
    return f"P{spelt}" if spelt else NO_RETENTION


def is_retention(text: str) -> bool:
    return text == NO_RETENTION or DURATION.fullmatch(text) is not None


def price_of(said: Mapping[str, Any]) -> Price | None:
    """What is said of the price; None where it cannot be understood."""
    amount, currency, per = (_text(said, name) for name in ("amount", "currency", "per"))
    try:
        number = Decimal(amount)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or per not in PERIODS or len(currency) != 3:
        return None
    if number == 0:
        return Price(amount=Decimal(0), currency="", per="")
    return Price(amount=number, currency=currency, per=per)


def _object(said: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    found = said.get(member)
    return found if isinstance(found, dict) else {}


def _objects(said: Mapping[str, Any], member: str) -> list[Mapping[str, Any]]:
    return [one for one in _list(said, member) if isinstance(one, dict)]


def _list(said: Mapping[str, Any], member: str) -> list[Any]:
    """A list of JSON; one value stands for a list of one, as in JSON-LD."""
    found = said.get(member, [])
    return (found if isinstance(found, list) else [found])[:_MOST]


def _text(said: Mapping[str, Any], member: str) -> str:
    text = said.get(member)
    return text.strip()[:_LONGEST_TEXT] if isinstance(text, str) and text.isprintable() else ""


def _texts(said: Mapping[str, Any], member: str) -> Bilingual | None:
    texts = _object(said, member)
    return bilingual({language: _text(texts, language) for language in LANGUAGES})


def _address(said: Mapping[str, Any], member: str) -> str:
    text = _text(said, member)
    return text if text.startswith("https://") else ""


def _contact(said: Mapping[str, Any]) -> str:
    text = _text(said, "contact")
    return text if text.startswith(("https://", "mailto:")) else ""


def _country(said: Mapping[str, Any]) -> str:
    text = _text(said, "country")
    return text if is_country(text) else ""
