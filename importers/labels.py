"""What a French bank's label says beside its words: how it was paid, to whom, under which mandate.

Used where the format itself does not say. The label stays in the record as the holder wrote it.
"""

import re
from types import MappingProxyType
from typing import Final

from importers.contract import Code, Value

# The first word or words of a label, and the nature they announce.
_WORDS: Final = MappingProxyType(
    {
        "card": r"CB|CARTE|PAIEMENT (?:PAR )?CARTE|ACHAT CB|PAIEMENT CB|\d{6} CB",
        "transfer": r"VIR|VIREMENT|VRT",
        "debit": r"PRLV|PRELEVEMENT|PRÉLÈVEMENT",
        "cheque": r"CHQ|CHEQUE|CHÈQUE|REMISE (?:DE )?CH(?:E|È)QUES?",
        "cash": r"RETRAIT|DAB|GAB",
        "fee": r"FRAIS|COTISATION|COMMISSION|AGIOS",
        "interest": r"INTERETS|INTÉRÊTS",
    }
)
_CODES: Final = MappingProxyType({name: Code(name) for name in _WORDS})
_NATURES = re.compile("|".join(rf"(?P<{name}>(?:{words})\b)" for name, words in _WORDS.items()))
# SEPA rulebook AT-02: country, two check digits, three characters of activity, national identifier.
_CREDITOR = re.compile(r"\bICS[ :]*([A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28})\b")
# SEPA rulebook AT-01: 35 characters at most; a label ends it with a blank.
_MANDATE = re.compile(r"\bRUM[ :]*([A-Za-z0-9+?/:().,'-]{1,35})(?=\s|$)")


def nature_of(label: str) -> str | None:
    """The local name of the nature that the label announces, None when it says none."""
    found = _NATURES.match(label.strip().upper())
    return found.lastgroup if found else None


def said(label: str) -> dict[str, Value]:
    """The properties that a label gives, by their prefixed names; {} when it gives none."""
    found: dict[str, Value] = {}
    nature = nature_of(label)
    creditor = "ICS" in label and _CREDITOR.search(label)
    mandate = "RUM" in label and _MANDATE.search(label)
    if nature:
        found["sd:nature"] = _CODES[nature]
    if creditor:
        found["sd:creditorId"] = creditor.group(1)
    if mandate:
        found["sd:mandateId"] = mandate.group(1)
    return found
