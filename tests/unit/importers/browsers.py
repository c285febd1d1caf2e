"""Databases as browsers keep them, small and made up."""

import sqlite3
from contextlib import closing

CHROMIUM = """
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR,
 last_visit_time INTEGER NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
 visit_duration INTEGER DEFAULT 0 NOT NULL);
CREATE INDEX visits_url_index ON visits (url);
"""
MOZILLA = """
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
 visit_date INTEGER, visit_type INTEGER);
CREATE INDEX moz_historyvisits_placedateindex ON moz_historyvisits (place_id, visit_date);
"""
SAFARI = """
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL,
 visit_time REAL NOT NULL, title TEXT NULL);
"""
FIREFOX_MOBILE = """
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, title LONGVARCHAR,
 -- we want this as a count
 visit_count_local INTEGER NOT NULL DEFAULT 0);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, is_local INTEGER NOT NULL,
 place_id INTEGER NOT NULL, visit_date INTEGER NOT NULL);
"""
FIREFOX_MOBILE_OLD = """
CREATE TABLE history(_id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, url TEXT NOT NULL,
 date_local INTEGER NOT NULL DEFAULT 0, guid TEXT NOT NULL);
CREATE TABLE visits(_id INTEGER PRIMARY KEY AUTOINCREMENT, history_guid TEXT NOT NULL,
 date INTEGER NOT NULL);
"""
QUTEBROWSER = "CREATE TABLE History (url NOT NULL, title NOT NULL, atime NOT NULL);"
PAGES = (
    (1, "https://camille:secret@mairie.example/été?q=vélo#haut", "Mairie, état civil", 0),
    (2, "https://journal.example/", "Le Journal", 0),
    (3, "data:text/html,<p>bonjour", "", 0),
)
# 2024-03-31T00:30:00.5Z, in microseconds since 1970.
MOMENT = 1_711_845_000_500_000
SINCE_1601 = 11_644_473_600_000_000
SINCE_2001 = 978_307_200


def chromium(*, pages=PAGES, visits=None):
    """The octets of a `History` of Chromium. `visits` are rows of its table of visits."""
    start = MOMENT + SINCE_1601
    some = (
        (1, 1, start, 16_603_249),
        (2, 2, start + 60_000_000, 0),
        (3, 3, start + 61_000_000, 0),
        (4, 9, start + 62_000_000, 0),
        (5, 2, 0, 0),
    )
    return _made(
        CHROMIUM,
        ("INSERT INTO urls VALUES (?, ?, ?, ?)", pages),
        ("INSERT INTO visits VALUES (?, ?, ?, ?)", some if visits is None else visits),
    )


def mozilla(*, is_logged=False):
    """The octets of a `places.sqlite` of Firefox; a write-ahead log may stand beside it."""
    visits = ((1, None, 1, MOMENT, 1), (2, 1, 2, MOMENT + 1_000_000, 1), (3, 2, 2, None, 4))
    content = _made(
        MOZILLA,
        ("INSERT INTO moz_places VALUES (?, ?, ?)", [page[:3] for page in PAGES]),
        ("INSERT INTO moz_historyvisits VALUES (?, ?, ?, ?, ?)", visits),
    )
    return content[:18] + b"\2\2" + content[20:] if is_logged else content


def safari():
    """The octets of a `History.db` of Safari."""
    at = MOMENT / 1_000_000 - SINCE_2001
    visits = ((1, 1, at, "Mairie"), (2, 2, at + 1, None), (3, 2, "never", None))
    return _made(
        SAFARI,
        ("INSERT INTO history_items VALUES (?, ?)", [page[:2] for page in PAGES]),
        ("INSERT INTO history_visits VALUES (?, ?, ?, ?)", visits),
    )


def others():
    """Browsers of which few people keep a history: their names, and the octets of a database."""
    url, title = PAGES[0][1:3]
    return {
        "firefox-mobile": _made(
            FIREFOX_MOBILE,
            ("INSERT INTO moz_places VALUES (?, ?, ?, ?)", ((1, url, title, 1),)),
            ("INSERT INTO moz_historyvisits VALUES (?, ?, ?, ?)", ((1, 1, 1, MOMENT // 1000),)),
        ),
        "firefox-mobile-old": _made(
            FIREFOX_MOBILE_OLD,
            ("INSERT INTO history VALUES (?, ?, ?, ?, ?)", ((1, title, url, 0, "g1"),)),
            ("INSERT INTO visits VALUES (?, ?, ?)", ((1, "g1", MOMENT),)),
        ),
        "qutebrowser": _made(
            QUTEBROWSER,
            ("INSERT INTO History VALUES (?, ?, ?)", ((url, title, MOMENT / 1_000_000),)),
        ),
    }


def of_schema(script):
    """The octets of a database that a script makes."""
    return _made(script)


def _made(script, *filled):
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA page_size = 1024")
        database.executescript(script)
        for statement, rows in filled:
            database.executemany(statement, rows)
        database.commit()
        return database.serialize()
