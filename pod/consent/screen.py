"""The screen on which a person decides, before it is put into words: what it says, in its order.

A page and a text are made of the same screen (pod.web.ui.consent), part after part and line after
line, so that neither can say what the other does not. What she answers is read by
pod.consent.answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from acl import mode_names
from pod.consent.asked import Asked, AskedItem, steps
from pod.consent.bilingual import Bilingual, same
from pod.consent.categories import CATEGORIES
from pod.consent.countries import country_name
from pod.consent.line import (
    Line,
    Value,
    days,
    fields,
    labels,
    line,
    modes,
    price,
    retention,
)
from pod.consent.purposes import DEFAULT_DAYS
from pod.consent.warnings import cautions, smaller
from vocab.places import DATA


class Part(Enum):
    """The parts of the screen, in their order; the last is of what was agreed to already."""

    WHO = "who"
    WHY = "why"
    DATA = "data"
    WHERE = "where"
    TIME = "time"
    TERMS = "terms"
    WARNINGS = "warnings"
    CHANGES = "changes"


class Answer(Enum):
    """What can be answered. The first three have buttons of one size, the others small ones."""

    ACCEPT = "accept"
    PROPOSE = "propose"
    REFUSE = "refuse"
    LATER = "later"
    REPORT = "report"


GREAT: Final = (Answer.ACCEPT, Answer.PROPOSE, Answer.REFUSE)
SMALL: Final = (Answer.LATER, Answer.REPORT)
OF_GIVEN: Final = (Answer.ACCEPT, Answer.LATER, Answer.REFUSE)
"""Of what was given already: less of it, as it is, or nothing more of it."""
UNTIL_STOPPED: Final = "until_stopped"
_CHOICES: Final = (1, 7, DEFAULT_DAYS, 90, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be read of one item now: how many records, of which days and from whom, and the
    cells of the latest of them. `since` and `until` are both in it. `digest` is the SHA-256 in hex
    of the answer that the rows were read from, "" where they are none of an answer.
    """

    rows: tuple[tuple[Value, ...], ...] = ()
    count: int | None = None
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is known here of what is asked: previews by the path of an item, the title of the
    agreement that was accepted, and whether the asker was granted anything before.
    """

    previews: Mapping[str, Preview] = field(default_factory=lambda: MappingProxyType({}))
    terms: Bilingual | None = None
    is_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An item to tick. `lines` say what it is, `seen` what would be read of it and `rows` the
    latest records; `details` are for who wants to know more.
    """

    item: AskedItem
    label: Line
    is_ticked: bool
    modes: tuple[str, ...]
    lines: tuple[Line, ...]
    seen: tuple[Line, ...]
    rows: tuple[tuple[Value, ...], ...]
    details: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the screen: lines, what is to be ticked, what is not asked, and details."""

    part: Part
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    crossed_out: tuple[Line, ...] = ()
    details: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One question, as it is shown. `step` counts from 1 to `steps`.

    `durations` are the lengths of time to choose from, in days, None for until it is stopped;
    `duration` is the one that is proposed. `leaves` is whether data leave the space, None where
    that is not said. `is_given` is whether all of it was given, and some may be taken away.
    """

    asked: Asked
    step: int
    steps: int
    sections: tuple[Section, ...]
    durations: tuple[int | None, ...]
    duration: int | None
    leaves: bool | None
    is_given: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for section in self.sections for choice in section.choices)

    @property
    def is_sensitive(self) -> bool:
        """Whether something can be given on it that must be asked for alone."""
        return any(choice.item.sensitive for choice in self.choices)

    @property
    def gist(self) -> str:
        """SHA-256 in hex of what is asked and told on it, in its order, in every language.

        Of what there is to be read nothing is in it: that may grow while she thinks.
        """
        told = [
            (part.part, part.lines, [(one.item, one.lines) for one in part.choices], part.details)
            for part in self.sections
        ]
        return sha256(repr((told, self.durations)).encode()).hexdigest()


def screens(asked: Asked, shown: Shown) -> tuple[Screen, ...]:
    """The screens of a question: one of all that is not sensitive, one of each sensitive item."""
    parts = steps(asked)
    return tuple(
        _screen(step, asked, shown, number=number, count=len(parts))
        for number, step in enumerate(parts, 1)
    )


