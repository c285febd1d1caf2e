"""MesInfos: the household as MAIF keeps it: where it lives, and who its main member is.

The other members are other people and are not imported; where several are main members, it is not
told which of them the person is, and none is. Codes and professions are not taken.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from importers.contract import HolderHint, Item, Key, Problem, Record
from importers.document import Element
from importers.pilot_set import (
    ADDRESS,
    PERSON,
    PilotSet,
    parts_of,
    required,
    told,
)
from importers.table import folded

_MAIN: Final = "membreprincipal"
_SOMEONE_ELSE: Final = "this member of the household is someone else, who is not imported"
_SEVERAL: Final = "several are main members, and it is not told who the person is: none is imported"


def _household(element: Element) -> Iterator[Item]:
    key = Key(stable=required(element, "name"))
    found, remarks = told(element, ADDRESS)
    members = list(parts_of(element, "membres"))
    people = [one for one in members if isinstance(one, Element)]
    main = [one for one in people if _is_main(one)]
    more: tuple[Problem, ...] = ()
    if len(main) == 1:
        said, more = told(main[0], PERSON)
        found |= said
    yield Record(kind="CustomerFile", key=key, fields=tuple(found.items()), locator=element.locator)
    yield from remarks + more
    yield from (replace(one, row=False) for one in members if isinstance(one, Problem))
    yield from (Problem(one.locator, _SOMEONE_ELSE, row=False) for one in people if one not in main)
    if len(main) > 1:
        yield Problem(element.locator, _SEVERAL, row=False)


def _is_main(member: Element) -> bool:
    quality = member.get("quality")
    return isinstance(quality, str) and folded(quality).startswith(_MAIN)


MAIF_HOUSEHOLD = PilotSet(
    format="mesinfos-maif-household",
    title="MesInfos: foyer MAIF (JSON)",
    domain="insurance",
    by=HolderHint(iri="https://www.maif.fr/", name="MAIF", sector="insurance"),
    marks=('"foyer"', '"membres"'),
    rows="/*/foyer",
    reader=lambda: _household,
)
