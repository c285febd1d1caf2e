"""What a row of a table of the archive of LinkedIn says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from importers.address import page_of
from importers.clock import iso_date, local, wall_time
from importers.contacts import mail
from importers.contract import Code, Iri, Item, Key, Record, Typed, Value
from importers.phone import PARTY_OF
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of, contact, person_named
from importers.platforms.written_time import month_number
from importers.table import Columns, Row
from importers.text import for_key

_PLATFORM: Final = "linkedin"
_DAY: Final = re.compile(r"(\d{1,2}) ([^\W\d_]+)\.? (\d{4})")
_MONTH: Final = re.compile(r"(?:([^\W\d_]+)\.? )?(\d{4})")
_UTC: Final = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d) (\d\d:\d\d(?::\d\d)?)( UTC)?", re.ASCII)
# "Fri Mar 05 12:34:56 UTC 2021"
_UNIX: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) UTC (\d{4})", re.ASCII
)
_NO_ZONE: Final = "the time does not say its zone: say it, `--option zone=UTC`"
_NO_DATE: Final = (
    "this is not a date of LinkedIn: if a program saved the file anew, download it again"
)
_NO_MOMENT: Final = (
    "this is not a date and time of LinkedIn: if a program saved the file anew, download it again"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says: the zone of times that have none, and her own name, "" for unsaid."""

    zone: ZoneInfo | None
    me: str


@dataclass(frozen=True, slots=True)
class Cells:
    """A row with the names of its columns."""

    row: Row
    columns: Columns
    said: Said

    def __getitem__(self, name: str) -> str:
        return self.columns.cell(self.row, name) if self.columns.have(name) else ""

    @property
    def locator(self) -> str:
        return self.row.locator

    def at(self, name: str) -> datetime:
        """The time in a column. Raises ValueError."""
        return self.columns.read(self.row, name, lambda text: _instant(text, self.said.zone))


Read = Callable[[Cells], Iterator[Item]]


def connection(cells: Cells) -> Iterator[Item]:
    """Somebody with whom the person is connected."""
    address = page_of(cells["URL"])
    first, last = cells["First Name"], cells["Last Name"]
    name = f"{first} {last}".strip()
    if not address and not name:
        raise ValueError("it is not said who it is")
    who = _profile(address) if address else person_named(name)
    told: list[tuple[str, Value]] = [
        (property_, text)
        for property_, text in (
            ("vcard:fn", name),
            ("vcard:given-name", first),
            ("vcard:family-name", last),
            ("vcard:organization-name", cells["Company"]),
            ("vcard:title", cells["Position"]),
        )
        if text
    ]
    if address:
        told.append(("vcard:hasURL", address))
    if cells["Email Address"]:
        told.append(("vcard:hasEmail", cells.columns.read(cells.row, "Email Address", mail)))
    told.append(("sd:date", cells.columns.read(cells.row, "Connected On", civil_day)))
    yield contact(who, "connection", tuple(told), cells.locator)


def message(cells: Cells) -> Iterator[Item]:
    at = cells.at("DATE")
    sender = _party(cells["FROM"], cells["SENDER PROFILE URL"])
    if sender is None:
        raise ValueError("the message does not say who wrote it")
    fields: list[tuple[str, Value]] = [("schema:dateSent", at), ("sd:date", at.date())]
    if cells.said.me:
        is_own = for_key(cells["FROM"]).casefold() == for_key(cells.said.me).casefold()
        fields.append(("sd:direction", Code("out" if is_own else "in")))
    fields.append(("schema:sender", sender))
    pages = filter(None, map(page_of, cells["RECIPIENT PROFILE URLS"].split(",")))
    fields += [("schema:recipient", _profile(page)) for page in pages]
    subject, text = cells["SUBJECT"], cells["CONTENT"]
    fields += [
        (name, said) for name, said in (("schema:name", subject), ("schema:text", text)) if said
    ]
    natural = (at.isoformat(), cells["CONVERSATION ID"], sender.value, for_key(text))
    yield Record(
        kind="Message",
        key=Key(natural=natural),
        fields=tuple(fields),
        on=at.date(),
        locator=cells.locator,
    )


def position(cells: Cells) -> Iterator[Item]:
    """A job that the person tells of herself."""
    title, company = cells["Title"], cells["Company Name"]
    begun = cells["Started On"]
    if not title and not company:
        raise ValueError("the position has no title and no company")
    fields: list[tuple[str, Value]] = [("sd:nature", Code("job"))]
    fields += [
        (property_, text)
        for property_, text in (
            ("schema:name", title),
            ("sd:counterpartyName", company),
            ("schema:description", cells["Description"]),
        )
        if text
    ]
    if begun:
        fields.append(("schema:startDate", cells.columns.read(cells.row, "Started On", month)))
    if cells["Finished On"]:
        fields.append(("schema:endDate", cells.columns.read(cells.row, "Finished On", month)))
    yield Record(
        kind="Experience",
        key=Key(natural=(for_key(title), for_key(company), for_key(begun))),
        fields=tuple(fields),
        locator=cells.locator,
    )


