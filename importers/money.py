"""Numbers and amounts as holders write them, read exactly. A float never holds money."""

import re
from decimal import Decimal
from functools import lru_cache

# Blanks and the apostrophe of Swiss exports group thousands.
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
_MINUS = str.maketrans("\u2212\u2013", "--")
_PLAIN = _MINUS | str.maketrans("", "", f"{_BLANKS}'\u2019")
# 18 digits on each side: more does not fit an xsd:decimal of the store.
_NUMBER = re.compile(r"([+-]?)(\d{1,18})(?:\.(\d{1,18}))?", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_FRENCH_IBAN = 27
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def decimal(text: str, *, mark: str = ".") -> Decimal:
    """A number with the given decimal mark; the other of comma and full stop groups thousands.

    Takes `+1339.85`, `-23,45`, `2 000,00`, `11'373.94`. Raises ValueError otherwise: a number is
    never guessed.
    """
    other = "," if mark == "." else "."
    if other not in text and _NUMBER.fullmatch(plain := text.replace(mark, ".")):
        return Decimal(plain)  # as most are
    plain = text.translate(_PLAIN)
    found = _NUMBER.fullmatch(_ungrouped(plain, other, mark).replace(mark, "."))
    if found is None:
        raise ValueError("this is not a number")
    return Decimal(found.group())


def _ungrouped(plain: str, other: str, mark: str) -> str:
    """The number without its thousands marks, which stand before each three digits or nowhere."""
    whole, dot, fraction = plain.partition(mark)
    if other not in plain:
        return plain
    if other in fraction or not re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(?:\{other}\d{{3}})+", whole):
        raise ValueError("this is not a number")
    return whole.replace(other, "") + dot + fraction


def xml_decimal(text: str) -> Decimal:
    """A number of an XML document, in which either side of the full stop may be empty: `100.`.

    XML Schema Part 2 §3.2.3.1. Raises ValueError for anything else.
    """
    plain = text.strip()
    sign, figures = (plain[:1], plain[1:]) if plain[:1] in {"+", "-"} else ("", plain)
    if figures.endswith(".") or (figures.startswith(".") and len(figures) > 1):
        whole, _, fraction = figures.partition(".")
        plain = f"{sign}{whole or '0'}.{fraction or '0'}" if whole or fraction else plain
    return decimal(plain)


def ungrouped(text: str) -> Decimal:
    """A number of a holder who groups no thousands, with either decimal mark: `0.063`, `0,063`.

    A program that saves a table anew takes the mark of its country. Raises ValueError otherwise.
    """
    found = _NUMBER.fullmatch(text.translate(_MINUS).replace(",", "."))
    if found is None:
        raise ValueError("this is not a number")
    return Decimal(found.group())


def decimal_comma(text: str) -> Decimal:
    """A number as the French write it: `-1 234,56`."""
    return decimal(text, mark=",")


@lru_cache(maxsize=256)
def currency(text: str) -> str:
    """A currency by its three letters (ISO 4217). Raises ValueError otherwise."""
    if not _CURRENCY.fullmatch(text):
        raise ValueError("this is not a currency of three letters")
    return text


def iban(text: str) -> str:
    """An IBAN without its blanks. Raises ValueError for what cannot be one (ISO 13616)."""
    plain = "".join(text.split()).upper()
    if not _IBAN.fullmatch(plain):
        raise ValueError("this is not an IBAN")
    if plain.startswith("FR") and len(plain) != _FRENCH_IBAN:
        raise ValueError(f"an IBAN of France has 27 characters, and this has {len(plain)}")
    if not has_check_digits(plain):
        raise ValueError("the check digits of this IBAN are wrong")
    return plain


def has_check_digits(plain: str) -> bool:
    """Whether the check digits of an IBAN without blanks, in capitals, are right (ISO 13616)."""
    # ISO 7064, MOD 97-10: the first four behind the others, letters as 10 to 35.
    return int("".join(str(int(mark, 36)) for mark in plain[4:] + plain[:4])) % 97 == 1


def masked(number: str) -> str:
    """An IBAN or account number as it may be shown: its first and last four characters."""
    # The full number stays in the source file, which only the person reads.
    plain = "".join(number.split())
    return f"{plain[:4]}****{plain[-4:]}" if len(plain) >= 12 else f"****{plain[-4:]}"
