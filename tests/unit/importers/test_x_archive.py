"""The archive of X: scripts that are JSON behind their first words, ids that are texts."""

import io

import pytest

from importers import identify, unrecognised
from importers.contract import Options, Problem, Record
from importers.platforms.x_archive import XArchive
from importers.platforms.x_rows import written


def read(text, **said):
    return list(XArchive().parse(io.BytesIO(text.encode()), Options(values=said)))


@pytest.mark.parametrize(
    ("begin", "variant"),
    [
        ("window.YTD.tweets.part0 = [", "tweets"),
        ("window.YTD.tweet.part12=[", "tweet"),
        ("\nwindow.YTD.ip_audit.part0 = [ {", "ip_audit"),
    ],
)
def test_a_file_is_known_by_its_first_words(begin, variant):
    ((importer, match),) = identify("data.js", begin.encode())
    assert (importer.format, match.variant) == ("x-archive", variant)


def test_a_file_of_another_name_is_named():
    assert identify("device-token.js", b"window.YTD.device_token.part0 = [") == ()
    assert "archive of X" in str(unrecognised(b"window.YTD.device_token.part0 = ["))


def test_posts_of_older_archives_stand_by_themselves_and_have_the_same_key():
    post = '"id_str":"7","created_at":"Wed Oct 10 20:19:24 +0000 2018","full_text":"a"'
    (older,) = read(f"window.YTD.tweet.part0 = [{{{post}}}]")
    (newer,) = read(f'window.YTD.tweets.part0 = [{{"tweet":{{{post}}}}}]')
    assert (older.key, older.fields) == (newer.key, newer.fields)


def test_an_id_stays_a_text_whatever_its_length():
    (found,) = read(
        'window.YTD.follower.part0 = [{"follower":{"accountId":"18446744073709551615"}}]'
    )
    assert dict(found.fields)["vcard:hasURL"].value.endswith("=18446744073709551615")


def test_the_address_of_the_network_is_not_kept():
    (found,) = read(
        'window.YTD.ip_audit.part0 = [{"ipAudit":{"createdAt":"2024-03-31T01:30:00.000Z",'
        '"loginIp":"192.0.2.7"}}]'
    )
    assert "192.0.2.7" not in str(found)


@pytest.mark.parametrize("text", ["", "window.YTD.tweets", "var x = [];", "[" * 300])
def test_what_does_not_begin_so_says_so(text):
    (found,) = read(text)
    assert isinstance(found, Problem)


@pytest.mark.parametrize(
    "text", ["Wed Oct 32 20:19:24 +0000 2018", "Wed Foo 10 20:19:24 +0000 2018", ""]
)
def test_other_times_are_refused(text):
    with pytest.raises(ValueError, match="date|day"):
        written(text)


def test_without_the_own_account_a_message_has_no_direction():
    text = (
        'window.YTD.direct_messages.part0 = [{"dmConversation":{"messages":[{"messageCreate":'
        '{"id":"1","senderId":"2","createdAt":"2024-03-31T01:30:00Z","text":"x"}}]}}]'
    )
    assert [isinstance(one, Record) for one in read(text)] == [True]
    assert "sd:direction" not in dict(read(text)[0].fields)
    assert dict(read(text, **{"my-id": "2"})[0].fields)["sd:direction"].name == "out"


@pytest.mark.parametrize(
    ("name", "element", "kind"),
    [
        ("block", '{"blocking":{"accountId":"7"}}', "Contact"),
        ("mute", '{"muting":{"accountId":"7"}}', "Contact"),
        ("saved_search", '{"savedSearch":{"savedSearchId":"7","query":"vélo"}}', "Interest"),
        (
            "connected_application",
            '{"connectedApplication":{"name":"A","approvedAt":"2024-03-31T01:30:00.000Z"}}',
            "OnlineActivity",
        ),
    ],
)
def test_other_small_files_of_the_archive_are_read(name, element, kind):
    (found,) = read(f"window.YTD.{name}.part0 = [ {element} ]")
    assert found.kind == kind
