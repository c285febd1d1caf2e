"""Archives of Facebook and Instagram: spoilt letters, two units of time, names that drift."""

import io
import json

import pytest

from importers import identify, unrecognised
from importers.contract import Options, Problem, Record
from importers.document import Element
from importers.platforms.meta_archive import MetaArchive
from importers.platforms.meta_values import mended, moment

AT = 1711843200  # 2024-03-31T00:00:00Z


def spoilt(value):
    """As these holders write it."""
    text = json.dumps(value, ensure_ascii=False).encode().decode("latin-1")
    return json.dumps(json.loads(text)).encode()


def read(value, **said):
    content = spoilt(value)
    ((importer, _),) = identify("x.json", content)
    assert importer.format == "facebook-instagram"
    return list(importer.parse(io.BytesIO(content), Options(values=said)))


def one(value, **said):
    (found,) = read(value, **said)
    return dict(found.fields)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("CafÃ©", "Café"),
        ("Ã\xa0", "à"),
        ("ð\x9f\x98\x80", "😀"),
        ("Café", "Café"),
        ("œuvre", "œuvre"),
    ],
)
def test_letters_are_mended_by_rule_and_those_in_order_stay(text, meant):
    assert mended({text: [text, 1, None]}) == {meant: [meant, 1, None]}


@pytest.mark.parametrize("count", [AT, AT * 1000, str(AT)])
def test_a_time_is_in_seconds_or_in_thousandths(count):
    assert moment(Element("", {"timestamp": count}), "timestamp").timestamp() == AT


@pytest.mark.parametrize("count", [0, -1, 10**18, "hier", None])
def test_what_is_no_moment_is_refused(count):
    with pytest.raises(ValueError, match="timestamp|moment"):
        moment(Element("", {"timestamp": count}), "timestamp")


def test_an_advertisement_that_was_clicked_is_named_and_is_nobody():
    said = [{"title": "Vélos à louer", "string_list_data": [{"timestamp": AT}]}]
    found = one({"impressions_history_ads_clicked": said})
    assert (found["sd:nature"].name, found["sd:sourceLabel"]) == ("advertUse", "Vélos à louer")
    assert "sd:counterparty" not in found


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("relationships_close_friends", "close friend"),
        ("relationships_follow_requests_sent", "asked"),
        ("relationships_unfollowed_users", "formerly followed"),
    ],
)
def test_lists_of_instagram_say_what_an_account_is_to_the_person(name, category):
    said = [{"href": "https://www.instagram.com/lea", "value": "lea", "timestamp": AT}]
    found = one({name: [{"title": "", "media_list_data": [], "string_list_data": said}]})
    assert (found["vcard:category"], found["vcard:nickname"]) == (category, "lea")


@pytest.mark.parametrize("name", ["comments", "comments_v2", "comments_v3"])
def test_a_file_is_known_by_the_name_of_its_member_whatever_its_version(name):
    row = {"timestamp": AT, "data": [{"comment": {"comment": "Très bien", "author": "Ana"}}]}
    said = one({name: [{**row, "title": "Ana commented on Léa's post."}]})
    assert (said["sd:nature"].name, said["sd:sourceLabel"]) == ("comment", "Très bien")
    assert "Léa" not in str(said)


@pytest.mark.parametrize(
    ("value", "nature", "label"),
    [
        ({"searches_v2": [{"timestamp": AT, "data": [{"text": '"vélo"'}]}]}, "search", "vélo"),
        ({"groups_joined_v2": [{"timestamp": AT, "data": [{"name": "Troc"}]}]}, "follow", "Troc"),
        ({"history_v2": [{"title": "Vélos", "timestamp": AT}]}, "visit", "Vélos"),
        ({"account_activity_v2": [{"action": "Login", "timestamp": AT}]}, "login", "Login"),
        (
            {"account_activity_v2": [{"action": "Web Session", "timestamp": AT}]},
            "use",
            "Web Session",
        ),
        ([{"timestamp": AT, "data": [{"reaction": {"reaction": "LIKE"}}]}], "like", "LIKE"),
        (
            [{"media": [{"uri": "a.jpg", "creation_timestamp": AT, "title": "Été"}]}],
            "publish",
            "Été",
        ),
    ],
)
def test_acts_have_a_nature_and_words(value, nature, label):
    said = one(value)
    assert (said["sd:nature"].name, said["sd:sourceLabel"]) == (nature, label)
    assert said["schema:startTime"].timestamp() == AT


def test_a_search_of_instagram_stands_under_names_in_any_language():
    row = {"string_map_data": {"Rechercher": {"value": "vélo"}, "Heure": {"timestamp": AT}}}
    assert one({"searches_keyword": [row]})["sd:sourceLabel"] == "vélo"


def test_conversations_end_to_end_encrypted_have_other_names():
    chat = {"participants": ["Ana", "Léa"], "threadName": "Léa_1", "messages": []}
    row = {"senderName": "Ana", "text": "à demain", "timestamp": AT * 1000, "type": "text"}
    said = one({**chat, "messages": [row]}, me="ANA")
    assert (said["schema:text"], said["sd:direction"].name) == ("à demain", "out")


def test_parts_of_a_conversation_are_read_each_by_itself_and_a_row_in_both_is_one():
    row = {"sender_name": "Ana", "content": "ok", "timestamp_ms": AT * 1000}
    chat = {"participants": [], "messages": [row], "thread_path": "inbox/ana_1"}
    first, second = read(chat)[0], read({**chat, "title": "Ana"})[0]
    assert (first.key, first.fields) == (second.key, second.fields)


@pytest.mark.parametrize(
    ("value", "holder"),
    [
        ({"friends_v2": [{"name": "Zoé", "timestamp": AT}]}, "Facebook"),
        ({"relationships_following": [{"string_list_data": []}]}, "Instagram"),
        ({"ig_stories": [{"uri": "a", "creation_timestamp": AT}]}, "Instagram"),
        ([{"media": [{"uri": "a", "creation_timestamp": AT}]}], "Instagram"),
        ({"messages": [{"photos": [{"uri": "your_instagram_activity/messages/a"}]}]}, "Instagram"),
        ({"messages": [{"content": "https://www.instagram.com/p/1"}]}, "Facebook"),
        ([{"timestamp": AT, "attachments": [{"data": [{"creation_timestamp": AT}]}]}], "Facebook"),
    ],
)
def test_who_gave_it_follows_from_what_is_in_it(value, holder):
    assert MetaArchive().holder(spoilt(value)).name == holder


def test_a_friend_is_a_contact_who_is_marked():
    (found,) = read({"friends_v2": [{"name": "Zoé", "timestamp": AT}]})
    assert isinstance(found, Record)
    assert found.kind == "Contact"
    assert dict(found.fields)["dpv:hasDataSubject"].value.startswith("urn:sd:party-of:")


@pytest.mark.parametrize("row", [{"name": "Zoé"}, {"name": "Zoé", "timestamp": 0}])
def test_a_friend_of_whom_no_day_is_told_is_kept_without_one(row):
    assert "sd:date" not in one({"friends_v2": [row]})
    (found,) = read({"friends_v2": [{**row, "timestamp": "hier"}]})
    assert isinstance(found, Problem)


def test_other_files_are_named():
    assert "no class" in str(unrecognised(b'{"profile_v2": {"name": 1}}'))
    (found,) = MetaArchive().parse(io.BytesIO(b'{"profile_v2": 1}'), Options())
    assert isinstance(found, Problem)
