"""What a French bank's label says beside its words: how it was paid, to whom, under which mandate.

Used where the format itself does not say. The label stays in the record as the holder wrote it.
"""

import re
from typing import Final

from importers.contract import Code, Value

# The first word or words of a label, and the nature they announce.
_NATURES: Final = (
    (re.compile(r"(?:CB|CARTE|PAIEMENT (?:PAR )?CARTE|ACHAT CB|PAIEMENT CB)\b"), "card"),
    (re.compile(r"\d{6} CB\b"), "card"),
    (re.compile(r"(?:VIR|VIREMENT|VRT)\b"), "transfer"),
    (re.compile(r"(?:PRLV|PRELEVEMENT|PRÉLÈVEMENT)\b"), "debit"),
    (re.compile(r"(?:CHQ|CHEQUE|CHÈQUE|REMISE (?:DE )?CH(?:E|È)QUES?)\b"), "cheque"),
    (re.compile(r"(?:RETRAIT|DAB|GAB)\b"), "cash"),
    (re.compile(r"(?:FRAIS|COTISATION|COMMISSION|AGIOS)\b"), "fee"),
    (re.compile(r"(?:INTERETS|INTÉRÊTS)\b"), "interest"),
)
# SEPA rulebook AT-02: country, two check digits, three characters of activity, national identifier.
_CREDITOR = re.compile(r"\bICS[ :]*([A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28})\b")
# SEPA rulebook AT-01: 35 characters at most; a label ends it with a blank.
_MANDATE = re.compile(r"\bRUM[ :]*([A-Za-z0-9+?/:().,'-]{1,35})(?=\s|$)")


def nature_of(label: str) -> str | None:
    """The local name of the nature that the label announces, None when it says none."""
    words = label.strip().upper()
    for pattern, nature in _NATURES:
        if pattern.match(words):
            return nature
    return None


def said(label: str) -> dict[str, Value]:
    """The properties that a label gives, by their prefixed names; {} when it gives none."""
    found: dict[str, Value] = {}
    nature = nature_of(label)
    creditor, mandate = _CREDITOR.search(label), _MANDATE.search(label)
    if nature:
        found["sd:nature"] = Code(nature)
    if creditor:
        found["sd:creditorId"] = creditor.group(1)
    if mandate:
        found["sd:mandateId"] = mandate.group(1)
    return found
