"""An export on its way in: what is known of it before it is read, and by which importer it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from importers import by_format, identify, unrecognised
from importers.contract import HolderHint, Options
from importers.importer import Dated, Importer, Told
from importers.text import name_of
from pod.intake.digest import digests_of
from pod.model import Content
from pod.problems import Malformed, UnsupportedMediaType
from vocab.offers import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file. `holder` is the IRI of who gave it, where that is known, and `called` what that
    holder calls itself, "" where nobody said; `format` is the name of the importer, where the
    person said it.
    """

    filename: str
    media_type: str
    content: Content
    holder: str | None = None
    called: str = ""
    format: str | None = None
    options: Options = field(default_factory=Options)

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hex."""
        return digests_of(self.content)["sha-256"].hex()


def importer_for(delivery: Delivery, head: bytes) -> Importer:
    """The one importer that reads an export, by its beginning, as the person tells it.

    Raises as `importer_of`, and Malformed for what it cannot be told.
    """
    found = importer_of(delivery.filename, head, delivery.format)
    if not isinstance(found, Told):
        return found
    try:
        return found.told(delivery.options)
    except ValueError as error:
        raise Malformed(str(error)) from error


def importer_of(filename: str, head: bytes, format_: str | None = None) -> Importer:
    """The one importer that reads a file, or that of the format that the person names.

    Raises UnsupportedMediaType where none does, and Malformed where the person has to choose.
    """
    if format_ is not None:
        named = by_format(format_)
        if named is None:
            raise Malformed(f"there is no format `{format_}`; `pod formats` lists them")
        return named
    claimants = claimants_of(filename, head)
    if not claimants:
        raise UnsupportedMediaType(str(unrecognised(head)))
    if len(claimants) > 1:
        raise Malformed(choice_of(claimants))
    return claimants[0]


def claimants_of(filename: str, head: bytes) -> tuple[Importer, ...]:
    """Those that claim a file more surely than all others: where there are several, the person has
    to choose.
    """
    claims = identify(filename, head)
    return tuple(one for one, match in claims if match.confidence == claims[0][1].confidence)


def choice_of(claimants: Sequence[Importer]) -> str:
    """What the person is told who has to choose."""
    names = " or ".join(one.format for one in claimants)
    return f"this could be {names}; say which with the format"


def holder_of(delivery: Delivery, importer: Importer, head: bytes) -> HolderHint:
    """Who gave an export: as it was said, else as the export itself tells.

    It is called as was said, else as the catalogue has it, else by its host.
    """
    hint = importer.holder(head)
    iri = delivery.holder or hint.iri
    if iri == hint.iri and not delivery.called:
        return hint
    known = catalogue().holders.get(iri)
    name = delivery.called or (known.name if known else urlsplit(iri).hostname or iri)
    return HolderHint(iri=iri, name=name, sector=hint.sector)


def made_on(importer: Importer, head: bytes) -> date | None:
    """The civil day on which an export says that it was made, None where it does not say it."""
    return importer.made(head) if isinstance(importer, Dated) else None


def slug_of(holder: str) -> str:
    """The path segment of a holder: the same for all names of one document, else never shared."""
    document = holder.partition("#")[0]
    parts = urlsplit(document)
    if parts.scheme == "https" and parts.path in {"", "/"} and not parts.query:
        return name_of(parts.netloc)
    return name_of(document)
