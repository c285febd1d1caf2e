"""Other people on platforms: who they are is told by a pseudonym, see importers.phone."""

from importers.contract import Iri, Key, Record, Value
from importers.phone import PARTY_OF
from importers.text import for_key


def account_of(platform: str, identifier: str) -> Iri:
    """Somebody by the id that a platform gave her account. Digits of it are no telephone number."""
    return Iri(f"{PARTY_OF}{platform}:{identifier}")


def person_named(name: str) -> Iri:
    """Somebody of whom a platform tells the name alone."""
    return Iri(PARTY_OF + for_key(name).casefold())


def contact(who: Iri, category: str, told: tuple[tuple[str, Value], ...], locator: str) -> Record:
    """Somebody whom a platform connects with the person, and as what ("follower").

    `told` is what is told of her, who is marked as the one whose data these are.
    """
    return Record(
        kind="Contact",
        key=Key(natural=(category, who.value)),
        fields=(
            ("dpv:hasDataSubject", who),
            ("sd:counterparty", who),
            ("vcard:category", category),
            *told,
        ),
        locator=locator,
    )
