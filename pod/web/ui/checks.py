"""What importers hold a file to, and what came of it, in the language of a page."""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Final

from pod.charts.said import dated, number
from pod.intake.report import CheckLine
from pod.web.ui.words import typeset, words

_STATEMENT: Final = re.compile(r"(?:.*/)?(?:Stmt|Rpt|Ntfctn)\[(\d+)\]")
_PERIOD: Final = "period"


def check_said(check: CheckLine, language: str) -> str:
    """A check that failed, as a sentence: what it is of, what we count and what the file says; of
    a signature, that it is wrong.
    """
    key = "arrived.check" if _is_figure(check["got"]) else "arrived.check_signed"
    return words(language)[key].format(
        name=check_named(check["name"], language),
        got=_figure(check["got"], language),
        expected=_figure(check["expected"], language),
    )


def check_named(name: str, language: str) -> str:
    """What a check is of; its name as importers say it where we have no words for it."""
    for pattern, said in _known(language):
        if found := pattern.fullmatch(name):
            return said.format(*(_scope(one, language) for one in found.groups()))
    return name


def _scope(text: str, language: str) -> str:
    """An account, a statement or a time, as people say it."""
    if found := _STATEMENT.fullmatch(text):
        return check_named(f"statement {found[1]}", language)
    try:
        days = [_day(one) for one in text.split("/")]
    except ValueError:
        return check_named(text, language)
    said = [dated(one, language) for one in dict.fromkeys(days)]
    return _table(language)[_PERIOD].format(*said) if len(said) == 2 else said[0]


def _day(text: str) -> date:
    """Raises ValueError."""
    return datetime.fromisoformat(text).date() if "T" in text else date.fromisoformat(text)


def _figure(text: str, language: str) -> str:
    return number(Decimal(text), language) if _is_figure(text) else check_named(text, language)


def _is_figure(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


@cache
def _known(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(re.sub(r"\\\{\d\\\}", "(.+)", re.escape(name))), typeset(said))
        for name, said in _table(language).items()
    )


@cache
def _table(language: str) -> dict[str, str]:
    text = files("pod.web.ui").joinpath("checks.toml").read_text("utf-8")
    return dict(tomllib.loads(text)[language])
