"""What was watched and listened to: Netflix and Spotify."""

import io
import json

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.media.netflix_activity import NetflixActivity
from importers.media.netflix_billing import NetflixBilling
from importers.media.netflix_history import NetflixHistory
from importers.media.spotify import SpotifyExtended, SpotifyShort
from tests.importers.golden import HERE

HEADER = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country"
)


def row(profile, title="Le Film", beside="", start="2024-03-31 08:00:00"):
    return f"{profile},{start},00:20:00,,{title},{beside},TV,00:20:00,00:20:00,FR (France)"


def watched(*rows, **said):
    text = "\n".join((HEADER, *rows, ""))
    return list(NetflixActivity().parse(io.BytesIO(text.encode()), Options(values=said)))


def listed(*rows, **said):
    text = "\n".join(("Title,Date", *rows, ""))
    return list(NetflixHistory().parse(io.BytesIO(text.encode()), Options(values=said)))


def played(importer, *entries):
    return list(importer.parse(io.BytesIO(json.dumps(entries).encode()), Options()))


def views(items):
    return [item for item in items if isinstance(item, Record) and item.counted]


def messages(items):
    return [item.message for item in items if isinstance(item, Problem)]


def test_of_several_profiles_none_is_kept_before_it_is_said_which_is_hers():
    found = watched(row("Camille"), row("Léo"))
    assert views(found) == []
    assert (
        messages(found)
        == ["the file has several profiles: say which is yours with profile=NAME"] * 2
    )


def test_the_rows_of_others_are_counted_and_nothing_of_them_is_kept():
    found = watched(row("Camille"), row("Léo", "Dessin animé"), row("Léo"), profile="camille ")
    assert messages(found) == ["rows of other profiles are not kept: 3"]
    found = watched(row("Camille"), row("Léo", "Dessin animé"), row("Léo"), profile="Camille")
    assert [dict(record.fields)["schema:name"] for record in views(found)] == ["Le Film"]
    assert messages(found) == ["rows of other profiles are not kept: 2"]
    assert "Léo" not in repr(found)
    assert "Dessin" not in repr(found)


def test_a_file_of_one_profile_needs_no_option():
    account, one, two = watched(row("Camille"), row("Camille", start="2024-03-31 09:00:00"))
    assert (account.kind, dict(account.fields)["schema:name"]) == ("Account", "Camille")
    assert one.key != two.key


def test_the_profile_is_asked_for_where_the_file_has_several():
    asked = []
    for rows in ((row("Camille"),), (row("Camille"), row("Léo"))):
        ((_, match),) = identify("x.csv", "\n".join((HEADER, *rows, "")).encode())
        asked.append(match.needs)
    assert asked == [(), ("profile",)]


@pytest.mark.parametrize("beside", ["TRAILER", "HOOK", "PROMOTIONAL"])
def test_what_was_played_beside_a_film_is_kept_apart(beside):
    (view,) = views(watched(row("Camille", beside=beside)))
    said = dict(view.fields)
    assert (said["sd:nature"].name, said["sd:sourceLabel"]) == ("trailer", beside)
    assert "sd:nature" not in dict(views(watched(row("Camille")))[0].fields)


def test_times_are_in_utc_and_days_are_those_of_paris():
    (view,) = views(watched(row("Camille", start="2024-03-30 23:30:00")))
    assert str(view.on) == "2024-03-31"
    assert dict(view.fields)["schema:startTime"].isoformat() == "2024-03-30T23:30:00+00:00"


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("31/03/2024", "05/04/2024"), ["2024-03-31", "2024-04-05"]),
        (("3/31/24", "4/5/24"), ["2024-03-31", "2024-04-05"]),
        (("4/5/24", "3/31/24"), ["2024-04-05", "2024-03-31"]),
        (("31.03.24", "05.04.24"), ["2024-03-31", "2024-04-05"]),
        (("2024-03-31", "2024-04-05"), ["2024-03-31", "2024-04-05"]),
    ],
)
def test_the_order_of_a_date_is_told_by_the_whole_file(dates, days):
    found = listed(*(f"Le Film,{date}" for date in dates))
    assert [str(record.on) for record in views(found)] == days


