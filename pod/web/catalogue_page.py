"""What the page of the catalogue shows, in the words of one language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pod.catalogue.lines import Line, lines
from pod.catalogue.table import fields_of
from pod.web.ui.kinds import format_named, kind_named, term_said
from pod.web.ui.values import help_said
from pod.web.ui.words import words
from vocab.names import SD, SDC
from vocab.shapes import shape_of

_LONGEST = 60  # characters of an example


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The offers of one holder, or those that any holder of a sector is asked for.

    `name` is the fragment of its place on the page.
    """

    name: str
    title: str
    lines: tuple[dict[str, object], ...]


@cache
def parts(language: str) -> tuple[tuple[str, tuple[Group, ...]], ...]:
    """The groups of the holders and those of the sectors, each with a title above."""
    said = words(language)
    named_ = [line for line in lines() if line.holder]
    others = [line for line in lines() if not line.holder]
    return (
        (said["catalogue.contents"], tuple(_groups(named_, language))),
        (said["catalogue.sectors"], tuple(_groups(others, language))),
    )


def _groups(shown: Iterable[Line], language: str) -> Iterator[Group]:
    for (name, title), of in groupby(shown, lambda line: _group(line, language)):
        yield Group(name=name, title=title, lines=tuple(_shown(line, language) for line in of))


def _group(line: Line, language: str) -> tuple[str, str]:
    if line.holder:
        return f"by-{line.holder.name.replace(' ', '-')}", line.holder.name
    sector = line.offer.sector
    return f"of-{sector.removeprefix(SDC.NS)}", term_said(sector, language)


def _shown(line: Line, language: str) -> dict[str, object]:
    offer = line.offer
    return {
        "name": offer.name,
        "title": offer.title[language],
        "remark": offer.remark.get(language, ""),
        "classes": [
            {
                "address": f"/ns/selfdata#{name.removeprefix(SD.NS)}",
                "label": kind_named(name.removeprefix(SD.NS), language),
                "fields": _fields(name, language),
            }
            for name in offer.classes
        ],
        "kind": term_said(offer.kind, language),
        "status": term_said(offer.status, language),
        "sensitivity": term_said(offer.sensitivity, language),
        "every": offer.every or offer.rhythm,
        "depth": offer.depth,
        "by": [format_named(one, one, language) for one in line.by],
        "missing": [kind_named(name.removeprefix(SD.NS), language) for name in line.missing],
    }


@cache
def _fields(name: str, language: str) -> tuple[tuple[str, str], ...]:
    """What is told of a class beside what is told of every record: names, and an example each."""
    of_all = {rule.path for rule in shape_of(SD.Record).properties}
    paths = [rule.path for rule in fields_of(name) if name == SD.Record or rule.path not in of_all]
    known = (help_said(path, name, language) for path in paths)
    return tuple((one.label, _cut(one.example)) for one in known)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
