"""Numbers of products (GTIN), as bar codes and receipts have them, held to their check digit."""

from typing import Final

_LENGTHS: Final = frozenset({8, 12, 13, 14})


def gtin(text: str) -> str:
    """A GTIN of 8, 12, 13 or 14 digits, as it is written.

    GS1 General Specifications §7.9: the digits before the last one weigh 3 and 1 in turn, from the
    right; with the check digit they make a multiple of ten. Raises ValueError otherwise.
    """
    digits = text.strip()
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdigit()):
        raise ValueError("a product number (GTIN) has 8, 12, 13 or 14 digits")
    if sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits))) % 10:
        raise ValueError("the check digit of this product number (GTIN) is wrong")
    return digits
