"""What both files of Netflix have in common: who it is, and whose profile a file is of."""

from typing import Final

from importers.contract import HolderHint, Key, Option
from importers.text import for_key

NETFLIX: Final = HolderHint(iri="https://www.netflix.com/", name="Netflix", sector="platform")
PROFILE: Final = Option(
    name="profile",
    fr="le nom de votre profil, quand plusieurs personnes partagent l'abonnement",
    en="the name of your profile, where several people share the subscription",
    example="Camille",
)


def profile_key(name: str) -> Key | None:
    """The key of a profile by its name, None where there is no name."""
    plain = for_key(name)
    return Key(natural=(plain,)) if plain else None
