"""MesInfos: e-mails on the platform of the pilot (`docType` "message").

Kept are when, from whom, to whom and about what; not the text, the attachments and the headers.
"""

from collections.abc import Iterator

from importers.clock import instant
from importers.contract import Item
from importers.document import Element
from importers.mesinfos.cozy import COZY
from importers.messages import Mail, message, parties_of
from importers.pilot_set import PilotSet, required


def _read(element: Element) -> Iterator[Item]:
    if element.text("docType").lower() != "message":
        raise ValueError("this is not an e-mail")
    senders = parties_of(_addresses(element, "from"))
    recipients = (name for field in ("to", "cc", "bcc") for name in _addresses(element, field))
    mail = Mail(
        sent=instant(required(element, "date")),
        identifier=element.text("messageID"),
        thread=element.text("conversationID"),
        subject=element.text("subject"),
        sender=senders[0] if senders else None,
        recipients=parties_of(recipients),
        direction="in" if element.get("headers/delivered-to") is not None else "",
    )
    yield message(mail, element.locator)


def _addresses(element: Element, field: str) -> Iterator[str]:
    found = element.get(field)
    for one in found if isinstance(found, list) else ():
        yield Element(element.locator, one).text("address")


MAILS = PilotSet(
    format="mesinfos-mails",
    title="MesInfos: courriels (JSON)",
    domain="community",
    by=COZY,
    marks=('"message"', '"docType"', '"messageID"'),
    reader=lambda: _read,
)
