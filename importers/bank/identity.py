"""The numbers that mean one account: an IBAN, and the national parts that it is made of.

French and German banks write either, by format. Each follows from the other: an IBAN has the
national number in it, and its check digits follow from that (ISO 13616, ISO 7064 MOD 97-10).
"""

import re
from collections.abc import Iterator

from importers.contract import Key

_FRENCH = re.compile(r"FR\d{2}(\d{5})(\d{5})([A-Z0-9]{11})\d{2}", re.ASCII)
_GERMAN = re.compile(r"DE\d{2}(\d{8})(\d{10})", re.ASCII)
# Some banks put their BIC before the IBAN, or the currency of the account behind it.
_IBAN = re.compile(
    r"(?:[A-Z0-9]{8,11}/)?((?:FR\d{12}[A-Z0-9]{11}|DE\d{18})\d{2})(?:[A-Z]{3})?", re.ASCII
)
_RIB = re.compile(r"(\d{5})(\d{5})([A-Z0-9]{11})(\d{2})", re.ASCII)
_BLZ = re.compile(r"(\d{8})/(\d{1,10})", re.ASCII)
# The letters of a French account number as the digits that its key is made with.
_RIB_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def other_names(account: Key) -> tuple[Key, ...]:
    """The keys that other formats give an account, as far as they follow from this one; else ()."""
    iban = iban_of(account)
    if iban is None:
        return ()
    names = dict.fromkeys(Key(natural=parts) for parts in _spelled(iban))
    return tuple(name for name in names if name != account)


def iban_of(account: Key) -> str | None:
    """The IBAN of an account by its key, None where that does not surely tell it."""
    parts = tuple("".join(part.upper().split()) for part in account.natural)
    if not parts:
        return None
    return _written_out(parts[-1]) or (_of_number(parts[0]) if len(parts) == 1 else _of(parts))


def _written_out(text: str) -> str | None:
    found = _IBAN.fullmatch(text)
    iban = found.group(1) if found else ""
    return iban if iban and iban == _with_check_digits(iban[:2], iban[4:]) else None


def _of_number(number: str) -> str | None:
    """From one text: a whole RIB whose key agrees, or a Bankleitzahl and a number."""
    if (rib := _RIB.fullmatch(number)) and rib.group(4) == _rib_key(*rib.groups()[:3]):
        return _with_check_digits("FR", number)
    if german := _BLZ.fullmatch(number):
        return _with_check_digits("DE", german.group(1) + german.group(2).zfill(10))
    return None


def _of(parts: tuple[str, ...]) -> str | None:
    """From bank, branch and number."""
    if [len(part) for part in parts] == [5, 5, 11] and _RIB.fullmatch("".join((*parts, "00"))):
        bank, branch, number = parts
        return _with_check_digits("FR", "".join((*parts, _rib_key(bank, branch, number))))
    return None if any(parts[1:-1]) else _of_number(f"{parts[0]}/{parts[-1]}")


def _spelled(iban: str) -> Iterator[tuple[str, ...]]:
    yield (iban,)
    yield (f"{iban}EUR",)
    if french := _FRENCH.fullmatch(iban):
        bank, branch, number = french.groups()
        yield from ((bank, branch, number), (iban[4:],), (bank, branch, iban), (bank, "", iban))
    if german := _GERMAN.fullmatch(iban):
        bank, number = german.groups()
        for written in (number, number.lstrip("0")):
            yield from ((f"{bank}/{written}",), (bank, "", written))


def _rib_key(bank: str, branch: str, number: str) -> str:
    weighted = 89 * int(bank) + 15 * int(branch) + 3 * int(number.translate(_RIB_DIGITS))
    return f"{97 - weighted % 97:02}"


def _with_check_digits(country: str, national: str) -> str:
    digits = "".join(str(int(mark, 36)) for mark in f"{national}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{national}"