def reaction(cells: Cells) -> Iterator[Item]:
    yield _act(cells, "Date", "like", cells["Type"], cells["Link"])


def comment(cells: Cells) -> Iterator[Item]:
    yield _act(cells, "Date", "comment", cells["Message"], cells["Link"])


def share(cells: Cells) -> Iterator[Item]:
    yield _act(cells, "Date", "publish", cells["ShareCommentary"], cells["ShareLink"])


def company(cells: Cells) -> Iterator[Item]:
    """A company or school that the person follows."""
    yield _act(cells, "Followed On", "follow", cells["Organization"], "")


def hashtag(cells: Cells) -> Iterator[Item]:
    yield _act(cells, "CreatedTime", "follow", cells["HashTag"], "")


def advert(cells: Cells) -> Iterator[Item]:
    """An advertisement that was clicked on."""
    yield _act(cells, "Ad clicked Date", "advertUse", cells["Ad Title/Id"], "")


def vote(cells: Cells) -> Iterator[Item]:
    """What was answered to a poll."""
    yield _act(cells, "Date", "comment", cells["OptionText"], cells["Link"])


def honour(cells: Cells) -> Iterator[Item]:
    """A prize or distinction that the person tells of herself."""
    title, issuer, on = cells["Title"], cells["Issuer"], cells["Issue Date"]
    if not title:
        raise ValueError("the distinction has no name")
    fields: list[tuple[str, Value]] = [("sd:nature", Code("achievement")), ("schema:name", title)]
    if issuer:
        fields.append(("sd:counterpartyName", issuer))
    if cells["Description"]:
        fields.append(("schema:description", cells["Description"]))
    if on:
        fields.append(("schema:startDate", cells.columns.read(cells.row, "Issue Date", month)))
    yield Record(
        kind="Experience",
        key=Key(natural=(for_key(title), for_key(issuer), for_key(on))),
        fields=tuple(fields),
        locator=cells.locator,
    )


def search(cells: Cells) -> Iterator[Item]:
    yield _act(cells, "Time", "search", cells["Search Query"], "")


def login(cells: Cells) -> Iterator[Item]:
    """A login; the address of the network is not kept."""
    yield _act(cells, "Login Date", "login", cells["Login Type"], "")


def _act(cells: Cells, time: str, nature: str, label: str, link: str) -> Record:
    return record_of(
        Act(
            at=cells.at(time),
            nature=nature,
            label=label,
            about=page_of(link),
            locator=cells.locator,
        )
    )


def _party(name: str, address: str) -> Iri | None:
    profile = page_of(address)
    if profile is not None:
        return _profile(profile)
    return person_named(name) if name else None


def _profile(address: Iri) -> Iri:
    """Who is at an address, `https://www.linkedin.com/in/lea-petit`."""
    path = unquote(urlsplit(address.value).path).rstrip("/")
    return account_of(_PLATFORM, path.rpartition("/")[2].casefold() or PARTY_OF)


def civil_day(text: str) -> date:
    """`05 Mar 2021`. Raises ValueError."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(_NO_DATE)
    return iso_date(f"{found[3]}-{month_number(found[2]):02}-{int(found[1]):02}")


def month(text: str) -> Typed:
    """`Mar 2019` or `2019`: no day is guessed. Raises ValueError."""
    found = _MONTH.fullmatch(text)
    number = month_number(found[1]) if found and found[1] else 0
    if found is None or (found[1] and not number):
        raise ValueError(_NO_DATE)
    if number:
        return Typed(f"{found[2]}-{number:02}", "xsd:gYearMonth")
    return Typed(found[2], "xsd:gYear")


def is_whole_time(text: str) -> bool:
    """Whether a text is a day or a time of which nothing can be missing at its end."""
    return any(form.fullmatch(text) for form in (_DAY, _UNIX)) or text.endswith(" UTC")


def _instant(text: str, zone: ZoneInfo | None) -> datetime:
    """`2021-03-05 12:34:56 UTC`, `Fri Mar 05 12:34:56 UTC 2021`, or the first without a zone."""
    unix = _UNIX.fullmatch(text)
    if unix is not None:
        name, day, clock, year = unix.groups()
        return local(wall_time(f"{year}-{month_number(name):02}-{day}T{clock}"), _ZULU)
    found = _UTC.fullmatch(text)
    if found is None:
        raise ValueError(_NO_MOMENT)
    year, number, day, clock, is_utc = found.groups()
    zone = _ZULU if is_utc else zone
    if zone is None:
        raise ValueError(_NO_ZONE)
    return local(wall_time(f"{year}-{number}-{day}T{clock}"), zone)


_ZULU: Final = ZoneInfo("UTC")
