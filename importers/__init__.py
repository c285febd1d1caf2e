"""Holders' exports to records: pure functions from bytes to values. One module per format.

To add a format: write its module in the folder it belongs to, and its importer into the IMPORTERS
of that folder.
"""

from functools import cache
from importlib import import_module
from typing import Final

from importers.archive import MARK
from importers.contract import Match
from importers.importer import Importer
from importers.sight import Seen, seen
from importers.tarball import is_tar

__all__ = ["by_format", "identify", "known", "reach_of", "unrecognised"]

HEAD: Final = 1 << 16
_WHOLE: Final = 16 << 20
_PDF: Final = b"%PDF-"
_ENDS_TELL: Final = (b"CrossIndustry", b":schema:xsd:Invoice-2", b":schema:xsd:CreditNote-2")
_LEAST: Final = 1
_PACKED: Final = frozenset({".zip", ".xlsx"})

FOLDERS: Final = (
    "bank",
    "energy",
    "health",
    "activity",
    "education",
    "correspondence",
    "invoices",
    "retail",
    "vault",
    "mesinfos",
    "telecom",
    "associations",
    "mobility",
    "platforms",
    "media",
    "browsing",
    "mapped",
)


@cache
def known() -> tuple[Importer, ...]:
    """All importers. Their folders are loaded when one is looked for first: a server starts, and
    a command that reads no export runs, without them.
    """
    folders = (import_module(f"{__name__}.{folder}") for folder in FOLDERS)
    return tuple(importer for folder in folders for importer in folder.IMPORTERS)


def reach_of(head: bytes) -> int:
    """By how many of its first octets a file that begins like this is recognised.

    That is 64 KiB, and 16 MiB of a PDF, whose directory stands at its end, and of an electronic
    invoice, which may name its seller behind its lines.
    """
    is_whole = head.startswith(_PDF) or any(mark in head[:HEAD] for mark in _ENDS_TELL)
    return _WHOLE if is_whole else HEAD


def identify(filename: str, head: bytes) -> tuple[tuple[Importer, Match], ...]:
    """The importers that claim an export, the surest first, from its name and its beginning.

    Of a PDF all is looked at, see `reach_of`. Where the first two are equally sure, the person has
    to say which it is.
    """
    if is_tar(head):
        return ()  # what it holds stands in it as it is, and would be taken for it
    is_pdf = head.startswith(_PDF)
    asked = known()
    # What is stored in an archive, or in a PDF, as it is would be taken for the whole.
    if is_pdf or head.startswith(MARK):
        endings = {".pdf"} if is_pdf else _PACKED
        asked = tuple(one for one in asked if endings.intersection(one.extensions))
    beginning = head[: reach_of(head) if is_pdf else HEAD]
    claims = (
        (importer, match)
        for importer in asked
        if (match := importer.recognise(filename, beginning)) is not None
    )
    found = tuple(claims)
    # Who reads any document leaves it to whom it is known by more than its kind.
    if len(found) > 1:
        found = tuple(claim for claim in found if claim[1].confidence > _LEAST)
    return tuple(sorted(found, key=lambda claim: claim[1].confidence, reverse=True))


def by_format(name: str) -> Importer | None:
    """The importer of the format with this name, None when there is none."""
    return next((importer for importer in known() if importer.format == name), None)


def unrecognised(head: bytes) -> Seen:
    """What to tell the person whose export no importer claims."""
    return seen(head[:HEAD])
