"""What a value in a manifest must be: each check gives the sentence that says what is wrong."""

from collections.abc import Callable, Container
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from pod.consent.categories import CATEGORIES
from pod.consent.countries import is_country
from pod.consent.manifest import expanded, field_iri, is_days, is_retention, price_of
from pod.consent.purposes import PURPOSES
from pod.consent.readability import words_of
from vocab.glossary import glossary
from vocab.names import SD

MOST_WORDS: Final = 25
"""In the one sentence that says what a purpose means."""

Check: TypeAlias = Callable[[Any], str | None]
"""From a value to what is wrong with it; None where nothing is."""


def text(value: Any) -> str | None:
    said = isinstance(value, str) and value.strip() and value.isprintable()
    return None if said else "write a text in one line"


def web_address(value: Any) -> str | None:
    return None if _is_address(value, "https") else "give an address that begins with https://"


def contact(value: Any) -> str | None:
    found = _is_address(value, "https") or (
        isinstance(value, str) and value.startswith("mailto:") and "@" in value
    )
    return None if found else "give an address that begins with mailto: or https://"


def country(value: Any) -> str | None:
    found = isinstance(value, str) and is_country(value)
    return None if found else "give the country as two capital letters, such as FR"


def one_of(names: Container[Any], listed: str) -> Check:
    def check(value: Any) -> str | None:
        return None if isinstance(value, str) and value in names else f"write one of {listed}"

    return check


def purpose(value: Any) -> str | None:
    found = isinstance(value, str) and expanded(value) in PURPOSES
    return None if found else "name a purpose of the list in the documentation for apps"


def category(value: Any) -> str | None:
    found = isinstance(value, str) and value in CATEGORIES
    return None if found else f"name one of the categories: {', '.join(sorted(CATEGORIES))}"


def property_(value: Any) -> str | None:
    if not isinstance(value, str) or not value:
        return "name a property of the vocabulary"
    iri = field_iri(value)
    if "://" not in iri:
        return f"`{value}` has a prefix that is not known here; write the property in full"
    if iri.startswith(SD.NS) and iri not in glossary():
        return f"`{value}` is no property of the vocabulary; is it misspelt?"
    return None


def days(value: Any) -> str | None:
    return None if is_days(value) else "give a whole number of days, of ten years at most"


def retention(value: Any) -> str | None:
    found = isinstance(value, str) and is_retention(value)
    return None if found else 'write "none", or a duration such as P6M or P30D'


def truth(value: Any) -> str | None:
    return None if isinstance(value, bool) else "write true or false"


def price(value: Any) -> str | None:
    if isinstance(value, dict) and price_of(value):
        return None
    return 'write an amount such as "3.00", a currency such as EUR, and what it is paid `per`'


def short(value: Any) -> str | None:
    """A sentence of MOST_WORDS words at most."""
    wrong = text(value)
    if wrong:
        return wrong
    count = len(words_of(value))
    return None if count <= MOST_WORDS else f"say it in {MOST_WORDS} words at most; it has {count}"


def _is_address(value: Any, scheme: str) -> bool:
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError:
        return False
    return parts.scheme == scheme and bool(parts.netloc) and value.isprintable()