def again(screen: Screen, changes: tuple[Line, ...]) -> Screen:
    """The screen for something that was agreed to, and of which the app says something else now
    (pod.consent.difference). It shows who that is, and the changes; nothing new is granted by it.
    """
    kept = tuple(section for section in screen.sections if section.part is Part.WHO)
    told = Section(part=Part.CHANGES, lines=changes)
    return Screen(
        asked=screen.asked,
        step=1,
        steps=1,
        sections=(*kept, told),
        durations=(),
        duration=None,
        leaves=screen.leaves,
    )


def _screen(step: Asked, whole: Asked, shown: Shown, *, number: int, count: int) -> Screen:
    durations, proposed = _durations(step)
    sections = (
        _who(step),
        _why(step),
        _data(step, whole, shown),
        _where(step),
        _time(step),
        _terms(step, shown),
        _warnings(step, shown),
    )
    return Screen(
        asked=step,
        step=number,
        steps=count,
        sections=sections,
        durations=durations,
        duration=proposed,
        leaves=_leaves(step),
    )


def _who(asked: Asked) -> Section:
    controller = asked.manifest.controller
    address = asked.client or asked.agent
    lines = [line("who_name", name=_name(asked))]
    details = []
    if controller is None:
        lines.append(line("who_silent" if asked.manifest.is_silent else "who_unsaid"))
    else:
        kind: Value = line(f"kind_{controller.kind}") if controller.kind else line("kind_unsaid")
        place: Value = country_name(controller.country) if controller.country else line("unsaid")
        lines.append(line("who_kind", kind=kind, country=place))
        said = {
            "who_contact": controller.contact,
            "who_notice": controller.privacy_notice,
            "who_identifier": controller.identifier,
        }
        details = [line(key, text=text) for key, text in said.items() if text]
    if asked.manifest.name and asked.manifest.name != asked.name:
        lines.append(line("who_app", name=asked.manifest.name))
    lines.append(line("who_checked", address=address) if address else line("who_unchecked"))
    return Section(part=Part.WHO, lines=tuple(lines), details=tuple(details))


def _name(asked: Asked) -> Value:
    return asked.name or line("who_unnamed")


def _why(asked: Asked) -> Section:
    norm, use = asked.norm, asked.use
    sentence: Value = asked.sentence or line("unsaid")
    lines = [line("why_sentence", sentence=sentence)]
    if norm:
        lines.append(line("why_purpose", label=norm.label, meaning=norm.sentence))
    you: Value = (use and use.person_gains) or line("unsaid")
    them: Value = (use and use.app_gains) or line("unsaid")
    lines += [line("why_you", gain=you), line("why_them", name=_name(asked), gain=them)]
    cost = asked.manifest.price
    lines.append(line("why_price", price=price(cost) if cost else line("unsaid")))
    return Section(part=Part.WHY, lines=tuple(lines))


def _data(step: Asked, whole: Asked, shown: Shown) -> Section:
    make = _free_choice if step.is_silent else _choice
    choices = (make(item, shown) for item in sorted(step.items, key=_optional_last))
    later = [item.category for item in whole.items if item not in step.items and item.sensitive]
    lines = [line("data_apart", categories=labels(dict.fromkeys(later)))] if later else []
    if not step.items:
        lines.insert(0, line("data_nothing"))
    return Section(
        part=Part.DATA,
        lines=tuple(lines),
        choices=tuple(choices),
        crossed_out=tuple(_not_asked(whole)),
    )


def _optional_last(item: AskedItem) -> bool:
    return not item.is_required


def _not_asked(asked: Asked) -> Iterator[Line]:
    """The categories of which nothing is asked, in any step."""
    for one in CATEGORIES.values():
        if one.name not in asked.categories and not DATA.startswith(one.path):
            yield line("data_not", category=one.label)


