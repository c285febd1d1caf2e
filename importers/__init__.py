"""Holders' exports to records: pure functions from bytes to values. One module per format.

To add a format: write its module in the folder it belongs to, and its importer into the IMPORTERS
of that folder.
"""

from typing import Final

from importers import activity, bank, correspondence, education, energy, health, mesinfos, telecom
from importers.archive import MARK
from importers.contract import Importer, Match
from importers.sight import described

__all__ = ["IMPORTERS", "by_format", "identify", "unrecognised"]

HEAD: Final = 1 << 16
_PACKED: Final = frozenset({".zip", ".xlsx"})

IMPORTERS: Final[tuple[Importer, ...]] = (
    *bank.IMPORTERS,
    *energy.IMPORTERS,
    *health.IMPORTERS,
    *activity.IMPORTERS,
    *education.IMPORTERS,
    *correspondence.IMPORTERS,
    *mesinfos.IMPORTERS,
    *telecom.IMPORTERS,
)


def identify(filename: str, head: bytes) -> tuple[tuple[Importer, Match], ...]:
    """The importers that claim an export, the surest first, from its name and first 64 KiB.

    Where the first two are equally sure, the person has to say which it is.
    """
    is_packed = head.startswith(MARK)
    claims = (
        (importer, match)
        for importer in IMPORTERS
        # What is stored in an archive as it is would be taken for the archive.
        if not is_packed or _PACKED.intersection(importer.extensions)
        if (match := importer.recognise(filename, head[:HEAD])) is not None
    )
    return tuple(sorted(claims, key=lambda claim: claim[1].confidence, reverse=True))


def by_format(name: str) -> Importer | None:
    """The importer of the format with this name, None when there is none."""
    return next((importer for importer in IMPORTERS if importer.format == name), None)


def unrecognised(head: bytes) -> str:
    """What to tell the person whose export no importer claims, in one sentence."""
    return described(head[:HEAD])
