"""MesInfos: films and programmes ordered on the television of Orange ("fr.orange.videostream").

`price` is in euro, 0 where the offer includes it. `content/duration` is how long the programme is,
in seconds. How long it was watched (`viewingDuration`) is left out: no unit is documented for it.
"""

from collections.abc import Iterator

from importers.clock import civil_date, instant
from importers.contract import HolderHint, Item, Key, Record, Ref, Value
from importers.document import Element
from importers.pilot_set import Accounts, PilotSet, Read, required, whole


def _reader() -> Read:
    accounts = Accounts("Account")

    def read(element: Element) -> Iterator[Item]:
        if element.text("docType").lower() != "fr.orange.videostream":
            raise ValueError("this is not a programme that was ordered")
        account = Key(natural=(required(element, "clientId"),))
        record = _use(element, account)
        yield from accounts.new(account, (), element.locator)
        yield record

    return read


def _use(element: Element, account: Key) -> Record:
    start, title = instant(element.text("timestamp")), required(element, "content/title")
    found: dict[str, Value] = {
        "sd:account": Ref("Account", account),
        "sd:date": civil_date(start),
        "schema:startTime": start,
        "schema:name": title,
    }
    if element.get("content/duration") is not None:
        found["sd:durationSeconds"] = whole(element, "content/duration")
    price = element.number_or_none("price")
    if price is not None:
        found["sd:total"] = price
    for name, path in (
        ("schema:alternativeHeadline", "content/subTitle"),
        ("sd:sourceLabel", "action"),
    ):
        if text := element.text(path):
            found[name] = text
    identifier, content = element.text("_id"), element.text("content/longId")
    natural = (start.isoformat(), content or title)
    return Record(
        kind="MediaUse",
        key=Key(stable=identifier) if identifier else Key(natural=natural),
        fields=tuple(found.items()),
        on=civil_date(start),
        locator=element.locator,
    )


ORANGE_VIDEOS = PilotSet(
    format="mesinfos-orange-videos",
    title="MesInfos: vidéos commandées chez Orange (JSON)",
    domain="telecom",
    by=HolderHint(iri="https://www.orange.fr/", name="Orange", sector="telecom"),
    marks=('"fr.orange.videostream"', '"clientId"'),
    reader=_reader,
)
