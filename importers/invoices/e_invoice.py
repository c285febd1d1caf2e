"""Electronic invoices by EN 16931: UBL 2.1 and CII as XML, and PDF that carries one of them.

Formats: https://docs.peppol.eu/poacc/billing/3.0/ (Peppol BIS Billing 3, UBL invoice and credit
note), https://fnfe-mpe.org/factur-x/ and https://www.ferd-net.de/ (Factur-X, ZUGFeRD from 1.0 on,
Order-X), https://xeinkauf.de/xrechnung/. A PDF keeps its data in an attached file (PDF/A-3); the
pages are not read. The file stays as it came, and the document that is kept of it leads there.

An invoice is read whole or not at all: half of one is none. The amounts of a credit note are
positive, and are kept as negative ones; those of an invoice of negative amounts are kept as they
are. Kept are the invoice, its lines net of tax with the allowances and charges on the whole, and
what a payment quotes. Not kept: the buyer, who is the person, the other parties, bank accounts,
notes and terms, allowances within a line (its amount is less them), and tax in another currency.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import BinaryIO, Final

from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Ref,
    SourceFile,
)
from importers.invoices.document import read, text
from importers.invoices.records import checks_of, records_of
from importers.invoices.syntax import SYNTAXES, Syntax
from importers.markup import Element, elements, without_comments
from importers.pdf import MARK, Attachment, attached_to
from importers.text import decode, name_of, octets

# What is sent over Peppol may come in the envelope it travelled in.
_ENVELOPES: Final = ("", "/StandardBusinessDocument")
_BY_ROOT: Final = {f"{around}/{one.root}": one for around in _ENVELOPES for one in SYNTAXES}
_PATHS: Final = frozenset(_BY_ROOT)
# The roots of UBL are common words: their namespaces tell them apart.
_NAMESPACES: Final = re.compile(
    r"urn:oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)-2"
    r"|urn:(?:un:unece:uncefact:data:standard|ferd):CrossIndustry(?:Invoice|Document):"
    r"|urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:"
)
_NAMES: Final = frozenset(
    {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml", "cii.xml", "ubl.xml"}
)
_IN_PDF: Final = re.compile(rb"(?i)factur-x\.xml|zugferd-invoice\.xml|xrechnung\.xml|order-x\.xml")
_TAG: Final = re.compile(r"<(?:\w[\w.-]*:)?([A-Za-z]\w*)")
_TAGS = 80
_LARGEST = 24 << 20
_UNKNOWN: Final = HolderHint(iri="urn:sd:holder:invoices", name="Factures", sector="retail")
_TOO_LARGE = "this file is larger than an invoice is, and is not read"
_NOTHING = "no invoice stands in this file, or it is one of a kind that is not known here"
_NO_DATA = (
    "this PDF carries no invoice as data, and its pages are not read: ask for one that does"
    " (Factur-X), or for its XML"
)
_AGAIN = "an invoice of this number is attached already, and is read once"
_OTHER = "another file is attached, and stays in the PDF"


class EInvoice:
    format = "e-invoice"
    title = "Electronic invoices: UBL, Peppol, CII, XRechnung (XML), Factur-X, ZUGFeRD (PDF)"
    domain = "retail"
    extensions = (".xml", ".pdf")
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the namespace and the root of XML; a PDF by the name of what is attached to it."""
        del filename
        if head.startswith(MARK):
            is_one = _IN_PDF.search(head) is not None or any(_attached(head))
            return Match(confidence=95, variant="PDF") if is_one else None
        syntax = _syntax_of(head)
        return Match(confidence=95, variant=syntax.name) if syntax else None

    def holder(self, head: bytes) -> HolderHint:
        """The seller, by its number for VAT, its register number or its name."""
        for content in _invoices(head):
            for root in _roots(content):
                return _seller(root) if isinstance(root, Element) else _UNKNOWN
        return _UNKNOWN

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The invoice, its lines and its figures. Takes no options."""
        del options
        content = octets(export)
        if len(content) > _LARGEST:
            yield Problem("/", _TOO_LARGE)
        elif content.startswith(MARK):
            yield from _of_pdf(content)
        else:
            yield from _of_xml(content)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Lines, allowances, taxes, total and amount due, as far as the invoice states them."""
        return checks_of(items)


