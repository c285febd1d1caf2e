"""What made-up apps say of themselves: the example of the documentation, and others like it."""

import copy
import json
from typing import Any

from hypothesis import strategies as st
from pages import blocks

from pod.consent.asked import Asked, of_use
from pod.consent.categories import CATEGORIES
from pod.consent.manifest import KINDS, PERIODS, PROCESSING, manifest_of
from pod.consent.purposes import PURPOSES


def example() -> dict[str, Any]:
    """The client id document that docs/apps.md shows."""
    (text,) = (block for block in blocks("docs/apps.md", "json") if '"uses"' in block)
    return dict(json.loads(text))


def changed(path: str, value: object = None) -> dict[str, Any]:
    """The example with another value at a place ("uses/0/days"), or without it where it is None."""
    document = example()
    *way, last = path.split("/")
    inner: Any = document
    for step in way:
        inner = inner[int(step) if step.isdecimal() else step]
    if value is None:
        del inner[last]
    else:
        inner[int(last) if last.isdecimal() else last] = copy.deepcopy(value)
    return document


def asked(document: dict[str, Any] | None = None) -> Asked:
    """The question of the first use of a document, or of the example."""
    manifest = manifest_of(example() if document is None else document)
    return of_use(manifest, manifest.uses[0])


TEXTS = st.text("abc é{}<&\"'", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
BOTH = st.fixed_dictionaries({"fr": TEXTS, "en": TEXTS})
COUNTRIES = st.sampled_from(["FR", "IE", "US", "QQ"])


def needs() -> st.SearchStrategy[list[dict[str, Any]]]:
    modes = st.lists(st.sampled_from(["read", "append", "write"]), unique=True)
    fields = st.lists(st.sampled_from(["date", "amount", "schema:name"]), unique=True)
    one = st.fixed_dictionaries(
        {"category": st.sampled_from(sorted(CATEGORIES))},
        optional={"modes": modes, "fields": fields, "reason": BOTH},
    )
    return st.lists(one, max_size=3, unique_by=lambda need: need["category"])


def uses() -> st.SearchStrategy[dict[str, Any]]:
    recipient = st.fixed_dictionaries({"name": TEXTS}, optional={"country": COUNTRIES})
    return st.fixed_dictionaries(
        {"purpose": st.sampled_from(sorted(PURPOSES)), "required": needs(), "optional": needs()},
        optional={
            "sentence": BOTH,
            "processing": st.sampled_from(PROCESSING),
            "country": COUNTRIES,
            "recipients": st.lists(recipient, max_size=2),
            "retention": st.sampled_from(["none", "P6M", "P1Y2M", "P0D", "P2W3D", "P01M", "P1M"]),
            "days": st.integers(1, 3660),
            "ai_training": st.booleans(),
            "person_gains": BOTH,
            "app_gains": BOTH,
        },
    )


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Documents that say something, and leave things out."""
    controller = st.fixed_dictionaries(
        {"legal_name": TEXTS},
        optional={
            "kind": st.sampled_from(KINDS),
            "country": COUNTRIES,
            "contact": st.just("mailto:a@app.example"),
            "privacy_notice": st.just("https://app.example/privacy"),
            "identifier": TEXTS,
        },
    )
    price = st.fixed_dictionaries(
        {
            "amount": st.sampled_from(["0", "0.00", "2.50", "2.5"]),
            "currency": st.sampled_from(["EUR", "CHF"]),
            "per": st.sampled_from(PERIODS),
        }
    )
    return st.fixed_dictionaries(
        {"client_id": st.just("https://app.example/id")},
        optional={
            "client_name": TEXTS,
            "logo_uri": st.just("https://app.example/logo.png"),
            "controller": controller,
            "price": price,
            "terms": st.lists(TEXTS, max_size=2),
            "uses": st.lists(uses(), min_size=1, max_size=2),
        },
    )


QUESTIONS = (
    documents()
    .map(manifest_of)
    .filter(lambda said: said.uses)
    .map(lambda said: of_use(said, said.uses[0]))
)
"""Questions that apps ask."""
