"""What a measure is of: an IRI, made of its words where the source names it by no code."""

from collections.abc import Sequence

from importers.contract import Iri
from importers.health.codes import loinc
from importers.table import folded
from importers.text import for_key, name_of

_BY_NAME = "urn:sd:observed:"
_LOINC = loinc("").value


def observed(codes: Sequence[Iri], label: str) -> Iri:
    """The concept observed: the one of LOINC, else the first, else one by its name.

    Raises ValueError where neither a code nor words say what it is.
    """
    for code in codes:
        if code.value.startswith(_LOINC):
            return code
    if codes:
        return codes[0]
    if not for_key(label):
        raise ValueError("this measure does not say what was observed")
    return Iri(_BY_NAME + name_of(folded(for_key(label))))
