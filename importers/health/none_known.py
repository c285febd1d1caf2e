"""How health data say that there is nothing: "no known allergies", as a code or in words."""

import re
from typing import Final

from importers.health.codes import concept
from importers.health.entry import Entry

# No known allergy: at all, to drugs, food, the environment, latex, insects; no current problem.
_SNOMED: Final = (
    *("716186003", "160244002", "409137002", "429625007", "428607008", "716184000", "716220001"),
    "160245001",
)
_NONE = frozenset(concept("http://snomed.info/sct", code) for code in _SNOMED)
_WORDS = re.compile(
    r"no (?:known|current|active|history of)\b|nkd?a\b|none known\b|aucune? ", re.IGNORECASE
)


def says_none(entry: Entry) -> bool:
    """Whether an entry says that there is none of what it would otherwise be one of."""
    return any(code in _NONE for code in entry.codes) or bool(_WORDS.match(entry.label))
