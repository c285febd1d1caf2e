"""What all files of Fitbit in Takeout have in common: who gives them, and how they are known."""

import re
from collections.abc import Sequence
from typing import Final

from importers.contract import HolderHint, Match
from importers.document import has_marks

FITBIT: Final = HolderHint(iri="https://www.fitbit.com/", name="Fitbit", sector="health")


def recognised(
    filename: str, head: bytes, marks: Sequence[str], stem: str, needs: tuple[str, ...] = ()
) -> Match | None:
    """A claim on a list that has some marks and, where these are not enough, such a name.

    `stem` is what stands before the day in the name, "" where the marks tell all.
    """
    if not has_marks(head, marks, opens="["):
        return None
    named = re.fullmatch(rf"(?:.*/)?{stem}[-_]\d{{4}}-\d\d-\d\d\.json", filename)
    return Match(confidence=90, needs=needs) if named or not stem else None
