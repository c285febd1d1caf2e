"""The person's own terms: what she offers, and whether an asker keeps to what it has accepted.

As IEEE 7012 (MyTerms) has it: she is the first party and offers agreements from a short list, of
which the asker accepts one; nothing is negotiated, and both keep the same copy. Each agreement is
text for people and the same as JSON for programs, and is known by its name and the SHA-256 of both.
"""

# ruff: noqa: RUF001 - French is written with its own apostrophe

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from hashlib import sha256
from typing import Any, Final

from pod.agreements import MYTERMS, TermsAgreement, TermsSetting
from pod.consent.bilingual import Bilingual
from pod.consent.manifest import DURATION, NO_RETENTION, Manifest, Use
from pod.consent.purposes import PURPOSES, TRAINING
from pod.problems import NotFound, Unprocessable
from vocab.names import DPV

TYPE: Final = "terms-agreement+jws"
_MONTH, _YEAR = 30, 365  # days, as a promise not to be late


class Sharing(Enum):
    """Whom what was read may be passed on to."""

    NOBODY = "nobody"
    NAMED = "named"  # those that the app has named before it was given access
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One agreement. `purposes` are IRIs; `retention` the longest time that what was read may be
    kept after access has ended, and `erasure` the time in which it is erased on request, in days;
    `text` are the clauses in both languages.
    """

    name: str
    title: Bilingual
    text: tuple[Bilingual, ...]
    purposes: frozenset[str]
    retention: int
    sharing: Sharing
    training: bool
    erasure: int

    @property
    def said(self) -> Mapping[str, Any]:
        """All of it as JSON, from which its digest is made."""
        return {
            "name": self.name,
            "title": {"fr": self.title.fr, "en": self.title.en},
            "text": {
                "fr": [clause.fr for clause in self.text],
                "en": [clause.en for clause in self.text],
            },
            "purposes": sorted(self.purposes),
            "retention": f"P{self.retention}D",
            "sharing": self.sharing.value,
            "ai_training": self.training,
            "erasure": f"P{self.erasure}D",
        }

    @property
    def digest(self) -> str:
        """The SHA-256 of its JSON in hex: keys in order, no spaces, UTF-8."""
        text = json.dumps(self.said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


_BASE = Bilingual(
    fr="Vous ne demandez que ce qu’il faut pour la raison que vous avez dite, et n’en faites rien"
    " d’autre.",
    en="You ask only for what you need for the reason that you have given, and do nothing else"
    " with it.",
)
_ERASE = Bilingual(
    fr="Quand je le demande, vous effacez en un mois ce que vous avez lu, et vous me le confirmez.",
    en="When I ask, you erase within a month what you have read, and you confirm it to me.",
)
_NO_TRAINING = Bilingual(
    fr="Vous n’entraînez aucune intelligence artificielle avec mes données.",
    en="You do not train any artificial intelligence with my data.",
)


def _terms_of_dpv(*names: str) -> frozenset[str]:
    return frozenset(DPV.NS + name for name in names)


_TO_OTHERS = _terms_of_dpv("SellDataToThirdParties")
_TO_SELL = _terms_of_dpv("DirectMarketing", "PersonalisedAdvertising", "CommercialResearch")
_FOR_THEMSELVES = _terms_of_dpv(
    "ImproveExistingProductsAndServices", "CustomerSolvencyMonitoring", "ScientificResearch"
)
_EVERY = frozenset(PURPOSES)

STRICT: Final = Terms(
    name="strict",
    title=Bilingual(fr="Strictes", en="Strict"),
    text=(
        _BASE,
        Bilingual(
            fr="Vous ne gardez rien une fois l’accès terminé, et ne transmettez rien à personne.",
            en="You keep nothing once access has ended, and pass nothing on to anybody.",
        ),
        _NO_TRAINING,
        _ERASE,
    ),
    purposes=_EVERY - _TO_OTHERS - _TO_SELL - _FOR_THEMSELVES - {TRAINING},
    retention=0,
    sharing=Sharing.NOBODY,
    training=False,
    erasure=_MONTH,
)
USUAL: Final = Terms(
    name="usual",
    title=Bilingual(fr="Habituelles", en="Usual"),
    text=(
        _BASE,
        Bilingual(
            fr="Vous gardez ce que vous avez lu un an au plus après la fin de l’accès.",
            en="You keep what you have read for one year at most after access has ended.",
        ),
        Bilingual(
            fr="Vous ne transmettez mes données qu’à ceux que vous avez nommés d’avance.",
            en="You pass my data on only to those whom you have named beforehand.",
        ),
        _NO_TRAINING,
        _ERASE,
    ),
    purposes=_EVERY - _TO_OTHERS - _TO_SELL - {TRAINING},
    retention=_YEAR,
    sharing=Sharing.NAMED,
    training=False,
    erasure=_MONTH,
)
OPEN: Final = Terms(
    name="open",
    title=Bilingual(fr="Ouvertes", en="Open"),
    text=(
        _BASE,
        Bilingual(
            fr="Vous gardez ce que vous avez lu cinq ans au plus après la fin de l’accès.",
            en="You keep what you have read for five years at most after access has ended.",
        ),
        Bilingual(
            fr="Vous pouvez transmettre mes données, et entraîner une intelligence artificielle"
            " avec elles, si vous l’avez dit d’avance.",
            en="You may pass my data on, and train an artificial intelligence with them, if you"
            " have said so beforehand.",
        ),
        _ERASE,
    ),
    purposes=_EVERY,
    retention=5 * _YEAR,
    sharing=Sharing.ANYBODY,
    training=True,
    erasure=_MONTH,
)
PRESETS: Final = {terms.name: terms for terms in (STRICT, USUAL, OPEN)}
"""All agreements, the strictest first."""
USUALLY: Final = TermsSetting(USUAL.name)
"""What holds for whoever has chosen nothing."""


def offers(setting: TermsSetting) -> tuple[Terms, ...]:
    """What an asker can accept: what she has chosen, and what binds it more."""
    names = [*PRESETS]
    upto = names.index(setting.preset if setting.preset in PRESETS else STRICT.name)
    return tuple(PRESETS[name] for name in reversed(names[: upto + 1]))


def offered(name: str) -> Terms:
    """The agreement of a name. Raises NotFound."""
    found = PRESETS.get(name)
    if found is None:
        raise NotFound("there is no agreement of this name among the person's terms")
    return found


def is_current(agreement: TermsAgreement, setting: TermsSetting) -> bool:
    """Whether what was accepted is among what she offers now, word for word."""
    return any(
        (agreement.offer, agreement.digest) == (terms.name, terms.digest)
        for terms in offers(setting)
    )


def must_accept(setting: TermsSetting, *, by_request: bool) -> bool:
    """Whether an asker has to accept her terms first: always for an access request; of an app that
    she signs in to where she wants it of all. Else she is shown that it has not.
    """
    return by_request or setting.of_all


def against(terms: Terms, purpose: str, retention: str | None, use: Use | None) -> str | None:
    """What is asked against an agreement that was accepted, in a sentence; None for nothing.

    `use` is what the app's manifest says of the purpose, None where it says nothing.
    """
    if not terms.training and (purpose == TRAINING or (use is not None and use.trains)):
        return "the terms that were accepted forbid to train artificial intelligence with the data"
    if purpose not in terms.purposes:
        return "the terms that were accepted forbid this purpose"
    if _days(retention if use is None or retention else use.retention) > terms.retention:
        return "the terms that were accepted forbid to keep the data that long"
    if use is not None and use.recipients and terms.sharing is Sharing.NOBODY:
        return "the terms that were accepted forbid to pass the data on"
    return None


def check_fits(
    agreement: TermsAgreement, purpose: str, retention: str | None, manifest: Manifest
) -> None:
    """Raise Unprocessable, which says why, where what is asked is against what was accepted."""
    use = manifest.use_for(purpose)
    wrong = against(offered(agreement.offer), purpose, retention, use)
    if wrong is not None:
        raise Unprocessable(wrong)


def offer_document(storage: str, setting: TermsSetting) -> Mapping[str, Any]:
    """What she offers, as everybody may read it: in JSON."""
    found = offers(setting)
    return {
        "standard": "IEEE 7012",
        "first_party": storage,
        "contexts": {
            "access_request": {"agreement": found[0].name, "required": True},
            "app": {"agreement": found[0].name, "required": setting.of_all},
        },
        "agreements": [{**terms.said, "sha256": terms.digest} for terms in found],
        "accept": f"{storage}{MYTERMS}",
    }


def agreed(agreement: TermsAgreement, terms: Terms, storage: str, owner: str) -> Mapping[str, Any]:
    """What both sides sign and keep, before it is signed; `owner` is the WebID of the person."""
    return {
        "standard": "IEEE 7012",
        "id": f"{storage}{MYTERMS}/{agreement.id}",
        "first_party": owner,
        "second_party": agreement.agent,
        "client": agreement.client,
        "accepted": agreement.created.astimezone(UTC).isoformat(),
        "agreement": {**terms.said, "sha256": terms.digest},
    }


def _days(retention: str | None) -> int:
    """A retention in days; of who says nothing 0, since the agreement binds it anyhow."""
    found = None if retention in {None, NO_RETENTION} else DURATION.fullmatch(retention or "")
    if found is None:
        return 0
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return years * _YEAR + months * _MONTH + weeks * 7 + days
