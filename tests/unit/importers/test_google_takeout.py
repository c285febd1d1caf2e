"""Google Takeout: pages and JSON of My Activity, notes, and the Play Store."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from importers import identify, unrecognised
from importers.address import page_of
from importers.contract import Options, Problem, Record
from importers.platforms.google_activity import GoogleActivity
from importers.platforms.google_activity_page import GoogleActivityPage
from importers.platforms.google_keep import GOOGLE_KEEP
from importers.platforms.google_play import price
from importers.platforms.said_zone import zone_named
from importers.platforms.written_time import written_time
from tests.importers.golden import HERE

PARIS = ZoneInfo("Europe/Paris")
PAGE = (HERE / "platforms" / "MyActivity.html").read_bytes()


def records(importer, content, **said):
    items = importer.parse(io.BytesIO(content), Options(values=said))
    return [item for item in items if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("May 30, 2019, 3:37:14\u202fPM UTC", 15),
        ("May 30, 2019 at 12:37:14 AM GMT", 0),
        ("30 May 2019, 12:37:14 pm UTC", 12),
        ("Thursday, May 30, 2019 at 3:37:14\u202fPM UTC", 15),
        ("jueves, 30 de mayo de 2019, 15:37:14 UTC", 15),
        ("quinta-feira, 30 de mai. de 2019 às 15:37:14 UTC", 15),
        ("30 mei 2019 om 15:37:14 UTC", 15),
        ("30 May 2019 18:37:14 GMT+03:00", 15),
        ("30 mai 2019 à 17:37:14 UTC+2", 15),
        ("30 mai 2019, 17:37:14 GMT+02:00", 15),
        ("30. Mai 2019, 17:37:14 UTC\u22120430", 22),
        ("30.05.2019, 17:37:14 UTC+0530", 12),
    ],
)
def test_a_time_that_a_page_writes_is_an_instant(text, hour):
    assert written_time(text, None).astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 févr. 2024, 01:00:00 UTC", 2),
        ("3 août 2024, 01:00:00 UTC", 8),
        ("3 déc. 2024, 01:00:00 UTC", 12),
        ("3. März 2024, 01:00:00 UTC", 3),
        ("Dez 3, 2024, 01:00:00 UTC", 12),
        ("Sept 3, 2024, 1:00:00 AM UTC", 9),
    ],
)
def test_months_are_read_in_three_languages(text, month):
    assert written_time(text, None).month == month


@pytest.mark.parametrize("letters", ["CEST", "MESZ", "IST", "BST"])
def test_letters_for_a_zone_are_told_of_and_not_guessed(letters):
    with pytest.raises(ValueError, match="--option zone=Europe/Paris"):
        written_time(f"30 mai 2019, 17:37:14 {letters}", None)


@pytest.mark.parametrize(
    ("text", "zone", "hour", "day"),
    [
        ("15 janv. 2021, 00:54:12 CEST", "Europe/Paris", 22, 14),
        ("30 mai 2019, 17:37:14 CET", "Europe/Paris", 16, 30),
        ("31 mars 2024, 02:30:00 CET", "Europe/Paris", 1, 31),
        ("2 Jun 2021, 10:00:00 AEDT", "Australia/Melbourne", 23, 2),
        ("Jan 13, 2024, 4:16:06 PM TRT", "Europe/Istanbul", 13, 13),
        ("Mar 8, 2011, 4:16:06 PM TRT", "Europe/Istanbul", 13, 8),
        ("5 de jan. de 2024, 10:00:00 BRT", "America/Sao_Paulo", 13, 5),
    ],
)
def test_letters_are_those_of_the_season_in_which_the_page_was_made(text, zone, hour, day):
    found = written_time(text, ZoneInfo(zone))
    assert found.astimezone(UTC).hour == hour
    assert found.utcoffset() == found.astimezone(ZoneInfo(zone)).utcoffset()
    assert found.day == day


def test_a_time_without_letters_is_of_the_zone_that_the_person_says():
    with pytest.raises(ValueError, match="does not say its zone"):
        written_time("Jan 15, 2017, 6:54:12 PM", None)
    assert written_time("Jan 15, 2017, 6:54:12 PM", PARIS).astimezone(UTC).hour == 17


def test_letters_tell_which_of_the_two_hours_in_october_it_is():
    first = written_time("27 oct. 2024, 02:30:00 CEST", PARIS)
    assert first == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert written_time("27.10.2024, 02:30:00 MEZ", PARIS) == datetime(
        2024, 10, 27, 1, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text",
    [
        "30 mai 2019, 17:37:14 PST",
        "31.02.2019, 17:37:14 UTC",
        "30 mai 2019, 13:37:14 PM UTC",
        "30 mai 2019, 17:37:14 UTC+20",
        "30/05/2019, 17:37:14 UTC",
        "30 foo 2019, 17:37:14 UTC",
    ],
)
def test_other_times_are_refused(text):
    with pytest.raises(ValueError, match=r"zone|exist|date|clock|skipped"):
        written_time(text, PARIS)


def test_the_page_and_the_json_tell_one_record():
    json = records(GoogleActivity(), (HERE / "platforms" / "MyActivity.json").read_bytes())
    page = records(GoogleActivityPage(), PAGE, zone="Europe/Paris")
    assert [(one.key, one.on, one.fields) for one in page] == [
        (one.key, one.on, one.fields) for one in json[:4]
    ]


def test_without_its_zone_a_page_tells_which_rows_want_it():
    items = list(GoogleActivityPage().parse(io.BytesIO(PAGE), Options()))
    assert sum(isinstance(item, Record) for item in items) == 2  # UTC, and UTC+2
    assert sum("zone" in item.message for item in items if isinstance(item, Problem)) == 3


def test_a_page_whose_first_time_has_letters_asks_for_the_zone():
    ((_, match),) = identify("MyActivity.html", PAGE.replace(b"AM UTC", b"AM CEST"))
    assert match.needs == ("zone",)
    ((_, match),) = identify("MyActivity.html", PAGE)
    assert match.needs == ()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Mon activite\u0301.html", ""),
        ("MeineAktivitäten.html", ""),
        ("watch-history.html", ""),
        ("Suchverlauf.html", ""),
        ("x.html", "My Activity History"),
    ],
)
def test_a_page_with_a_long_style_is_known_by_its_name(name, title):
    head = f"<html><head><title>{title}</title><style>".encode() + b".mdl-grid{} " * 6000
    assert [importer.format for importer, _ in identify(name, head)] == ["google-activity-page"]
    assert identify("facture.html", head.replace(b"Activity History", b"bills")) == ()


def test_a_page_of_many_lines_and_pieces_is_read_alike():
    spread = PAGE.replace(b"<div", b"\n <div").replace(b"</div>", b"</div>\r\n")
    one = records(GoogleActivityPage(), PAGE, zone="Europe/Paris")
    assert records(GoogleActivityPage(), spread, zone="Europe/Paris") == one


def test_a_zone_is_one_of_the_database():
    assert zone_named("America/New_York").key == "America/New_York"
    for wrong in ("CEST!", "../etc/passwd", "Paris"):
        with pytest.raises(ValueError, match="Europe/Paris"):
            zone_named(wrong)


@pytest.mark.parametrize(
    ("text", "said", "amount", "currency"),
    [
        ("€1.99", "", "1.99", "EUR"),
        ("1,99\xa0€", "", "1.99", "EUR"),
        ("1\u202f234,50 €", "", "1234.50", "EUR"),
        ("$1,234.50", "USD", "1234.50", "USD"),
        ("US$2.00", "", "2.00", "USD"),
        ("CHF 3.10", "", "3.10", "CHF"),
        ("$0.00", "", "0", "EUR"),
        ("£2", "", "2", "GBP"),
    ],
)
def test_a_price_says_its_currency(text, said, amount, currency):
    assert price(text, said) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["$1.99", "¥120", "free", ""])
def test_a_sign_that_several_currencies_have_is_not_guessed(text):
    with pytest.raises(ValueError, match="price|currency"):
        price(text, "")


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("https://a.example/é?q=x y&r=[1]", "https://a.example/%C3%A9?q=x%20y&r=%5B1%5D"),
        ("http://a.example/100%", "http://a.example/100%25"),
        ("https://a.example/#a#b", "https://a.example/#a%23b"),
        ("javascript:alert(1)", None),
        ("https://[bad/", None),
        ("", None),
    ],
)
def test_addresses_become_iris(text, iri):
    found = page_of(text)
    assert (found.value if found else None) == iri


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b'[{"libraryDoc":{"doc":{}}}]', "Library.json"),
        (b'[{"purchaseHistory":{}}]', "Order History.json has"),
        (b'{"title":"a.jpg","photoTakenTime":{}}', "pictures are not imported"),
        (b'<html><body><div class="note BLUE"><div class="heading">', "note of Keep as a page"),
        (b'<html><head><title>Facebook</title></head><div class="_3-95 _a6-g">', "format JSON"),
        (b"<html><title>Archive contents</title><p>Google", "archive_browser.html"),
    ],
)
def test_what_is_not_read_of_an_archive_is_named(head, words):
    assert identify("x", head) == ()
    assert words in str(unrecognised(head))


@pytest.mark.parametrize(
    ("name", "case", "format_"),
    [
        ("Takeout/My Activity/Search/MyActivity.json", "MyActivity.json", "google-activity"),
        ("Takeout/Mon activité/Recherche/MonActivité.json", "MyActivity.json", "google-activity"),
        (
            "Takeout/Meine Aktivitäten/Suche/MeineAktivitäten.html",
            "MyActivity.html",
            "google-activity-page",
        ),
        (
            "Takeout/YouTube et YouTube Music/historique/watch-history.html",
            "MyActivity.html",
            "google-activity-page",
        ),
        ("Takeout/Notizen/Liste.json", "keep-liste.json", "google-keep"),
        ("Takeout/YouTube/Abos/Abos.csv", "abonnements.csv", "youtube-subscriptions"),
        (
            "Takeout/Google Play Store/Order History.json",
            "order-history.json",
            "google-play-orders",
        ),
    ],
)
def test_files_are_known_in_folders_of_any_language(name, case, format_):
    content = (HERE / "platforms" / case).read_bytes()
    assert [one.format for one, _ in identify(name.rpartition("/")[2], content)] == [format_]


def test_a_note_that_was_edited_is_the_same_note():
    note = (HERE / "platforms" / "keep-liste.json").read_bytes()
    edited = note.replace(b"Courses", b"Samedi").replace(b"1711843805250000", b"1711943805250000")
    (before,), (after,) = records(GOOGLE_KEEP, note), records(GOOGLE_KEEP, edited)
    assert (before.key, before.on) == (after.key, after.on)
    assert before.fields != after.fields
