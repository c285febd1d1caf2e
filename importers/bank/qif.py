"""QIF, the Quicken Interchange Format: lists of movements of accounts, cards and cash.

Format: https://en.wikipedia.org/wiki/Quicken_Interchange_Format. It has no ids, no encoding (of
old programs it is that of MS-DOS or of a Macintosh) and no currency, often no account, and does not
say whether day or month comes first.

Not taken: the marks of a program (cleared, address, reimbursable), the words and categories of
splits, a category where payee or memo say more, the balance and limit of an account. An opening
balance is written as a movement and stays one, with a remark.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from importers.bank.movement import ACCOUNT
from importers.bank.qif_reader import CURRENCY, Reader
from importers.bank.qif_records import Block, blocks
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.date_order import DAY_FIRST
from importers.letters import Letters
from importers.rows import convert
from importers.text import decode, octets

_FIRST_LINES = 60
_TYPES = "Bank|CCard|Cash|Oth [AL]|Invst|Cat|Class|Memorized"
_HEADER = re.compile(rf"!(?:Type:(?:{_TYPES})|Account)\s*", re.IGNORECASE)
_SWITCH = re.compile(r"!Option:AutoSwitch\s*", re.IGNORECASE)
_NAMES_ACCOUNT = re.compile(r"^!Account\s*$", re.IGNORECASE | re.MULTILINE)


class Qif:
    """QIF of banks and of programs for personal accounts."""

    format = "qif"
    title = "QIF: movements of accounts, cards and cash (Quicken Interchange Format)"
    domain = "bank"
    extensions = (".qif",)
    version = "3"
    options = (ACCOUNT, DAY_FIRST, CURRENCY)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its headers, whatever the file is called."""
        del filename
        text = decode(head)
        first = text.splitlines()[:_FIRST_LINES]
        if not any(_HEADER.fullmatch(line) or _SWITCH.fullmatch(line) for line in first):
            return None
        return Match(confidence=90, needs=() if _NAMES_ACCOUNT.search(text) else (ACCOUNT.name,))

    def holder(self, head: bytes) -> HolderHint:
        """No file says its bank."""
        del head
        return HolderHint(iri="urn:sd:holder:bank", name="bank", sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A movement a record.

        The order of dates is as the option says, else as the first date tells that has only one.
        Without a currency amounts are in euros, by the meaning of the vocabulary.
        """
        content, letters = octets(export), Letters()
        found = tuple(blocks(BytesIO(content), letters))
        reader = Reader(options, found)
        yield from convert(found, reader.read, is_row=lambda block: block.is_row)
        if not any(isinstance(block, Block) for block in found):
            yield Problem("line=1", "the file has no record that ends with `^`")
        if letters.remark:
            yield Problem("line=1", letters.remark, row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """A file states nothing; splits are held to their movement when it is read."""
        del items
        return ()
