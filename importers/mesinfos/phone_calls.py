"""MesInfos: the log of calls and messages of a mobile line ("fr.orange.phonecommunicationlog").

`timestamp` is an instant. `length` is in seconds where `chipType` is "s", and counts messages where
it is "M". `partner` is a number, which is never stored: a pseudonym stands for it. So does one for
the telephone itself, where `imei` tells it.
"""

from collections.abc import Iterator
from typing import Final

from importers.clock import civil_date, instant
from importers.contract import Code, HolderHint, Item, Key, Record, Ref, Value
from importers.document import Element
from importers.phone import PARTY_OF, party_of
from importers.pilot_set import Accounts, PilotSet, Read, msisdn, whole

_NATURES: Final = (("appel", "voice"), ("sms", "sms"), ("mms", "mms"))
_DIRECTIONS: Final = (("sortant", "out"), ("entrant", "in"))
_SECONDS = "s"
_SHOWN = 4


def _reader() -> Read:
    lines, telephones = Accounts("Account"), Accounts("Device")

    def read(element: Element) -> Iterator[Item]:
        if element.text("docType").lower() != "fr.orange.phonecommunicationlog":
            raise ValueError("this is not a call or message")
        number = msisdn(element)
        line = Key(natural=(number,))
        record = _communication(element, line)
        yield from lines.new(line, (("schema:telephone", number),), element.locator)
        yield record
        yield from _telephone(element, line, telephones)

    return read


def _telephone(element: Element, line: Key, telephones: Accounts) -> Iterator[Item]:
    """The telephone of the line, where the log tells its IMEI: its last digits are kept."""
    imei = element.text("imei")
    if imei:
        fields = (
            ("schema:name", "mobile"),
            ("schema:serialNumber", f"****{imei[-_SHOWN:]}"),
            ("sd:account", Ref("Account", line)),
        )
        hidden = Key(natural=(f"{PARTY_OF}imei:{imei}",))
        yield from telephones.new(hidden, fields, element.locator)


def _communication(element: Element, line: Key) -> Record:
    start, partner = instant(element.text("timestamp")), element.text("partner")
    nature, direction = _word(element, _NATURES), _word(element, _DIRECTIONS)
    party = party_of(partner)
    identifier = element.text("_id")
    natural = (start.isoformat(), nature, direction, party.value)
    fields: list[tuple[str, Value]] = [
        ("sd:account", Ref("Account", line)),
        ("sd:date", civil_date(start)),
        ("schema:startTime", start),
        ("sd:nature", Code(nature)),
        ("sd:direction", Code(direction)),
    ]
    if partner:
        fields.append(("sd:counterparty", party))
    if nature == "voice" and element.text("chipType") == _SECONDS:
        fields.append(("sd:durationSeconds", whole(element, "length")))
    if element.text("latitude") and element.text("longitude"):
        fields.append(("geo:lat", element.number("latitude")))
        fields.append(("geo:long", element.number("longitude")))
    return Record(
        kind="Communication",
        key=Key(stable=identifier) if identifier else Key(natural=natural),
        account=line,
        fields=tuple(fields),
        on=civil_date(start),
        locator=element.locator,
    )


def _word(element: Element, words: tuple[tuple[str, str], ...]) -> str:
    """The code for the first of the words that the type of a communication has."""
    text = element.text("type").lower()
    for word, code in words:
        if word in text:
            return code
    raise ValueError("`type` is none of the communications that are known")


PHONE_CALLS = PilotSet(
    format="mesinfos-phone-calls",
    title="MesInfos: appels et messages Orange (JSON)",
    domain="telecom",
    by=HolderHint(iri="https://www.orange.fr/", name="Orange", sector="telecom"),
    marks=('"fr.orange.phonecommunicationlog"', '"msisdn"'),
    reader=_reader,
    version="2",
)
