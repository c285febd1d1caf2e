"""Marks as schools write them: numbers, and what stands in the place of one."""

from decimal import Decimal

from importers.document import Element
from importers.money import decimal


def figure(text: str) -> Decimal:
    """A number with a comma or a full stop before its fraction. Raises ValueError otherwise."""
    return decimal(text, mark="," if text.rfind(",") > text.rfind(".") else ".")


def mark(text: str) -> Decimal | str:
    """A mark: a number, or what stands in its place ("|1", "Abs")."""
    try:
        return figure(text)
    except ValueError:
        return text


def number(element: Element, path: str) -> Decimal | None:
    """The number at a path, None where nothing stands. Raises ValueError that names the path."""
    text = element.text(path)
    try:
        return figure(text) if text else None
    except ValueError as error:
        raise ValueError(f"`{path}`: {error}") from error
