"""What the codes and references of ISO 20022 say of a movement, in XML and in the JSON of APIs."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from importers.contract import Code, Value

_NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF", "NOT PROVIDED"})

# ISO 20022 external bank transaction codes, as far as they say how a booking was made.
_NATURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CHRG": "fee",
        "FEES": "fee",
        "COMM": "fee",
        "INTR": "interest",
        "CWDL": "cash",
        "CDPT": "cash",
        "ICDT": "transfer",
        "RCDT": "transfer",
        "IRCT": "transfer",
        "RRCT": "transfer",
        "IDDT": "debit",
        "RDDT": "debit",
        "CCRD": "card",
        "MCRD": "card",
        "ICHQ": "cheque",
        "RCHQ": "cheque",
        "CNTR": "cash",
    }
)


def nature(codes: Iterable[str]) -> dict[str, Value]:
    """The nature of a movement by its codes of sub-family and family; {} where they say none."""
    found = next(filter(None, map(_NATURES.get, codes)), None)
    return {"sd:nature": Code(found)} if found else {}


def reference(text: str) -> str:
    """A reference or an id, "" for what says that there is none ("NOTPROVIDED")."""
    return "" if text.upper() in _NO_REFERENCE else text