def _choice(item: AskedItem, shown: Shown) -> Choice:
    category = CATEGORIES[item.category]
    label = line("item", category=category.label)
    if item.is_named:
        label = line("item_named", category=category.label, path=f"/{item.path}")
    lines = [
        line("item_required" if item.is_required else "item_optional"),
        line("item_what", what=category.what),
        line("item_modes", modes=modes(item.modes)),
        line("item_fields", fields=fields(item.fields)) if item.fields else line("item_all"),
        line("item_reason", reason=item.reason or line("unsaid")),
    ]
    asked = mode_names(item.modes)
    found = shown.previews.get(item.path, Preview())
    return Choice(
        item=item,
        label=label,
        # What is sensitive is agreed to by an act of its own, and what is optional too.
        is_ticked=item.is_required and item.sensitive is None,
        modes=asked if len(asked) > 1 else (),
        lines=tuple(lines),
        seen=tuple(_seen(found)) or (() if found.rows else (line("preview_none"),)),
        rows=found.rows,
        details=(line("preview_digest", digest=found.digest),) if found.digest else (),
    )


def _free_choice(item: AskedItem, shown: Shown) -> Choice:
    """What nobody has asked for, and she may give all the same: it says what is there, no more."""
    choice = _choice(item, shown)
    what = tuple(one for one in choice.lines if one.key == "item_what")
    return replace(choice, lines=what)


def _seen(found: Preview) -> Iterator[Line]:
    if found.count is not None:
        yield line("preview_count", count=found.count)
    if found.since and found.until:
        yield line("preview_period", since=found.since, until=found.until)
    if found.sources:
        yield line("preview_sources", sources=tuple(map(same, found.sources)))


def _where(asked: Asked) -> Section:
    use = asked.use
    trains = "unsaid" if use is None or use.ai_training is None else "no"
    lines = (
        _place(asked),
        retention(asked.retention or (use.retention if use else None)),
        _passed_on(asked),
        line("where_trains" if use and use.trains else f"where_trains_{trains}"),
    )
    return Section(part=Part.WHERE, lines=lines)


def _leaves(asked: Asked) -> bool | None:
    processing = asked.use.processing if asked.use else ""
    return processing == "leaving" if processing else None


def _place(asked: Asked) -> Line:
    leaves = _leaves(asked)
    if leaves is None:
        return line("where_unsaid")
    if not leaves:
        return line("where_local")
    code = asked.use.country if asked.use else ""
    country: Value = country_name(code) if code else line("where_unknown")
    return line("where_to", name=_name(asked), country=country)


def _passed_on(asked: Asked) -> Line:
    if asked.use is None:
        return line("where_passed_unsaid")
    whom = tuple(
        line("recipient", name=one.name, country=country_name(one.country))
        if one.country
        else same(one.name)
        for one in asked.use.recipients
    )
    return line("where_passed", whom=whom) if whom else line("where_not_passed")


def _durations(asked: Asked) -> tuple[tuple[int | None, ...], int | None]:
    """The lengths of time to choose from, never longer than what is asked; and that proposed."""
    norm = asked.norm
    proposed = norm.days if norm else DEFAULT_DAYS
    if asked.days is None:
        return (*sorted({*_CHOICES, proposed}), None), proposed
    proposed = min(proposed, asked.days)
    below = {length for length in _CHOICES if length < asked.days}
    return tuple(sorted({*below, proposed, asked.days})), proposed


def _time(asked: Asked) -> Section:
    lines = (
        line("time_asked", duration=days(asked.days)),
        line("time_end"),
        line("time_stop"),
    )
    return Section(part=Part.TIME, lines=lines)


def _terms(asked: Asked, shown: Shown) -> Section:
    title = shown.terms or (same(asked.terms) if asked.terms else None)
    said = line("terms_accepted", name=_name(asked), terms=title) if title else line("terms_none")
    return Section(part=Part.TERMS, lines=(said,))


def _warnings(asked: Asked, shown: Shown) -> Section:
    lines = [caution.line for caution in cautions(asked, is_seen=shown.is_seen)]
    less = smaller(asked)
    if less:
        names = dict.fromkeys(item.category for item in less.items)
        lines.append(line("warn_smaller", categories=labels(names), duration=days(less.days)))
    return Section(part=Part.WARNINGS, lines=tuple(lines or [line("warn_none")]))
