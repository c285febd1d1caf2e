"""The cells of tables of orders: amounts, times, and how an order was paid."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.clock import american_date, french_date, instant, iso_date
from importers.money import decimal

_NONE: Final = frozenset({"", "not available", "not applicable", "n/a"})
_SIGNS = str.maketrans("", "", "$€£")
_AMERICAN = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) (\d{2}:\d{2}:\d{2}) UTC", re.ASCII)
_CARD = re.compile(r"visa|master ?card|american express|amex|carte|card|discover|maestro")
_GIFT = re.compile(r"gift|cadeau|gutschein")
_CENTS = re.compile(r"-?[\d.\s]*\d,\d{1,2}")
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


def nothing(cell: str) -> bool:
    """Whether a cell stands for nothing: it is empty, or says so."""
    return cell.strip("'").lower() in _NONE


def amount(text: str, mark: str) -> Decimal:
    """An amount, without the sign of its currency. Cents behind a comma are cents in any table.

    Raises ValueError for none, and where it could be read in two ways.
    """
    text = text.translate(_SIGNS)
    if not mark and _TWO_WAYS.fullmatch(text):
        raise ValueError("this amount could be read in two ways")
    has_cents = _CENTS.fullmatch(text.strip("'"))
    return decimal(text, mark="," if has_cents else mark or ".")


def moment(text: str) -> tuple[date, datetime | None]:
    """The day and, where it is told with its offset, the time of an order.

    The day is the one that the file writes, in UTC for a shop that writes UTC. Raises ValueError.
    """
    if american := _AMERICAN.fullmatch(text):
        at = instant(f"{american_date(american[1])}T{american[2]}Z")
        return at.date(), at
    if "T" in text or text.endswith("Z"):
        at = instant(text)
        return at.date(), at
    day = text.partition(" ")[0]
    return (iso_date(day) if "-" in day else french_date(day)), None


def sent(text: str) -> date | None:
    """The day on which a parcel was sent, None where it is not told."""
    try:
        return moment(text)[0]
    except ValueError:
        return None


def nature_of(payment: str) -> str:
    """The code of how an order was paid, "" where it was in several ways or another one."""
    ways = {_way(part) for part in payment.lower().split(" and ") if part.strip()}
    return ways.pop() if len(ways) == 1 else ""


def _way(words: str) -> str:
    if _GIFT.search(words):
        return "giftCard"
    return "card" if _CARD.search(words) else ""


_PAGES: Final[Mapping[str, str]] = MappingProxyType({"amazon": "dp"})
_SITE = re.compile(r"(?:www\.)?((amazon)\.[a-z.]{2,6})")
_PRODUCT = re.compile(r"[A-Z0-9]{10}")


def page_of(site: str, product: str) -> str:
    """The page of a product, where the shop and the product say it."""
    found = _SITE.fullmatch(site)
    if found is None or not _PRODUCT.fullmatch(product):
        return ""
    return f"https://www.{found[1]}/{_PAGES[found[2]]}/{product}"
