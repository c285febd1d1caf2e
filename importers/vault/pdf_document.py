"""Any PDF that no other importer knows, kept as a document: what it says of itself, and its text.

Format: ISO 32000-1. Kept are title, author, day of creation, number of pages and the beginning of
the text, so that it is found again; the file stays as it came. Amounts in its text are not read: an
invoice says them as data (see `e-invoice`), and a vault beside the document (see `vault-index`).
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importers.contract import (
    Check,
    HolderHint,
    Item,
    Match,
    Options,
    SourceFile,
)
from importers.pdf import MARK
from importers.text import octets
from importers.vault.stored import of_pdf, record_of

_DOCUMENTS = HolderHint(iri="urn:sd:holder:documents", name="Documents", sector="vault")


class PdfDocument:
    format = "pdf-document"
    title = "Any PDF, kept as a document with its text"
    domain = "vault"
    extensions = (".pdf",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """Every PDF, with the least confidence there is: it is for who knows it better."""
        del filename
        return Match(confidence=1) if head.startswith(MARK) else None

    def holder(self, head: bytes) -> HolderHint:
        """Nobody: who wrote a document is a property of it. The person says whose it is."""
        del head
        return _DOCUMENTS

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """One document. Takes no options."""
        del options
        found, problems = of_pdf(octets(export), "/")
        if found:
            yield record_of(found, SourceFile())
        yield from problems

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a document states no count."""
        del items
        return ()
