"""What the pod knows of a holder when an export of that holder comes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from importers.naming import Naming
from pod.intake.accounts import with_known_accounts
from pod.intake.formats import Formats
from pod.intake.places import Held, Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is held of a holder, document by document, and what follows from it for names.

    `naming` calls accounts as the pod does, `formats` tells by which formats records came and
    which of them were stated later, and `places` where records lie that have an id.
    """

    held: Held
    naming: Naming
    formats: Formats
    places: Places


def sources_of(
    naming: Naming,
    format_: str,
    held: Held,
    paths: Callable[[], Iterable[str]],
    made: date | None = None,
) -> Sources:
    """The sources of an import by a format, of an export that says on which day it was made.

    `held` reads a document by its path below the storage root; `paths` gives those of all that the
    pod has below /data/ of that holder.
    """
    known = with_known_accounts(naming, held)
    return Sources(
        held=held,
        naming=known,
        formats=Formats(format_, naming.storage, held, made),
        places=Places(known, paths, held),
    )
