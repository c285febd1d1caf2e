"""What the versions of CAMT say in different places: .001.01 (2007) to .001.14.

Checked with the XML schemas that ISO 20022 publishes, of every version of the three messages.
Each table has the paths at which one thing may stand, with the versions that put it there. They do
not exclude one another within a version, so no version is asked for: the first that says something
holds. What is not here stands in all versions where it stands in the first one.
"""

from collections.abc import Iterator
from typing import Final

from importers.markup import Element

MESSAGES: Final = tuple(
    (f"{message}{version}", statement)
    for message, statement in (
        ("BkToCstmrStmt", "Stmt"),
        ("BkToCstmrAcctRpt", "Rpt"),
        ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    )
    for version in ("", "V01")  # 02 on; 01
)
ACCOUNT_NUMBERS: Final = (
    "Id/IBAN",
    "Id/Othr/Id",  # 02 on
    "Id/PrtryAcct/Id",  # 01
    "Id/BBAN",  # 01
    "Id/UPIC",  # 01
    "Prxy/Id",  # 08 on, where the account is known by a telephone number or an address alone
)
BALANCE_TYPES: Final = (
    "Tp/CdOrPrtry/Cd",  # 02 on
    "Tp/CdOrPrtry/Prtry",  # 02 on
    "Tp/Cd",  # 01
    "Tp/Prtry",  # 01
)
STATES: Final = (
    "Sts/Cd",  # 07 on
    "Sts/Prtry",  # 07 on
    "Sts",  # to 06
)
DETAILS: Final = (
    "NtryDtls/TxDtls",  # 02 on
    "TxDtls",  # 01
)
CREDITOR_REFERENCES: Final = (
    "RmtInf/Strd/CdtrRefInf/Ref",  # 02 on
    "RmtInf/Strd/CdtrRefInf/CdtrRef",  # 01
)
PARTY_NAMES: Final = (
    "Nm",  # to 06
    "Pty/Nm",  # 07 on
    "Agt/FinInstnId/Nm",  # 07 on, where the other side is a bank
)
PARTY_NUMBERS: Final = (
    "Id/PrvtId/Othr/Id",  # 02 to 06
    "Id/OrgId/Othr/Id",  # 02 to 06
    "Pty/Id/PrvtId/Othr/Id",  # 07 on
    "Pty/Id/OrgId/Othr/Id",  # 07 on
    "Id/PrvtId/OthrId/Id",  # 01
    "Id/OrgId/PrtryId/Id",  # 01
)
PAGES: Final = (
    "MsgPgntn",  # of the message, in its GrpHdr
    "StmtPgntn",  # of a statement, 03 on
    "RptPgntn",
    "NtfctnPgntn",
)


def said(element: Element, paths: tuple[str, ...]) -> str:
    """The text at the first of the paths that has one, "" without."""
    return next(filter(None, map(element.get, paths)), "")


def found(element: Element, paths: tuple[str, ...]) -> Iterator[Element]:
    """The elements at any of the paths."""
    for path in paths:
        yield from element.all(path)
