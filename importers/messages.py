"""Messages that people send each other by mail, the same from every format: who, when, about what.

The text of a message is not kept: it is long, mostly of others, and stays in the file it came in.
Correspondents are pseudonyms, made of their e-mail addresses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from importers.clock import civil_date
from importers.contacts import mail_party
from importers.contract import Code, Iri, Key, Record, Value
from importers.text import for_key

_THREAD = "urn:sd:thread:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message. `sent` has its offset; `direction` is "in", "out", or "" where none is known.

    `identifier` is the Message-ID (RFC 5322 §3.6.4) without its brackets, `thread` that of the
    first message of the conversation, or the platform's own id of it.
    """

    sent: datetime
    identifier: str = ""
    thread: str = ""
    subject: str = ""
    sender: Iri | None = None
    recipients: tuple[Iri, ...] = ()
    keywords: tuple[str, ...] = ()
    direction: str = ""


def message(mail: Mail, locator: str) -> Record:
    """The record of a message."""
    parties = tuple(sorted({party.value for party in mail.recipients}))
    sender = mail.sender.value if mail.sender else ""
    natural = (mail.sent.isoformat(), sender, for_key(mail.subject), *parties)
    on = civil_date(mail.sent)
    return Record(
        kind="Message",
        # A Message-ID often has the name or the machine of who wrote.
        key=Key(stable=_hidden(mail.identifier)) if mail.identifier else Key(natural=natural),
        fields=(
            ("sd:date", on),
            ("schema:dateSent", mail.sent),
            *_said(mail),
        ),
        on=on,
        locator=locator,
    )


def parties_of(addresses: Iterable[str]) -> tuple[Iri, ...]:
    """Those of the addresses that are e-mail addresses, each once."""
    return tuple(dict.fromkeys(party for address in addresses for party in _party(address)))


def _party(address: str) -> Iterator[Iri]:
    try:
        yield mail_party(address)
    except ValueError:
        return  # a list of undisclosed recipients, a local name


def _said(mail: Mail) -> Iterator[tuple[str, Value]]:
    if mail.direction:
        yield "sd:direction", Code(mail.direction)
    if mail.sender:
        yield "schema:sender", mail.sender
    yield from (("schema:recipient", party) for party in mail.recipients)
    if mail.subject:
        yield "schema:name", mail.subject
    if mail.thread:
        yield "schema:isPartOf", Iri(_THREAD + _hidden(mail.thread))
    yield from (("schema:keywords", word) for word in dict.fromkeys(mail.keywords))


def _hidden(identifier: str) -> str:
    return sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:24]
