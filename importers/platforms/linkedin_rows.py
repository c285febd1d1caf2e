"""What a row of a table of the archive of LinkedIn says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from importers.address import page_of
from importers.contacts import mail
from importers.contract import Code, Iri, Item, Key, Problem, Record, Value
from importers.phone import PARTY_OF
from importers.platforms.linkedin_times import civil_day, instant, month
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of, contact, person_named
from importers.table import Columns, Row
from importers.text import for_key

_PLATFORM: Final = "linkedin"

_NO_MAIL: Final = "an e-mail address was left out: this is not an e-mail address"
_DIRECTIONS: Final = {"INCOMING": "in", "OUTGOING": "out"}


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
        return self.columns.read(self.row, name, lambda text: instant(text, self.said.zone))


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
    told.append(("sd:date", cells.columns.read(cells.row, "Connected On", civil_day)))
    if written := cells["Email Address"]:
        try:
            told.append(("vcard:hasEmail", mail(written)))
        except ValueError:
            yield Problem(cells.locator, _NO_MAIL, row=False)
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
    elif way := _DIRECTIONS.get(cells["DIRECTION"]):
        fields.append(("sd:direction", Code(way)))
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
