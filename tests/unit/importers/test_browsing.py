"""Histories of browsers: times, what is dropped of addresses, and databases that are hostile."""

import io
import json

import pytest
from pyoxigraph import NamedNode

from importers import identify
from importers.address import address_of
from importers.browsing.browsers import BrowserHistory
from importers.browsing.chrome_takeout import ChromeTakeout
from importers.browsing.database import rows
from importers.contract import Options, Problem, Record
from tests.unit.importers import browsers

HISTORY = BrowserHistory()
AT = "2024-03-31T00:30:00.500000+00:00"


def items(importer, content):
    return list(importer.parse(io.BytesIO(content), Options()))


def visits(importer, content):
    return [item for item in items(importer, content) if isinstance(item, Record)]


def messages(importer, content):
    return [item.message for item in items(importer, content) if isinstance(item, Problem)]


@pytest.mark.parametrize(
    ("browser", "content"),
    [
        ("chromium", browsers.chromium()),
        ("firefox", browsers.mozilla()),
        ("safari", browsers.safari()),
        *browsers.others().items(),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_each_browser_counts_time_from_a_year_of_its_own(browser, content):
    first = dict(visits(HISTORY, content)[0].fields)
    assert first["schema:startTime"].isoformat() == AT
    assert str(first["sd:date"]) == "2024-03-31"
    ((importer, match),) = identify("x", content)
    assert (importer.format, match.variant) == ("browser-history", browser)


def test_the_browser_and_takeout_tell_of_one_visit_alike():
    entry = {"url": browsers.PAGES[0][1], "title": "Mairie", "time_usec": browsers.MOMENT}
    takeout = json.dumps({"Browser History": [entry]}).encode()
    (theirs,) = visits(ChromeTakeout(), takeout)
    ours = visits(HISTORY, browsers.chromium())[0]
    assert (theirs.key, theirs.on) == (ours.key, ours.on)
    assert ChromeTakeout().holder(b"") == HISTORY.holder(browsers.chromium())


def test_by_which_device_it_was_is_not_kept():
    entry = {"url": "https://a.example/", "client_id": "c-42", "time_usec": browsers.MOMENT}
    assert "c-42" not in repr(
        items(ChromeTakeout(), json.dumps({"Browser History": [entry]}).encode())
    )


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("https://camille:secret@a.example/", "https://a.example/"),
        ("https://camille@mail:p@ss@a.example:8443/", "https://a.example:8443/"),
        ("https://a.example/été [1]?q=a b|c", "https://a.example/%C3%A9t%C3%A9%20%5B1%5D?q=a%20b%7Cc"),
        ("https://a.example/100%/%C3%A9", "https://a.example/100%25/%C3%A9"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"),
        ("file:///C:/Users/camille/lettre.pdf", "file:///C:/Users/camille/lettre.pdf"),
        ("about:blank", "about:blank"),
        ("chrome-extension://abc/page.html", "chrome-extension://abc/page.html"),
    ],
)  # fmt: skip
def test_an_address_becomes_an_iri_without_user_and_password(address, iri):
    found = address_of(address)
    assert found.value == iri
    assert NamedNode(found.value).value == iri


@pytest.mark.parametrize(
    "address",
    [
        "data:text/html,<p>bonjour",
        "javascript:alert(1)",
        "https://a.example/" + "x" * 4000,
        "http://[::x]/",
        "http://a.example:port/",
        "no address",
        "",
    ],
)
def test_what_is_no_address_of_a_page_has_no_iri(address):
    assert address_of(address) is None


def test_a_visit_of_what_has_no_address_is_kept_with_its_time():
    third = visits(HISTORY, browsers.chromium())[2]
    assert "as:object" not in dict(third.fields)


def test_visits_that_cannot_be_kept_are_told():
    assert messages(HISTORY, browsers.chromium()) == [
        "the page of this visit is not in the database",
        "the visit says no time that can be",
    ]


def test_what_stands_in_a_log_beside_the_database_is_missed():
    found = items(HISTORY, browsers.mozilla(is_logged=True))
    assert "-wal" in found[0].message
    assert not found[0].row
    assert len(visits(HISTORY, browsers.mozilla(is_logged=True))) == 2


NO_TABLE = "the database has not the tables that are known"
NO_DATABASE = "the file is no database that can be read: copy it again, with the browser closed"
WITHOUT_END = """
CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, last_visit_time);
CREATE VIEW visits AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
 SELECT id, 1 AS url, 1 AS visit_time, 1 AS visit_duration FROM n;
"""
VIRTUAL = """
CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, last_visit_time);
CREATE VIRTUAL TABLE visits USING fts5(url, visit_time, visit_duration);
"""
WITH_A_FUNCTION = """
CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, last_visit_time);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time,
 visit_duration AS (length(zeroblob(900000000))));
INSERT INTO visits(id, url, visit_time) VALUES (1, 1, 1);
"""
NO_VISITS = "CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, last_visit_time);"
NO_COLUMNS = """
CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, last_visit_time);
CREATE TABLE visits(id INTEGER PRIMARY KEY, visit_time);
"""


@pytest.mark.parametrize(
    ("script", "said"),
    [
        pytest.param(WITHOUT_END, NO_TABLE, id="a view without end"),
        pytest.param(VIRTUAL, NO_TABLE, id="a virtual table"),
        pytest.param(WITH_A_FUNCTION, NO_TABLE, id="a column that is a function"),
        pytest.param(NO_VISITS, NO_TABLE, id="no table"),
        pytest.param(NO_COLUMNS, NO_TABLE, id="no columns"),
    ],
)
def test_the_schema_of_a_database_does_nothing(script, said):
    assert messages(HISTORY, browsers.of_schema(script)) == [said]


def test_a_database_that_is_cut_or_none_is_not_read():
    content = browsers.chromium()
    for broken in (b"", content[:50], content[:-1024], content[:-1], b"x" * 5000):
        assert messages(HISTORY, broken) == [NO_DATABASE]


def test_room_that_a_browser_keeps_at_the_end_of_its_file_is_no_damage():
    content = browsers.mozilla()
    assert items(HISTORY, content + bytes(70_000)) == items(HISTORY, content)


def test_a_database_of_an_older_program_does_not_say_how_many_pages_it_has():
    content = browsers.safari()
    older = content[:28] + bytes(4) + content[32:92] + bytes(4) + content[96:]
    assert items(HISTORY, older) == items(HISTORY, content)


def test_a_page_that_is_overwritten_is_told():
    content = browsers.chromium()
    page = content.rfind(b"Le Journal") // 1024 * 1024
    broken = content[:page] + bytes(1024) + content[page + 1024 :]
    assert any(item.row for item in items(HISTORY, broken) if isinstance(item, Problem))


INDEXED = """
CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, last_visit_time);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time, visit_duration);
CREATE INDEX hosts ON urls(lower(url));
INSERT INTO urls VALUES (1, 'https://a.example/', 'A', 0);
INSERT INTO visits VALUES (1, 1, 13356318600500000, 0);
"""


def test_a_database_that_cannot_be_checked_is_read_and_told_of():
    problem, visit = items(HISTORY, browsers.of_schema(INDEXED))
    assert (problem.row, "rules of its own" in problem.message) == (False, True)
    assert dict(visit.fields)["schema:startTime"].isoformat() == AT


class Endless(io.RawIOBase):
    def __init__(self):
        self.made = 0

    def read(self, size=-1):
        del size
        self.made += 1 << 20
        return bytes(1 << 20)


def test_a_database_that_is_larger_than_any_is_not_read_on():
    export = Endless()
    (problem,) = rows(export, (), largest=5 << 20)
    assert problem.message == "the database has more than 5 MiB, which is not read"
    assert export.made < 10 << 20


def test_a_database_whose_schema_stands_behind_is_opened_to_see_what_it_is():
    tables = "".join(f"CREATE TABLE other_{n}(id INTEGER PRIMARY KEY, url);" for n in range(60))
    content = browsers.of_schema(tables)
    ((importer, match),) = identify("x.sqlite", content)
    assert (importer.format, match.variant) == ("browser-history", "")
    assert messages(importer, content) == [NO_TABLE]
