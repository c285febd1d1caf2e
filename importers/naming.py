"""Where a record is kept in a pod, and the IRI it has there.

The IRI follows from the record alone, so that the next export meets the same record again. What
would name a person's account or her correspondents stands in it only as a keyed hash.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from hmac import digest as hmac

from importers.contract import Key, Record, Ref
from importers.phone import PARTY_OF
from importers.text import name_of
from vocab.kinds import ACCOUNTS, KINDS, UNTIED
from vocab.places import DATA

_PARTY = "urn:sd:party:"
# No text of a natural key holds this mark, see importers.text.for_key.
_BETWEEN_PARTS = "\x1f"
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_PLACE = re.compile(r"\{([a-z-]+)\}")
_BY_ACCOUNT = "{account}/"
_BY_SERIES = "{series}"
_SHORTEST_NUMBER = 9
_SHOWN = 4
_SHORT_HASH = 6


def pseudonyms(secret: bytes) -> Callable[[str], str]:
    """What hides a number behind the secret of a pod: the same number, the same 16 letters."""

    def pseudonym(text: str) -> str:
        # 80 bits: two numbers of one pod never meet, and without the secret none can be tried out.
        return _base32(hmac(secret, text.encode(), "sha256")[:10])

    return pseudonym


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one is never like another
class Naming:
    """What the names of one import are made of.

    `storage` is the root of the storage, with its slash. `holder` is the IRI of the holder and
    `slug` its path segment. `domain` is the domain of the importer, for the kinds that go with
    their export. `activity` is the IRI of the import. `pseudonym` hides a number, see `pseudonyms`.
    `called` tells the path segment of an account, where it may have been named another way before.
    `kept` is the address at which the octets of the export are kept, "" where there is none.
    """

    storage: str
    holder: str
    slug: str
    domain: str
    activity: str
    pseudonym: Callable[[str], str]
    called: Callable[[Key], str] | None = None
    kept: str = ""

    def document(self, record: Record) -> str:
        """The path below the storage root of the document that holds a record."""
        # Only a Series is kept under the name of a series, and its name is its key.
        name = record.key.stable or ""
        return self.place(record.kind, account=record.account, on=record.on, series=name)

    def place(
        self, kind: str, *, account: Key | None = None, on: date | None = None, series: str = ""
    ) -> str:
        """The same from its parts. Raises ValueError when the kind needs one that is missing."""
        rule = KINDS[kind]
        segment = self.segment(account) if account else ""
        name = series if _BY_SERIES in rule.document else ""
        path = _path(kind, segment, on.isoformat()[:7] if on else "", name)
        return f"{DATA}{rule.domain or self.domain}/{self.slug}/{path}"

    def iri(self, named: Record | Ref, rank: int = 0) -> str:
        """The IRI of a record, or of the record that another refers to.

        `rank` tells rows with one key apart, see importers.triples.ranked. Raises ValueError for
        a reference to a kind that is kept by date, which does not say the date.
        """
        if isinstance(named, Record):
            return f"{self.storage}{self.document(named)}#{self.fragment(named, rank)}"
        name = named.key.stable or ""
        path = self.place(named.kind, account=named.account, on=named.on, series=name)
        return f"{self.storage}{path}#{self.fragment(named, named.rank)}"

    def fragment(self, named: Record | Ref, rank: int) -> str:
        """The name of a record within its document, behind the `#` of its IRI.

        Raises ValueError for one without a key.
        """
        key, kind, on = named.key, KINDS[named.kind], named.on
        # "r" is in no hash that name_of adds behind a tilde: a rank is never a part of an id.
        suffix = f"~r{rank}" if rank else ""
        if kind.document == ACCOUNTS:
            return self.segment(key) + suffix
        if key.stable is not None:
            return f"id-{name_of(key.stable)}{suffix}"
        if not key.natural:
            raise ValueError(f"a record of kind {named.kind} has no key")
        scope = self.segment(named.account) if named.account else ""
        day = on.isoformat() if on else ""
        parts = (kind.iri, scope, day, *map(self.without_number, key.natural), str(rank))
        return "h-" + _base32(sha256(_BETWEEN_PARTS.join(parts).encode()).digest()[:10])

    def without_number(self, text: str) -> str:
        """A party named by its number, named by a pseudonym; any other text as it is."""
        if not text.startswith(PARTY_OF):
            return text
        return _PARTY + self.pseudonym(text.removeprefix(PARTY_OF))

    def segment(self, account: Key) -> str:
        """An account, line or meter as a path segment.

        A number that a person would not publish (an IBAN, nine digits and more) is cut to its last
        four characters and a keyed hash. A party is its pseudonym.
        """
        return self.called(account) if self.called else _segment(account, self.pseudonym)


@lru_cache(maxsize=1024)
def _path(kind: str, account: str, month: str, series: str) -> str:
    rule = KINDS[kind].document
    if kind in UNTIED and not account:
        rule = rule.removeprefix(_BY_ACCOUNT)
    parts = {"account": account, "yyyy": month[:4], "yyyy-mm": month, "series": series}
    missing = [name for name in _PLACE.findall(rule) if not parts[name]]
    if missing:
        raise ValueError(f"where a {kind} is kept needs its {missing[0]}")
    return rule.format_map(parts)


@lru_cache(maxsize=1024)
def _segment(account: Key, pseudonym: Callable[[str], str]) -> str:
    parts = account.natural if account.stable is None else (account.stable,)
    hidden = (pseudonym(one[len(PARTY_OF) :]) if one.startswith(PARTY_OF) else one for one in parts)
    whole = "-".join(part for part in hidden if part)
    plain = re.sub(r"[\s-]", "", whole)
    digits = sum(c.isdigit() for c in plain)
    if not _IBAN.fullmatch(plain) and digits < _SHORTEST_NUMBER:
        return name_of(whole)
    return f"{name_of(plain[-_SHOWN:])}-{pseudonym(plain)[:_SHORT_HASH]}"


def _base32(octets: bytes) -> str:
    """Ten octets as sixteen letters and digits (RFC 4648 §6), in small letters."""
    # What the standard library does for any length takes three times as long.
    bits = int.from_bytes(octets, "big")
    return "".join([_PAIRS[bits >> shift & 0x3FF] for shift in range(70, -1, -10)])


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]
