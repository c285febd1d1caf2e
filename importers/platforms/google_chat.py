"""Google Takeout: a conversation of Google Chat, or of Hangouts that moved there (messages.json).

Times are written for people to read, in the language of the account. Who wrote is a pseudonym, the
same as that e-mail address has in mails. What is written is kept, with whatever it says of others.
Not kept: files, which lie beside it, what others clicked, what was quoted, and the words of who
deleted them.
"""

from collections.abc import Iterator
from typing import Final

from importers.contacts import mail_party
from importers.contract import Code, Iri, Item, Key, Options, Record, Value
from importers.document import Element
from importers.platforms.holders import GOOGLE
from importers.platforms.json_file import JsonFile
from importers.platforms.persons import person_named
from importers.platforms.said_name import ME
from importers.platforms.said_zone import ZONE, zone_of
from importers.platforms.written_time import written_time
from importers.text import for_key

_NO_SENDER: Final = "the message does not say who wrote it"


def _message(element: Element, options: Options) -> Iterator[Item]:
    """Raises ValueError for what is no message, or has no time."""
    name, address = element.text("creator/name"), element.text("creator/email")
    if not name and not address:
        raise ValueError(_NO_SENDER)
    at = written_time(element.text("created_date"), zone_of(options))
    sender, text = _party(name, address), element.text("text")
    fields: list[tuple[str, Value]] = [("schema:dateSent", at), ("sd:date", at.date())]
    me = for_key(options.said(ME)).casefold()
    if me:
        own = {for_key(name).casefold(), address.casefold()}
        fields.append(("sd:direction", Code("out" if me in own else "in")))
    fields.append(("schema:sender", sender))
    if text:
        fields.append(("schema:text", text))
    number = element.text("message_id")
    natural = (at.isoformat(), sender.value, for_key(text))
    yield Record(
        kind="Message",
        key=Key(stable=f"chat-{number}") if number else Key(natural=natural),
        fields=tuple(fields),
        on=at.date(),
        locator=element.locator,
    )


def _party(name: str, address: str) -> Iri:
    try:
        return mail_party(address)
    except ValueError:
        return person_named(name or address)


GOOGLE_CHAT: Final = JsonFile(
    format="google-chat",
    title="Google Takeout: a conversation of Chat or Hangouts (messages.json)",
    domain="community",
    by=GOOGLE,
    marks=('"messages"', '"created_date"', '"creator"'),
    read=_message,
    rows="/messages/*",
    opens="{",
    options=(ME, ZONE),
)
