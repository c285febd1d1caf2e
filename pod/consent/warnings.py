"""What a person is warned of before she answers, and what smaller question would do.

Each warning is a comparison of what is asked with what its purpose usually needs, or of what the
asker says with what it leaves out. None forbids anything: she decides.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from acl import Mode
from pod.consent.asked import Asked
from pod.consent.categories import CATEGORIES
from pod.consent.countries import EUROPEAN, country_name
from pod.consent.line import Line, Value, days, labels, line


class Concern(Enum):
    """What a warning is about."""

    SILENT = "silent"
    BEYOND = "beyond"
    LONGER = "longer"
    WRITES = "writes"
    SENSITIVE = "sensitive"
    OTHERS = "others"
    UNSEEN = "unseen"
    OUTSIDE = "outside"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning, and the sentence that says it."""

    concern: Concern
    line: Line


def cautions(asked: Asked, *, is_seen: bool) -> tuple[Caution, ...]:
    """The warnings of a question, in a fixed order.

    `is_seen` says whether the asker has been granted anything here before.
    """
    made = [Caution(concern, said) for concern, check in _CHECKS.items() for said in check(asked)]
    if not is_seen:
        made.append(Caution(Concern.UNSEEN, line("warn_unseen")))
    return tuple(made)


def smaller(asked: Asked) -> Asked | None:
    """The smallest question that would do for the purpose; None where it is this one.

    What is required, no longer than is usual, and to read only where reading is usual.
    """
    # PRI-15: "smallest lens proposed first".
    norm = asked.norm
    reads_only = norm is not None and not norm.writes
    less = replace(
        asked,
        items=tuple(
            replace(item, modes=item.modes & Mode.READ or item.modes) if reads_only else item
            for item in asked.items
            if item.is_required
        ),
        days=asked.days if norm is None else min(asked.days or norm.longest, norm.longest),
    )
    return None if less == asked or not less.items else less


def _silent(asked: Asked) -> Iterator[Line]:
    if asked.manifest.is_silent:
        yield line("warn_silent")


def _beyond(asked: Asked) -> Iterator[Line]:
    norm = asked.norm
    if norm is None:
        yield line("warn_no_purpose")
        return
    beyond = [name for name in asked.categories if name not in norm.usual]
    if beyond:
        yield line("warn_beyond", purpose=norm.label, categories=labels(beyond))


def _longer(asked: Asked) -> Iterator[Line]:
    norm = asked.norm
    if norm and (asked.days is None or asked.days > norm.longest):
        yield line("warn_longer", asked=days(asked.days), usual=days(norm.longest))


def _writes(asked: Asked) -> Iterator[Line]:
    usual = Mode.READ | Mode.APPEND | Mode.WRITE if asked.norm and asked.norm.writes else Mode.READ
    found = [item.category for item in asked.items if item.modes & ~usual]
    if found:
        yield line("warn_writes", categories=labels(dict.fromkeys(found)))


def _sensitive(asked: Asked) -> Iterator[Line]:
    for item in asked.items:
        if item.sensitive:
            label = CATEGORIES[item.category].label
            yield line("warn_sensitive", category=label, why=item.sensitive)


def _others(asked: Asked) -> Iterator[Line]:
    whose: dict[Value, None] = {}
    for item in asked.items:
        others = CATEGORIES[item.category].others
        if others:
            whose[others] = None
    if whose:
        yield line("warn_others", whose=tuple(whose))


def _outside(asked: Asked) -> Iterator[Line]:
    use = asked.use
    if use is None or use.processing == "local":
        return
    codes = dict.fromkeys([use.country, *(one.country for one in use.recipients)])
    outside = [code for code in codes if code and code not in EUROPEAN]
    if outside:
        yield line("warn_outside", countries=tuple(map(country_name, outside)))


def _training(asked: Asked) -> Iterator[Line]:
    if asked.use is not None and asked.use.trains:
        yield line("warn_training")


_CHECKS: Final[dict[Concern, Callable[[Asked], Iterator[Line]]]] = {
    Concern.SILENT: _silent,
    Concern.BEYOND: _beyond,
    Concern.LONGER: _longer,
    Concern.WRITES: _writes,
    Concern.SENSITIVE: _sensitive,
    Concern.OTHERS: _others,
    Concern.OUTSIDE: _outside,
    Concern.TRAINING: _training,
}
