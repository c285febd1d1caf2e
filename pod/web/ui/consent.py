"""The screen of consent in words: as the part of a page, and as text.

For whoever makes the page: `screens` (pod.consent.screen) makes the screens of a question, one of
which is shown at a time; `consent_part` renders it, with a form that posts to an address of the
page's; `read_answer` (pod.consent.answer) reads that form, against the same screen. The template
of the page writes the part as `{{ consent }}`; it holds the headings from h2 on.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from pod.charts.said import dated, number
from pod.consent.bilingual import Bilingual
from pod.consent.categories import CATEGORIES
from pod.consent.line import Line, Value, days
from pod.consent.purposes import PURPOSES
from pod.consent.screen import GREAT, OF_GIVEN, SMALL, Choice, Part, Screen, Section
from pod.web.ui.page import part
from pod.web.ui.values import label_said
from pod.web.ui.words import typeset, words

_TEMPLATE = "consent"
_WORDS = ("consent.", "balance.")


def consent_part(screen: Screen, language: str, action: str) -> Markup:
    """The screen as HTML, to be put into a page: sections of one form that posts to `action`."""
    values = {
        "screen": screen,
        "action": action,
        "version": version(language),
        "great": OF_GIVEN if screen.is_given else GREAT,
        "small": () if screen.is_given else SMALL,
        "tell": lambda told: tell(told, language),
        "lasting": days,
    }
    return part(_TEMPLATE, language, values)


def consent_text(screen: Screen, language: str) -> str:
    """The same as text, in the same order: `[x]` is what is ticked, `~` what is not asked."""
    return "\n".join(_text(screen, language)) + "\n"


def tell(told: Value, language: str) -> str:
    """A line, or what fills one, in "fr" or "en"."""
    if isinstance(told, Line):
        filled = {name: tell(value, language) for name, value in told.filled}
        return words(language)[f"consent.{told.key}"].format(**filled)
    if isinstance(told, tuple):
        return ", ".join(tell(one, language) for one in told)
    if isinstance(told, Bilingual):
        return told.fr if told.fr == told.en else typeset(told.within(language))
    return _written(told, language)


def _written(told: str | int | Decimal | date, language: str) -> str:
    if isinstance(told, Decimal):
        return number(told, language)
    if isinstance(told, date):
        return dated(told, language)
    return label_said(str(told).removeprefix("mailto:"), language)


@cache
def version(language: str) -> str:
    """SHA-256 in hex of how the screen is said: of its template and of all its words."""
    template = files("pod.web.ui").joinpath("templates", f"{_TEMPLATE}.html").read_text("utf-8")
    said = [
        template,
        sorted(item for item in words(language).items() if item[0].startswith(_WORDS)),
        [(one.label.within(language), one.sentence.within(language)) for one in PURPOSES.values()],
        [(one.label.within(language), one.what.within(language)) for one in CATEGORIES.values()],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _text(screen: Screen, language: str) -> Iterator[str]:
    if screen.steps > 1:
        yield _say("step", language, step=screen.step, steps=screen.steps)
    for section in screen.sections:
        yield f"\n## {_say(f'part_{section.part.value}', language)}"
        yield from (tell(line, language) for line in section.lines)
        yield from _choices_text(section, language)
        yield from _rest(section, language)
        if section.part is Part.TIME:
            yield from _durations_text(screen, language)
    yield f"\n## {_say('answers', language)}"
    yield "  ".join(f"[ {_say(f'answer_{answer.value}', language)} ]" for answer in GREAT)
    yield "  ".join(_say(f"answer_{answer.value}", language) for answer in SMALL)


def _say(key: str, language: str, **filled: object) -> str:
    return words(language)[f"consent.{key}"].format(**filled)


def _durations_text(screen: Screen, language: str) -> Iterator[str]:
    yield f"\n{_say('how_long', language)}"
    for length in screen.durations:
        mark = "(x)" if length == screen.duration else "( )"
        yield f"{mark} {tell(days(length), language)}"


def _choices_text(section: Section, language: str) -> Iterator[str]:
    for key, is_required in (("required", True), ("optional", False)):
        chosen = [one for one in section.choices if one.item.is_required is is_required]
        if chosen:
            yield f"\n{_say(key, language)}"
        for choice in chosen:
            yield from _choice_text(choice, language)


def _choice_text(choice: Choice, language: str) -> Iterator[str]:
    yield f"{'[x]' if choice.is_ticked else '[ ]'} {tell(choice.label, language)}"
    yield from (f"    {tell(line, language)}" for line in choice.lines)
    for mode in choice.modes:
        mark = "[x]" if choice.is_ticked else "[ ]"
        yield f"    {mark} {_say(f'mode_{mode}', language)}"
    yield from (f"    {tell(line, language)}" for line in choice.seen)
    for row in choice.rows:
        cells = " · ".join(filter(None, (tell(cell, language) for cell in row)))
        yield f"    {_say('preview_row', language)} {cells}"
    yield from (f"    {tell(line, language)}" for line in choice.details)


def _rest(section: Section, language: str) -> Iterator[str]:
    if section.crossed_out:
        yield f"\n{_say('not_asked', language)}"
    yield from (f"~ {tell(line, language)}" for line in section.crossed_out)
    yield from (tell(line, language) for line in section.details)
