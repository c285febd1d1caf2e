"""Assertions of Open Badges 1.x and 2.x: who got which badge from whom, and when.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/. A recipient is often written as
a hash of her e-mail address; it is not kept, and the address only where it stands openly.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from importers.clock import civil_date
from importers.contacts import mail
from importers.contract import Iri, Item, Key, Problem, Record
from importers.education.elm_claims import Fields
from importers.education.wording import identifier, moment, objects, plain, worded

HOSTED: Final = (
    "a hosted badge is verified by asking its issuer's site, which an import does not do: it is"
    " kept as not verified"
)
_NO_BADGE: Final = "the assertion names no badge"
_NO_DAY: Final = "`issuedOn` is missing or is no date"
_ELSEWHERE: Final = (
    "what the badge is called stands at its address, on the network, so its address is kept"
)


def is_assertion(node: Any) -> bool:
    """Whether an object is an assertion: of version 1 or 2, which share their members."""
    return isinstance(node, dict) and "badge" in node and "recipient" in node


def creator(node: dict[str, Any]) -> str:
    """The address of the key that signed it, as it says."""
    said = next(iter(objects(node.get("verification", node.get("verify")))), {})
    named = said.get("creator", said.get("url"))
    return named if isinstance(named, str) else ""


def read(node: dict[str, Any], locator: str, beside: Fields) -> Iterator[Item]:
    """The badge as a credential, and the person where her address is given."""
    badge = node.get("badge")
    about = badge if isinstance(badge, dict) else {}
    address = badge if isinstance(badge, str) else identifier(about)
    names = worded("schema:name", about.get("name"), address)
    if not names:
        raise ValueError(_NO_BADGE)
    issued, expires = _moment(node.get("issuedOn")), _moment(node.get("expires"))
    if issued is None:
        raise ValueError(_NO_DAY)
    day = civil_date(issued) if isinstance(issued, datetime) else issued
    number = identifier(node) or plain(node.get("uid"))
    key = Key(stable=number) if number else Key(natural=(address or plain(names[0][1]), str(day)))
    yield Record(
        kind="Credential",
        key=key,
        fields=(
            *names,
            *worded("schema:description", about.get("description")),
            ("sd:date", day),
            *((("schema:expires", expires),) if expires else ()),
            *_issuer(about.get("issuer")),
            *_skills(about),
            *_url(address),
            *beside,
        ),
        locator=locator,
    )
    if not about.get("name"):
        yield Problem(locator, _ELSEWHERE, row=False)
    yield from _recipient(node.get("recipient"), locator)


def _recipient(recipient: Any, locator: str) -> Iterator[Record]:
    """The person, where the assertion has her address and not a hash of it."""
    said = recipient if isinstance(recipient, dict) else {}
    address = plain(said.get("identity")) if said.get("hashed") is not True else ""
    try:
        found: Iri | None = mail(address) if "$" not in address and address else None
    except ValueError:
        found = None
    if found is not None:
        yield Record(
            kind="CustomerFile",
            key=Key(natural=("recipient", address)),
            fields=(("vcard:hasEmail", found),),
            locator=locator,
            counted=False,
        )


def _issuer(issuer: Any) -> Fields:
    name = plain(issuer.get("name")) if isinstance(issuer, dict) else plain(issuer)
    return (("sd:counterpartyName", name),) if name else ()


def _skills(about: dict[str, Any]) -> Fields:
    aligned = objects(about.get("alignment")) + objects(about.get("alignments"))
    names = [one.get("targetName", one.get("name")) for one in aligned]
    return worded("schema:competencyRequired", names)


def _url(address: str) -> Fields:
    return (("sd:sourceLabel", address),) if address else ()


def _moment(value: Any) -> date | datetime | None:
    """A date or time of ISO 8601, in version 1 also seconds since 1970; None for anything else."""
    try:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return datetime.fromtimestamp(int(value), UTC)
        return moment(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