@pytest.mark.parametrize("names", ["Title,Date", "Titre,Date", "Titel,Datum", "Título,Fecha"])
def test_the_columns_are_named_in_several_languages(names):
    content = f"{names}\nLe Film,31/03/2024\n".encode()
    assert [importer.format for importer, _ in identify("x.csv", content)] == [
        "netflix-viewing-history"
    ]
    (view,) = views(NetflixHistory().parse(io.BytesIO(content), Options()))
    assert dict(view.fields)["schema:name"] == "Le Film"


def test_an_order_that_no_date_tells_is_asked_for():
    problem, remark = listed("Le Film,4/5/24")
    assert problem.message.endswith("say which with day_first=yes or day_first=no")
    assert "whoever imports both has it twice" in remark.message
    for said, day in (("yes", "2024-05-04"), ("no", "2024-04-05")):
        (view,) = views(listed("Le Film,4/5/24", day_first=said))
        assert str(view.on) == day


SHORT = {
    "endTime": "2024-03-31 08:05",
    "artistName": "Les Élans",
    "trackName": "Été",
    "msPlayed": 1000,
}
FULL = {
    "ts": "2024-03-31T08:05:42Z",
    "ms_played": 1000,
    "ip_addr": "198.51.100.7",
    "username": "camille-1",
    "master_metadata_track_name": "Été",
    "master_metadata_album_artist_name": "Les Élans",
    "spotify_track_uri": "spotify:track:1",
}


def test_both_packages_name_one_play_alike():
    (short,) = played(SpotifyShort(), SHORT)
    (full,) = played(SpotifyExtended(), FULL)
    assert (short.key, short.on) == (full.key, full.on)
    (other,) = played(SpotifyExtended(), FULL | {"ms_played": 1001})
    assert other.key != full.key


def test_who_played_it_from_where_is_never_kept():
    found = repr(played(SpotifyExtended(), FULL))
    assert "198.51.100.7" not in found
    assert "camille-1" not in found


def test_a_private_session_is_marked():
    (record,) = played(SpotifyExtended(), FULL | {"incognito_mode": True})
    assert dict(record.fields)["sd:nature"].name == "privateSession"
    (record,) = played(SpotifyExtended(), FULL | {"incognito_mode": False})
    assert "sd:nature" not in dict(record.fields)


@pytest.mark.parametrize(
    ("entry", "title", "whole"),
    [
        ({"episode_name": "Épisode 12", "episode_show_name": "Le débat"}, "Épisode 12", "Le débat"),
        ({"audiobook_chapter_title": "I", "audiobook_title": "Un roman"}, "I", "Un roman"),
    ],
)
def test_podcasts_and_books_are_read(entry, title, whole):
    nulls = {"master_metadata_track_name": None, "spotify_track_uri": None}
    (record,) = played(SpotifyExtended(), FULL | nulls | entry)
    said = dict(record.fields)
    assert (said["schema:name"], said["schema:inAlbum"]) == (title, whole)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"master_metadata_track_name": None}, "the entry names nothing that was played"),
        ({"ts": "2024-03-31T08:05:42"}, "this time does not say its offset"),
        ({"ms_played": 1.5}, "`ms_played` is no number of milliseconds"),
    ],
)
def test_a_play_that_cannot_be_kept_is_told(change, message):
    assert messages(played(SpotifyExtended(), FULL | change)) == [message]


def test_a_bill_of_netflix_is_one_in_all_states_of_its_payment():
    bills = (HERE / "media" / "BillingHistory.csv").read_bytes()
    found = list(NetflixBilling().parse(io.BytesIO(bills), Options()))
    said = [dict(one.fields) for one in found if isinstance(one, Record)]
    assert [str(one["sd:date"]) for one in said] == ["2024-04-08", "2024-03-10"]
    assert [str(one["sd:total"]) for one in said] == ["13.49", "13.49"]
    told = [(one.row, one.message) for one in found if isinstance(one, Problem)]
    assert [is_row for is_row, _ in told] == [True, True, False, False]
    assert "what became of this bill is not known" in told[0][1]
    assert told[2][1].endswith("beside their bills: 2")
    assert "1234" not in str(found)