def _of_xml(content: bytes) -> Iterator[Item]:
    is_any = False
    for root in _roots(content):
        is_any = True
        yield from _of_root(root)
    if not is_any:
        yield Problem("/", _NOTHING)


def _roots(content: bytes) -> Iterator[Element | Problem]:
    return elements(BytesIO(content), _PATHS)


def _of_root(root: Element | Problem) -> Iterator[Item]:
    if isinstance(root, Problem):
        yield root
        return
    try:
        invoice, problems = read(root, _BY_ROOT[root.path])
    except ValueError as error:
        yield Problem(root.locator, str(error))
        return
    yield from records_of(invoice)
    yield from problems


def _of_pdf(content: bytes) -> Iterator[Item]:
    """What each attached invoice says, and the document that they are in."""
    invoices: list[Record] = []
    for number, found in enumerate(attached_to(content), 1):
        if isinstance(found, Problem):
            yield found
        elif not _is_invoice(found):
            yield Problem(f"attached={number}", _OTHER, row=False)
        else:
            items = [
                replace(item, locator=f"attached={number} {item.locator}")
                for item in _of_xml(found.content)
            ]
            said = [one for one in items if isinstance(one, Record) and one.kind != "Line"]
            # Some attach an invoice in an older and in a newer syntax.
            if {one.key for one in said} & {one.key for one in invoices}:
                yield Problem(f"attached={number}", _AGAIN, row=False)
                continue
            invoices += said
            yield from items
    if invoices:
        yield _document(content, invoices)
    else:
        yield Problem("/", _NO_DATA)


def _document(content: bytes, invoices: list[Record]) -> Record:
    """The file itself, which leads to where its octets are kept, and to the invoices in it."""
    digest = sha256(content).hexdigest()
    first = invoices[0]
    refs = (Ref(one.kind, one.key, on=one.on) for one in invoices)
    said = dict(first.fields)
    return Record(
        kind="Document",
        key=Key(stable=digest),
        fields=(
            ("schema:name", first.key.stable or ""),
            ("schema:encodingFormat", "application/pdf"),
            ("schema:sha256", digest),
            ("schema:contentUrl", SourceFile()),
            *((name, said[name]) for name in _OF_DOCUMENT if name in said),
            *(("sd:relatedTo", ref) for ref in refs),
        ),
        on=first.on,
        locator="/",
        counted=False,
    )


_OF_DOCUMENT: Final = ("sd:date", "sd:total", "sd:currency", "sd:counterpartyName")


def _invoices(head: bytes) -> Iterator[bytes]:
    """The invoices that begin in the first octets of a file, as far as they are there."""
    if head.startswith(MARK):
        yield from (one.content for one in _attached(head))
    else:
        yield head


def _attached(content: bytes) -> Iterator[Attachment]:
    found = attached_to(content)
    return (one for one in found if isinstance(one, Attachment) and _is_invoice(one))


def _is_invoice(attached: Attachment) -> bool:
    """By its name, or what it is: some name it as they like."""
    return attached.name.lower() in _NAMES or _syntax_of(attached.content) is not None


def _syntax_of(head: bytes) -> Syntax | None:
    """The syntax of an invoice that begins like this."""
    beginning = without_comments(decode(head[: 1 << 14])).lstrip()
    if not beginning.startswith("<") or not _NAMESPACES.search(beginning):
        return None
    names = [found[1] for found in islice(_TAG.finditer(beginning), _TAGS)]
    if names[:1] == ["StandardBusinessDocument"]:
        return next((_BY_ROOT[f"/{name}"] for name in names if f"/{name}" in _BY_ROOT), None)
    return _BY_ROOT.get(f"/{names[0]}") if names else None


def _seller(root: Element) -> HolderHint:
    terms = _BY_ROOT[root.path].header
    name = text(root, terms, "BT-27")
    known = text(root, terms, "BT-31") or text(root, terms, "BT-30") or name
    if not known:
        return _UNKNOWN
    iri = f"urn:sd:holder:{name_of(''.join(known.split()).lower())}"
    return HolderHint(iri=iri, name=name or known, sector="retail")
