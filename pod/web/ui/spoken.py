"""What templates say numbers, days and classes with, in one language."""

from collections.abc import Callable
from datetime import date
from functools import partial

from pod.charts.said import dated, number
from pod.web.ui.kinds import kinds_named


def spoken(language: str) -> dict[str, Callable[..., str]]:
    """The functions by the names that templates call them by."""

    def day(moment: date) -> str:
        return dated(moment, language)

    def kind(name: str) -> str:
        return kinds_named(name, language)

    return {"number": partial(number, language=language), "day": day, "named": kind}
