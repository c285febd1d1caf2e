"""Numbers that are never stored, out of a text: of social security, accounts, cards, telephones."""

import re
from typing import Final

from importers.money import has_check_digits
from importers.nir import without_any
from importers.phone import IN_TEXT

_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD: Final = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d.,]\d)")
_SHOWN = 4
_SHOWN_OF_A_TELEPHONE = 2


def masked(text: str) -> str:
    """A text without social security numbers, in which accounts and cards show four characters.

    What is an IBAN (ISO 13616) or the number of a card (ISO/IEC 7812) is told by its check digits.
    Of a telephone, which may be somebody else's, two digits are shown.
    """
    found = _IBAN.sub(
        lambda one: _shown(one[0]) if has_check_digits(one[0].replace(" ", "")) else one[0], text
    )
    found = _CARD.sub(lambda one: _shown(one[0]) if _is_card(one[0]) else one[0], found)
    found = IN_TEXT.sub(lambda one: _shown(one[0], _SHOWN_OF_A_TELEPHONE), found)
    return without_any(found)


def _shown(number: str, count: int = _SHOWN) -> str:
    return "****" + number.replace(" ", "")[-count:]


def _is_card(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    doubled = (n if at % 2 == 0 else n * 2 - 9 * (n > 4) for at, n in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0
