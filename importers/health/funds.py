"""Who pays health care back: the funds and mutual insurers that a statement names."""

from typing import Final

from importers.contract import HolderHint
from importers.text import unaccented

# Words of a statement, unaccented, and who writes them.
_HOLDERS: Final = (
    ("mgen", "https://www.mgen.fr/", "MGEN"),
    ("harmonie mutuelle", "https://www.harmonie-mutuelle.fr/", "Harmonie Mutuelle"),
    ("ameli", "https://www.ameli.fr/", "Assurance maladie"),
    ("cpam", "https://www.ameli.fr/", "Assurance maladie"),
    ("assurance maladie", "https://www.ameli.fr/", "Assurance maladie"),
)
_UNKNOWN: Final = HolderHint(
    iri="urn:sd:holder:mutuelle", name="Complémentaire santé", sector="health"
)


def holder_in(text: str) -> HolderHint:
    """Who a statement is by, as far as its words tell."""
    words = unaccented(text)
    for word, iri, name in _HOLDERS:
        if word in words:
            return HolderHint(iri=iri, name=name, sector="health")
    return _UNKNOWN
