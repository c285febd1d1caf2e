"""What X says of the advertisements that somebody was shown, and of what she did with them.

The times of these files do not say their zone. They are in UTC, as all others of the archive: an
advertisement is shown seconds after the log-in that `ip-audit.js` has with its offset.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from importers.clock import instant
from importers.contract import Iri, Item, Record, Value
from importers.document import Element
from importers.platforms.online import Act, record_of
from importers.rows import convert

_POST: Final = "https://x.com/i/web/status/"
_ID: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
# "2021-11-19 06:06:50"
_WRITTEN: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
_NO_LIST: Final = "the reactions to this advertisement are missing"


def impression(element: Element, _me: str) -> Iterator[Item]:
    """An advertisement that was shown. Raises ValueError."""
    at = _utc(element.text("impressionTime"))
    yield record_of(_act(at, "advert", element, _criteria(element), element.locator))


def engagement(element: Element, _me: str) -> Iterator[Item]:
    """What was done with an advertisement: each reaction that X counted. Raises ValueError."""
    shown = Element(element.locator, element.get("impressionAttributes"))
    done = element.get("engagementAttributes")
    if not isinstance(done, list) or not done:
        raise ValueError(_NO_LIST)
    begins = f"{element.locator}/engagementAttributes/"
    reactions = (Element(f"{begins}{place}", one) for place, one in enumerate(done))
    yield from convert(reactions, lambda one: (_reaction(shown, one),))


def _reaction(shown: Element, reaction: Element) -> Record:
    at, kind = _utc(reaction.text("engagementTime")), reaction.text("engagementType")
    words = (("schema:keywords", kind),) if kind else ()
    return record_of(_act(at, "advertUse", shown, words, reaction.locator))


def _act(
    at: datetime, nature: str, shown: Element, words: tuple[tuple[str, Value], ...], locator: str
) -> Act:
    number = shown.text("promotedTweetInfo/tweetId")
    about = Iri(_POST + number) if _ID.fullmatch(number) else None
    label = shown.text("promotedTweetInfo/tweetText") or shown.text("promotedTrendInfo/name")
    who = shown.text("advertiserInfo/advertiserName") or shown.text("advertiserInfo/screenName")
    told_by = (label, number, who, shown.text("displayLocation"), *(str(word) for _, word in words))
    more = ((("sd:counterpartyName", who),) if who else ()) + words
    return Act(
        at=at, nature=nature, label=label, about=about, told_by=told_by, more=more, locator=locator
    )


def _criteria(element: Element) -> tuple[tuple[str, Value], ...]:
    """Why it was she who was shown it: what the advertiser asked X for."""
    found = element.get("matchedTargetingCriteria")
    asked = [Element("", one) for one in found] if isinstance(found, list) else []
    words = (f"{one.text('targetingType')}: {one.text('targetingValue')}" for one in asked)
    return tuple(
        ("schema:keywords", word.strip(": ")) for word in dict.fromkeys(words) if word != ": "
    )


def _utc(text: str) -> datetime:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("this is not a date and time of X")
    return instant(f"{found[1]}T{found[2]}Z")
