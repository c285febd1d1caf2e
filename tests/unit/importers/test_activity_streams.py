"""Archives of Mastodon: activities in ActivityStreams 2.0, held to the count that they state."""

import io
import json

import pytest

from importers import identify, unrecognised
from importers.contract import Options, Problem, Record
from importers.platforms.activity_streams import ActivityStreams
from importers.platforms.mastodon_accounts import MastodonAccounts

AS = "https://www.w3.org/ns/activitystreams"
ANA = "https://social.example/users/ana"
NOTE = {
    "id": f"{ANA}/statuses/1/activity",
    "type": "Create",
    "published": "2024-03-31T00:30:00Z",
    "to": ["as:Public"],
    "object": {"id": f"{ANA}/statuses/1", "type": "Note", "content": "<p>oui</p>"},
}


def read(*rows, **beside):
    value = {"@context": [AS, {"x": "y:z"}], "type": "OrderedCollection", **beside}
    content = json.dumps({**value, "orderedItems": rows}).encode()
    ((importer, _),) = identify("outbox.json", content)
    assert importer.format == "activity-streams"
    return list(importer.parse(io.BytesIO(content), Options()))


@pytest.mark.parametrize(
    ("said", "nature"),
    [
        ({}, "publish"),
        ({"object": {**NOTE["object"], "inReplyTo": "https://b.example/1"}}, "comment"),
        ({"type": "Announce", "object": "https://b.example/1"}, "share"),
        ({"type": "Like", "object": "https://b.example/1"}, "like"),
        ({"type": "Follow", "object": "https://b.example/users/lea"}, "follow"),
    ],
)
def test_each_type_of_activity_has_a_nature(said, nature):
    (found,) = read({**NOTE, **said})
    assert (found.kind, dict(found.fields)["sd:nature"].name) == ("OnlineActivity", nature)


@pytest.mark.parametrize(
    ("addressed", "kind"),
    [
        ({"to": [f"{AS}#Public"]}, "OnlineActivity"),
        ({"to": [f"{ANA}/followers"]}, "OnlineActivity"),
        ({"to": "https://b.example/users/lea", "cc": []}, "Message"),
        ({"to": [], "cc": []}, "OnlineActivity"),
    ],
)
def test_what_is_for_some_accounts_alone_is_a_message(addressed, kind):
    (found,) = read({**NOTE, **addressed})
    assert found.kind == kind
    assert "users/lea" not in str([value for name, value in found.fields if "Date" in name])


def test_a_collection_is_held_to_the_count_that_it_states():
    items = read(NOTE, 5, totalItems=3)
    assert [item.message for item in items if isinstance(item, Problem)] == ["this is no activity"]
    (check,) = ActivityStreams().reconcile(items)
    assert (check.expected, check.got, check.ok) == ("at least 3", "2", False)
    assert ActivityStreams().reconcile(read(NOTE, totalItems=1))[0].ok
    assert ActivityStreams().reconcile(read(NOTE, totalItems=0))[0].ok  # it counts posts alone


def test_a_member_that_is_not_known_is_told():
    (remark, found) = read(NOTE, summary="x")
    assert (remark.locator, remark.row) == ("/summary", False)
    assert isinstance(found, Record)


def test_the_server_is_the_holder():
    head = json.dumps({"@context": AS, "orderedItems": [{"actor": ANA}]}).encode()
    assert ActivityStreams().holder(head).iri == "https://social.example/"
    assert ActivityStreams().holder(b"{}").name == "Mastodon"


def test_accounts_that_are_muted_are_contacts_of_another_category():
    head = b"Account address,Hide notifications\n@lea@social.example,true\n"
    (found,) = MastodonAccounts().parse(io.BytesIO(head), Options())
    assert dict(found.fields)["vcard:category"] == "muted"
    assert dict(found.fields)["vcard:hasURL"].value == "https://social.example/@lea"


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (b"Account address,Show boosts\nlea,true\n", "this is no account"),
        (b"Account address,Show boosts\n@lea@social.example,true", "the file ends"),
        (b"Account address,Domain\n@lea@social.example,x\n", "this list is neither"),
        (b"@lea@social.example,true\n", "the row with the names of the columns is missing"),
    ],
)
def test_a_row_that_is_no_account_of_a_list_is_told(table, why):
    (told,) = MastodonAccounts().parse(io.BytesIO(table), Options())
    assert isinstance(told, Problem)
    assert told.message.startswith(why)


def test_the_profile_is_named():
    assert "actor.json" in str(
        unrecognised(b'{"type":"Person","outbox":"o","preferredUsername":"ana"}')
    )
