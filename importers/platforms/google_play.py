"""Google Takeout: orders, installations and reviews of the Play Store (JSON).

An order is a purchase, labelled with the things in it, of which the file tells no price; what was
given back is told as a remark.
Prices are texts in the language of the account, `€1.99`, `1,99 €`: a bare `$` is the sign of
several currencies and is not guessed, `--option currency=USD` says it. Not kept: addresses, cards,
the address of the network, and the device of an installation.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from importers.clock import instant
from importers.contract import Code, Item, Key, Option, Options, Problem, Record, Value
from importers.document import Element
from importers.money import currency, decimal
from importers.platforms.holders import GOOGLE
from importers.platforms.json_file import JsonFile
from importers.platforms.online import Act, record_of

_PRICE: Final = re.compile(r"([^\d.,+-]*?)\s*([\d.,'\u2019\s]*\d)\s*([^\d.,]*)")
_SIGNS: Final = {"€": "EUR", "£": "GBP", "US$": "USD", "CA$": "CAD", "A$": "AUD", "zł": "PLN"}
_EURO: Final = "EUR"
_CENTS: Final = re.compile(r"[.,](\d{1,2})$")

CURRENCY: Final = Option(
    name="currency",
    fr="la devise des prix, là où le fichier n'en donne qu'un signe commun à plusieurs",
    en="the currency of the prices, where the file gives only a sign that several have",
    example="USD",
    read=currency,
)


def price(text: str, said: str) -> tuple[Decimal, str]:
    """An amount and its currency. `said` is the one of a sign that several have, "" for none.

    Raises ValueError for what is no price, and where the currency is not known.
    """
    found = _PRICE.fullmatch(text.strip())
    if found is None:
        raise ValueError("this is no price")
    before, number, after = found.groups()
    cents = _CENTS.search(number)
    amount = decimal(number, mark=cents[0][0] if cents else ".")
    sign = (before or after).strip()
    money = _SIGNS.get(sign, sign if re.fullmatch(r"[A-Z]{3}", sign) else said)
    if not money and amount:
        raise ValueError("the sign of its currency is that of several: `--option currency=USD`")
    return amount, money or _EURO


def _order(element: Element, options: Options) -> Iterator[Item]:
    said = options.said(CURRENCY)
    at, number = instant(element.text("orderHistory/creationTime")), _id(element)
    total, money = price(element.text("orderHistory/totalPrice"), said)
    things = _things(element)
    fields: list[tuple[str, Value]] = [
        ("sd:date", at.date()),
        ("schema:startTime", at),
        ("sd:total", total),
        ("sd:channel", Code("app")),
        ("sd:counterpartyName", "Google Play"),
    ]
    if money != _EURO:
        fields.append(("sd:currency", money))
    if things:
        fields.append(("sd:sourceLabel", things))
    yield Record(
        kind="Purchase",
        key=Key(stable=number),
        fields=tuple(fields),
        on=at.date(),
        locator=element.locator,
    )
    back = element.text("orderHistory/refundAmount")
    if back and price(back, said or money)[0]:
        yield Problem(element.locator, "a part of this order was given back", row=False)


def _id(element: Element) -> str:
    number = element.text("orderHistory/orderId")
    if not number:
        raise ValueError("the order has no number")
    return number


def _things(element: Element) -> str:
    """The names of what was ordered, which have no price of their own."""
    lines = element.get("orderHistory/lineItem")
    if lines is not None and not isinstance(lines, list):
        raise ValueError("`lineItem` is no list")
    return "; ".join(filter(None, (Element("", line).text("doc/title") for line in lines or ())))


def _install(element: Element, _options: Options) -> Iterator[Item]:
    title = _title(element, "install/doc")
    at = instant(element.text("install/firstInstallationTime"))
    yield record_of(Act(at=at, nature="install", label=title, locator=element.locator))


def _review(element: Element, _options: Options) -> Iterator[Item]:
    title = _title(element, "review/document")
    at = instant(element.text("review/creationTime"))
    said = " ".join(filter(None, (element.text("review/title"), element.text("review/comment"))))
    more: list[tuple[str, Value]] = [("schema:text", said)] if said else []
    stars = element.number_or_none("review/starRating")
    if stars is not None:
        more.append(("schema:ratingValue", stars))
    yield record_of(
        Act(at=at, nature="comment", label=title, locator=element.locator, more=tuple(more))
    )


def _title(element: Element, path: str) -> str:
    title = element.text(f"{path}/title")
    if not title:
        raise ValueError("the application has no name")
    return title


GOOGLE_PLAY: Final = (
    JsonFile(
        format="google-play-orders",
        title="Google Takeout: orders of the Play Store (Order History.json)",
        domain="retail",
        by=GOOGLE,
        marks=('"orderHistory"', '"orderId"'),
        options=(CURRENCY,),
        read=_order,
    ),
    JsonFile(
        format="google-play-installs",
        title="Google Takeout: installations of the Play Store (Installs.json)",
        domain="online",
        by=GOOGLE,
        marks=('"install"', '"firstInstallationTime"'),
        read=_install,
    ),
    JsonFile(
        format="google-play-reviews",
        title="Google Takeout: reviews of the Play Store (Reviews.json)",
        domain="online",
        by=GOOGLE,
        marks=('"review"', '"starRating"'),
        read=_review,
    ),
)
