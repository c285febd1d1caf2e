"""The items of a receipt of Kivra as lines, with what was taken off or rounded at the end."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from importers.contract import Problem
from importers.document import Element
from importers.retail.purchase import Article, number_of

_ZERO: Final = Decimal(0)


def required(element: Element, path: str) -> str:
    """The text at a path. Raises ValueError where none stands."""
    text = element.text(path)
    if not text:
        raise ValueError(f"`{path}` is missing")
    return text


def signed(element: Element, path: str = "amount") -> Decimal:
    """An amount with its sign: what goes to the customer is negative."""
    amount = element.number(path)
    return -amount if amount and element.get("refund") is True else amount


def articles_of(
    where: str,
    said: dict[str, list[Element]],
    totals: dict[str, Element],
    problems: list[Problem],
) -> Iterator[Article]:
    """The lines, then what was taken off or added on the whole, then what was rounded."""
    if not said.get("items"):
        raise ValueError("the receipt has no items")
    for at, item in enumerate(said["items"]):
        try:
            article = _article(item, at, problems)
        except ValueError as error:
            problems.append(Problem(item.locator, str(error)))
        else:
            yield from article
    yield from _modifiers(where, said.get("retail_price_modifiers", ()))
    rounding = totals.get("rounding")
    if rounding is not None and signed(rounding):
        yield _rounded(signed(rounding), rounding.locator)


def _rounded(amount: Decimal, locator: str) -> Article:
    return Article(
        name="rounding", total=amount, within=("rounding",), locator=locator, counted=False
    )


def rounding_of(
    payments: Iterable[Element], articles: list[Article], total: Decimal
) -> Iterator[Article]:
    """What payments in cash were rounded by, where it makes the lines what was paid.

    It is written without a sign, and beside a payment where the totals do not have it.
    """
    found = [(one, one.number_or_none("rounding") or _ZERO) for one in payments]
    short = total - sum((one.total for one in articles), _ZERO)
    if short and abs(short) == abs(sum((value for _, value in found), _ZERO)):
        yield _rounded(short, found[0][0].locator)


def _article(item: Element, at: int, problems: list[Problem]) -> tuple[Article, ...]:
    """The line of an item; none for one that is only a text. Raises ValueError."""
    kind, within = item.text("type"), ("item", str(at))
    if kind == "text":
        return ()
    if kind == "deposit":
        deposit = Article(
            name=item.text("description") or _text(item) or "deposit",
            total=signed(item),
            quantity=item.number("quantity"),
            within=within,
            locator=item.locator,
        )
        return (deposit,)
    if kind not in {"sale", "return"}:
        raise ValueError("this item is none of the kinds that a receipt has")
    sign = -1 if kind == "return" else 1
    stated, remarks = number_of(_gtin(item), item.locator)
    problems += remarks
    sold = Article(
        name=required(item, "description"),
        total=sign * signed(item, "extended_amount") or _ZERO,
        quantity=sign * item.number("quantity/value") or _ZERO,
        price=item.number_or_none("actual_sales_unit_price"),
        gtin=stated,
        within=within,
        locator=item.locator,
    )
    return (sold,)


def _gtin(item: Element) -> str:
    found = item.get("identifiers")
    for one in found if isinstance(found, list) else ():
        identifier = Element(item.locator, one)
        if identifier.text("identifier_type") == "gtin":
            return identifier.text("value")
    return ""


def _text(item: Element, path: str = "text") -> str:
    words = item.get(f"{path}/collection")
    return " ".join(map(str, words)) if isinstance(words, list) else ""


def _modifiers(where: str, found: Iterable[Element]) -> Iterator[Article]:
    """What was taken off or added for several items, or for all. Raises ValueError."""
    listed = next(iter(found), Element(where, ())).value
    for at, value in enumerate(listed if isinstance(listed, list) else ()):
        one = Element(f"{where}/retail_price_modifiers/{at}", value)
        action = one.text("action") or "subtract"
        if action not in {"subtract", "add"}:
            raise ValueError("a price of several items is replaced, which is not read")
        amount = signed(one)
        yield Article(
            name=_text(one, "description") or action,
            total=amount if action == "add" else -amount or _ZERO,
            within=("modifier", str(at)),
            locator=one.locator,
        )
