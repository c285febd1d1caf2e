"""MesInfos: the address book on the platform of the pilot (`docType` "contact").

`n` is the name in parts, as in a vCard; `datapoints` are numbers and addresses, by their `name`
("tel", "email", "url"). Not kept: postal addresses, pictures, and in which other services a contact
stands (`accounts`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from importers.clock import iso_date
from importers.contacts import Entry, contact
from importers.contract import Item, Problem
from importers.document import Element
from importers.mesinfos.cozy import COZY
from importers.pilot_set import PilotSet

_NO_BIRTHDAY: Final = "`bday` was left out: it is no day of a calendar"


def _read(element: Element) -> Iterator[Item]:
    if element.text("docType").lower() != "contact":
        raise ValueError("this is not a contact")
    family, given, *_ = (*element.text("n").split(";"), "", "")
    born, remarks = _birthday(element)
    entry = Entry(
        uid=element.text("_id"),
        name=element.text("fn"),
        given=given.strip(),
        family=family.strip(),
        nicknames=_said(element, "nickname"),
        born=born,
        mails=_points(element, "email"),
        numbers=_points(element, "tel"),
        employers=_said(element, "org"),
        positions=_said(element, "title"),
        groups=_texts(element.get("tags")),
        notes=_said(element, "note"),
    )
    yield from contact(entry, element.locator)
    yield from remarks


def _birthday(element: Element) -> tuple[date | None, tuple[Problem, ...]]:
    text = element.text("bday")
    try:
        return (iso_date(text) if text else None), ()
    except ValueError:
        return None, (Problem(element.locator, _NO_BIRTHDAY, row=False),)


def _said(element: Element, name: str) -> tuple[str, ...]:
    text = element.text(name)
    return (text,) if text else ()


def _points(element: Element, kind: str) -> tuple[str, ...]:
    found = element.get("datapoints")
    points = (Element(element.locator, one) for one in found) if isinstance(found, list) else ()
    values = (point.text("value") for point in points if point.text("name").lower() == kind)
    return tuple(value for value in values if value)


def _texts(values: object) -> tuple[str, ...]:
    return tuple(v for v in values if isinstance(v, str) and v) if isinstance(values, list) else ()


ADDRESS_BOOK = PilotSet(
    format="mesinfos-address-book",
    title="MesInfos: carnet d'adresses (JSON)",
    domain="contacts",
    by=COZY,
    marks=('"contact"', '"docType"', '"fn"'),
    reader=lambda: _read,
)
