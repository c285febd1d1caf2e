"""What templates say numbers, days and classes with, in one language."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from pod.charts.said import dated, number
from pod.web.ui.kinds import giver_said, kinds_named
from pod.web.ui.words import words

_FEW = 3


def few(names: Sequence[str], language: str) -> str:
    """Names as a sentence takes them: the first, and how many more there are."""
    said, more = ", ".join(names[:_FEW]), len(names) - _FEW
    return (
        said
        if more <= 0
        else f"{said} {words(language)['organisation.and_more'].format(count=more)}"
    )


def spoken(language: str) -> dict[str, Callable[..., str]]:
    """The functions by the names that templates call them by."""

    def day(moment: date) -> str:
        return dated(moment, language)

    def kind(name: str) -> str:
        return kinds_named(name, language)

    def giver(name: str) -> str:
        return giver_said(name, language)

    return {
        "few": partial(few, language=language),
        "giver": giver,
        "number": partial(number, language=language),
        "day": day,
        "named": kind,
    }
