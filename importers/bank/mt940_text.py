"""What field 86 says about a movement: free text, German `?20` parts, or tags between slashes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from importers.contract import Value

_GERMAN = re.compile(r"\d{3}(?=\?\d\d)", re.ASCII)
_PART = re.compile(r"\?(\d\d)", re.ASCII)
_PURPOSE = frozenset((*map(str, range(20, 30)), *map(str, range(60, 64))))
_LONGEST_PART = 27
_SEPA = re.compile(r"\b(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE)\+")
_SLASHES = re.compile(r"/(NAME|EREF|MARF|CSID|REMI|IBAN|BIC|TRTP|CNTP|PREF|ISDT|RTRN)/")
_NOTHING = frozenset({"", "NOTPROVIDED", "NONREF"})
_PROPERTIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "MREF": "sd:mandateId",
        "MARF": "sd:mandateId",
        "CRED": "sd:creditorId",
        "CSID": "sd:creditorId",
        "NAME": "sd:counterpartyName",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """The words for a person, the properties they give, and the references in them."""

    label: str
    beside: Mapping[str, Value] = field(default_factory=dict)
    references: tuple[str, ...] = ()


def said_by(lines: Sequence[str]) -> Said:
    """What the lines of one field 86 say."""
    text = "".join(lines)
    if _GERMAN.match(text):
        return _german(text)
    label = " ".join(" ".join(lines).split())
    return _tagged(label, _split(_SLASHES, text))


def _german(text: str) -> Said:
    # Deutsche Kreditwirtschaft, MT940: ?00 kind of booking, ?20-?29 and ?60-?63 purpose in parts
    # of 27 characters that go on without a blank, ?32 and ?33 the other party.
    _, *found = _PART.split(text)
    parts = list(zip(found[::2], found[1::2], strict=True))
    purpose = "".join(
        part if len(part) == _LONGEST_PART else f"{part} " for tag, part in parts if tag in _PURPOSE
    )
    kind = " ".join(part for tag, part in parts if tag == "00")
    name = "".join(part for tag, part in parts if tag in {"32", "33"}).strip()
    said = _tagged(" ".join(f"{kind} {purpose}".split()), _split(_SEPA, purpose))
    party: dict[str, Value] = {"sd:counterpartyName": name} if name else {}
    return Said(said.label, {**said.beside, **party}, said.references)


def _split(tags: re.Pattern[str], text: str) -> dict[str, str]:
    """What stands behind each tag, up to the next one."""
    _, *found = tags.split(text)
    return {tag: part.strip(" /") for tag, part in zip(found[::2], found[1::2], strict=True)}


def _tagged(label: str, tags: Mapping[str, str]) -> Said:
    known = {tag: text for tag, text in tags.items() if text.upper() not in _NOTHING}
    beside = {_PROPERTIES[tag]: text for tag, text in known.items() if tag in _PROPERTIES}
    reference = known.get("EREF")
    return Said(label, beside, (reference,) if reference else ())
