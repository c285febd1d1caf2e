"""Mail: a mailbox (mbox, as in Takeout) or a single message (.eml).

Kept of each message are when, from whom, to whom and about what, its thread and its labels. Its
text and what is attached are not: they are long and mostly of others, and stay in the file.
Correspondents are pseudonyms. A message without a Message-ID is known by its date, sender,
recipients and subject; one without a date has that of its arrival.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Option, Options
from importers.correspondence.mail_headers import (
    addresses,
    fields,
    identifiers,
    labels,
    moment,
    text,
)
from importers.correspondence.mailbox import Headers, is_mailbox, mailbox
from importers.messages import Mail, message, parties_of
from importers.rows import convert

_ADDRESS: Final = Option(
    name="address",
    fr="votre adresse de courriel, qui dit quels messages sont les vôtres",
    en="your e-mail address, which tells the messages that are yours",
    example="camille@pod.example",
)
_FIRST_LINES: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?[\r\n]*((?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+)"
)
_NEEDED: Final = frozenset({"date", "message-id", "received"})
_SENT: Final = frozenset(
    {
        "sent",
        "sent mail",
        "envoyés",
        "messages envoyés",
        "gesendet",
        "enviado",
        "enviados",
        "inviati",
        "posta inviata",
        "verzonden",
    }
)
_ARRIVED: Final = ("delivered-to", "return-path", "x-original-to")
_DATED: Final = re.compile(
    r".* (\w{3}) (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})\s*", re.ASCII | re.DOTALL
)
_NO_DATE: Final = "this message has no date with its offset"


class EMail:
    format = "mail"
    title = "Courriels, e-mail: mbox (Takeout, Thunderbird, Apple Mail), .eml"
    domain = "community"
    extensions = (".mbox", ".eml")
    version = "1"
    options = (_ADDRESS,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the line before the first message, or by the headers of a single one."""
        del filename
        return Match(confidence=90) if is_mailbox(head) or _is_message(head) else None

    def holder(self, head: bytes) -> HolderHint:
        """A mailbox does not say whose service it is of, but where Gmail has labelled it."""
        if b"\nX-Gmail-Labels:" in head or b"\nX-GM-THRID:" in head:
            return HolderHint(iri="https://www.google.com/", name="Google", sector="platform")
        return HolderHint(iri="urn:sd:holder:mail", name="mail", sector="platform")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A message for each. `address` is the person's own, several with blanks between."""
        own = frozenset(options.said(_ADDRESS).casefold().split())
        return convert(mailbox(export), lambda headers: _read(headers, own))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a mailbox states no count of its messages."""
        del items
        return ()


def _is_message(head: bytes) -> bool:
    found = _FIRST_LINES.match(head)
    names = fields(found[1]).keys() if found else frozenset()
    return "from" in names and not _NEEDED.isdisjoint(names)


def _read(headers: Headers, own: frozenset[str]) -> Iterator[Item]:
    said = fields(headers.content)
    sent = moment(said.get("date", "")) or _arrived(said) or _noted(headers.before)
    if sent is None:
        raise ValueError(_NO_DATE)
    known = labels(said.get("x-gmail-labels", ""))
    senders = tuple(addresses(said.get("from", "")))
    recipients = (one for name in ("to", "cc", "bcc") for one in addresses(said.get(name, "")))
    parties = parties_of(senders)
    first, *_ = (*identifiers(said.get("message-id", "")), "")
    yield message(
        Mail(
            sent=sent,
            identifier=first,
            thread=_thread(said, first),
            subject=text(said.get("subject", "")),
            sender=parties[0] if parties else None,
            recipients=parties_of(recipients),
            keywords=known,
            direction=_direction(said, senders, known, own),
        ),
        headers.locator,
    )


def _arrived(said: Mapping[str, str]) -> datetime | None:
    """When the last server took a message (RFC 5322 §3.6.7)."""
    return moment(said.get("received", "").rpartition(";")[2].strip())


def _noted(before: bytes) -> datetime | None:
    """When a message came, by the line before it where that says its offset, as Takeout does."""
    found = _DATED.fullmatch(before.decode("ascii", "replace"))
    if found is None:
        return None
    _, month, day, time, offset, year = found.groups()
    return moment(f"{day} {month} {year} {time} {offset}")


def _thread(said: Mapping[str, str], own: str) -> str:
    """Gmail's id of a conversation, else the first message of those that this one answers."""
    answered = identifiers(said.get("references", "")) or identifiers(said.get("in-reply-to", ""))
    return said.get("x-gm-thrid", "") or next(iter(answered), own)


def _direction(
    said: Mapping[str, str], senders: Iterable[str], known: Iterable[str], own: frozenset[str]
) -> str:
    if own:
        return "out" if own.intersection(one.casefold() for one in senders) else "in"
    if not _SENT.isdisjoint(one.casefold() for one in known):
        return "out"
    return "in" if any(name in said for name in _ARRIVED) else ""
