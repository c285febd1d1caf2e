"""How somebody is reached, and somebody in an address book: the same from every format.

An address book is about others. Each entry says whose data they are by a pseudonym, and has the
pseudonyms of its name and of all the numbers and e-mail addresses in it, by which calls, messages
and meetings name the same somebody. Numbers and addresses themselves stand nowhere else in a pod.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from importers.contract import Iri, Key, Problem, Record, Value
from importers.phone import PARTY_OF, e164, party_of
from importers.text import for_key, mailto

_PAGE = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)
_NOBODY = "this entry says neither a name nor how to reach anybody"


def mail(text: str) -> Iri:
    """An e-mail address. Raises ValueError for a text that has not the form of one."""
    if text.count("@") != 1 or text.startswith("@") or text.endswith("@"):
        raise ValueError("this is not an e-mail address")
    return Iri(mailto(text))


def telephone(text: str) -> Iri:
    """A telephone number (RFC 3966). Raises ValueError for what cannot be called."""
    return Iri(f"tel:{e164(text)}")


def mail_party(address: str) -> Iri:
    """Somebody by her e-mail address, which is never stored. Raises ValueError as `mail`."""
    return Iri(PARTY_OF + mail(address.strip()).value.casefold())


def page(text: str) -> Iri | None:
    """A page of the web, None where the text is the address of none."""
    address = f"http://{text}" if text.lower().startswith("www.") else text
    return Iri(address) if _PAGE.fullmatch(address) else None


def name_party(name: str) -> Iri:
    """Somebody of whom nothing but a name is known."""
    return Iri(PARTY_OF + for_key(name).casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody in an address book, as the export says it. `uid` is its own id, where it has one."""

    uid: str = ""
    name: str = ""
    given: str = ""
    family: str = ""
    nicknames: tuple[str, ...] = ()
    born: date | None = None
    mails: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    pages: tuple[Iri, ...] = ()
    employers: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def contact(entry: Entry, locator: str) -> Iterator[Record | Problem]:
    """The record of an entry, and a remark for each address in it that is none.

    A number that cannot be called from abroad as it is written stays in the words of the export
    (schema:telephone). Raises ValueError for an entry that tells of nobody.
    """
    name = entry.name or " ".join(filter(None, (entry.given, entry.family)))
    reached, parties, remarks = _reached(entry, locator)
    if not name and not parties:
        raise ValueError(_NOBODY)
    # Chats name those whom the address book knows as the address book does.
    named: tuple[Iri, ...] = (name_party(name), party_of(name)) if name else ()
    subject, *_ = (*parties, *named)
    fields: list[tuple[str, Value]] = [
        ("dpv:hasDataSubject", subject),
        *(("sd:counterparty", party) for party in dict.fromkeys((*parties, *named))),
        *_named(entry, name),
        *reached,
    ]
    natural = tuple(sorted({party.value for party in (*named, *parties)}))
    yield Record(
        kind="Contact",
        key=Key(stable=entry.uid) if entry.uid else Key(natural=natural),
        fields=tuple(fields),
        locator=locator,
    )
    yield from remarks


def _reached(
    entry: Entry, locator: str
) -> tuple[list[tuple[str, Value]], list[Iri], list[Problem]]:
    fields: list[tuple[str, Value]] = []
    parties: list[Iri] = []
    remarks: list[Problem] = []
    for number in entry.numbers:
        parties.append(party_of(number))
        fields.append(_called(number))
    for address in entry.mails:
        try:
            parties.append(mail_party(address))
            fields.append(("vcard:hasEmail", mail(address)))
        except ValueError as error:
            message = f"an e-mail address was left out: {error}"
            remarks.append(Problem(locator, message, row=False))
    return fields, parties, remarks


def _called(number: str) -> tuple[str, Value]:
    # Without a + or a 0 before it, what it begins with may be anything but a country.
    try:
        return "vcard:hasTelephone", telephone(number if number[:1] in {"+", "0"} else "")
    except ValueError:
        return "schema:telephone", number


def _named(entry: Entry, name: str) -> Iterator[tuple[str, Value]]:
    single: tuple[tuple[str, Value | None], ...] = (
        ("vcard:fn", name),
        ("vcard:given-name", entry.given),
        ("vcard:family-name", entry.family),
        ("vcard:bday", entry.born),
    )
    yield from ((property_, value) for property_, value in single if value)
    several: tuple[tuple[str, tuple[Value, ...]], ...] = (
        ("vcard:nickname", entry.nicknames),
        ("sd:postalAddress", tuple(filter(None, entry.addresses))),
        ("vcard:hasURL", entry.pages),
        ("vcard:organization-name", entry.employers),
        ("schema:jobTitle", entry.positions),
        ("vcard:category", entry.groups),
        ("vcard:note", entry.notes),
    )
    for property_, values in several:
        yield from ((property_, value) for value in values)
