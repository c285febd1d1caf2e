"""In which language somebody reads: of the two that this server speaks (RFC 9110 §12.5.4)."""

from typing import Final

LANGUAGES: Final = ("en", "fr")
DEFAULT: Final = "en"


def language_of(accept_language: str | None) -> str:
    """The language for somebody who prefers these (RFC 9110 §12.5.4)."""
    ranked = sorted(map(_weighed, (accept_language or "").split(",")), reverse=True)
    return next((tag for weight, tag in ranked if weight > 0 and tag in LANGUAGES), DEFAULT)


def _weighed(item: str) -> tuple[float, str]:
    tag, _, parameter = item.strip().partition(";")
    name, _, value = parameter.strip().partition("=")
    try:
        weight = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        weight = 0.0
    # RFC 4647 §3.3.1: `fr-CA` wants French before anything else.
    return weight, tag.partition("-")[0].strip().lower()
