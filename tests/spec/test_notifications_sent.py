"""Messages: what changes come to, who is told, when, and over which kinds of channels."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from agents import rule
from channels import (
    CONTEXT,
    JSON_LD,
    Socket,
    later,
    listening,
    refusal,
    subscribe,
    write,
)
from pyoxigraph import RdfFormat, parse

from pod.flows.provision import delete_account

FULL = "Read Write Control"
AS = "https://www.w3.org/ns/activitystreams#"


class TestMessage:
    """Notifications §3.4."""

    @pytest.mark.spec("Solid Protocol §7.1 #server-notifications-protocol-notification-sender")
    @pytest.mark.spec("Notifications §2.3 #notification-sender-notification-message-data-model")
    @pytest.mark.spec("Notifications §3.4 #message-id")
    @pytest.mark.spec("Notifications §3.4 #message-type")
    @pytest.mark.spec("Notifications §3.4 #message-object")
    @pytest.mark.spec("Notifications §3.4 #message-published")
    @pytest.mark.spec("Notifications §3.4 #message-state")
    @pytest.mark.spec("Practice NTF-17")
    def test_it_says_what_happened_when_and_to_what_state(self, ana, topic):
        with listening(ana, ana, topic) as socket:
            write(ana, topic)
            first = socket.message()
            write(ana, topic)
            second = socket.message()
        assert first["@context"] == ["https://www.w3.org/ns/activitystreams", CONTEXT]
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first["id"])
        assert first["id"] != second["id"]
        assert (first["type"], first["object"]) == ("Update", topic)
        assert second["state"] == ana.get(topic).headers["ETag"] != first["state"]
        published = datetime.fromisoformat(first["published"])
        assert abs(published - datetime.now(UTC)) < timedelta(minutes=1)

    @pytest.mark.spec("Practice NTF-16")
    def test_a_document_is_created_updated_and_deleted(self, ana, place):
        ana.put(place)
        with listening(ana, ana, place + "new") as socket:
            write(ana, place + "new")
            write(ana, place + "new")
            ana.delete(place + "new")
            told = [socket.message() for _ in range(3)]
        assert [one["type"] for one in told] == ["Create", "Update", "Delete"]
        assert ["state" in one for one in told] == [True, True, False]

    @pytest.mark.spec("Notifications §3.4 #message-target")
    @pytest.mark.spec("Practice NTF-16")
    @pytest.mark.spec("Practice NTF-18")
    def test_a_container_is_told_of_what_it_holds(self, ana, place):
        ana.put(place)
        with listening(ana, ana, place) as socket:
            write(ana, place + "a")
            write(ana, place + "a")
            ana.put(place + "inner/")
            write(ana, place + "inner/deep")  # not this
            ana.delete(place + "a")
            told = [socket.message() for _ in range(4)]
            tag = ana.get(place).headers["ETag"]
        assert [(m["type"], m["object"], m.get("target")) for m in told] == [
            ("Add", place + "a", place),
            ("Update", place, None),
            ("Add", place + "inner/", place),
            ("Remove", place + "a", place),
        ]
        assert told[-1]["state"] == tag

    @pytest.mark.spec("Practice NTF-16")
    def test_a_container_is_created_and_deleted_too(self, ana, place):
        ana.put(place)
        with listening(ana, ana, place + "c/") as socket:
            ana.put(place + "c/")
            ana.delete(place + "c/")
            assert [socket.message()["type"] for _ in range(2)] == ["Create", "Delete"]

    @pytest.mark.spec("Practice NTF-19")
    def test_rules_and_descriptions_are_not_the_resource(self, ana, place, topic):
        with listening(ana, ana, [topic, place]) as socket:
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            ana.put(topic + ".meta", b"<> a <#About> .")
            ana.grant(place, rule(ana.webid, FULL))
            write(ana, topic)
            assert {socket.message()["type"] for _ in range(2)} == {"Update"}
            assert socket.is_quiet()

    def test_rules_are_a_topic_of_their_own(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with listening(ana, ana, topic + ".acl") as socket:
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            assert socket.message()["object"] == topic + ".acl"

    @pytest.mark.spec("Notifications §2.3.2 #notify-accept")
    @pytest.mark.parametrize("form", ["text/turtle", JSON_LD, "application/n-triples"])
    def test_it_comes_in_the_form_that_is_accepted(self, ana, topic, form):
        made = subscribe(ana, ana, topic, "WebSocketChannel2023", accept=f"{form}, */*;q=0.1")
        with Socket(made["receiveFrom"]) as socket:
            write(ana, topic)
            text = socket.text()
        if form == JSON_LD:
            assert json.loads(text)["type"] == "Update"
        else:
            kind = RdfFormat.TURTLE if form == "text/turtle" else RdfFormat.N_TRIPLES
            triples = {(q.predicate.value, q.object.value) for q in parse(text, kind)}
            assert (AS + "object", topic) in triples


class TestFeatures:
    """Notifications §2.3.2."""

    @pytest.mark.spec("Notifications §2.3.2 #notify-state")
    @pytest.mark.spec("Practice NTF-12")
    def test_another_state_is_told_at_once(self, ana, topic):
        before = ana.get(topic).headers["ETag"]
        write(ana, topic)
        now = ana.get(topic).headers["ETag"]
        made = subscribe(ana, ana, topic, state=before)
        with Socket(made["receiveFrom"]) as socket:
            message = socket.message()
            assert (message["type"], message["state"]) == ("Update", now)
        with Socket(made["receiveFrom"]) as socket:  # once
            assert socket.is_quiet()

    @pytest.mark.spec("Practice NTF-12")
    @pytest.mark.parametrize("bare", [False, True])
    def test_the_same_state_is_not(self, ana, topic, bare):
        tag = ana.get(topic).headers["ETag"]
        with listening(ana, ana, topic, state=tag.strip('"') if bare else tag) as socket:
            assert socket.is_quiet()
            write(ana, topic)
            assert socket.message()["type"] == "Update"

    @pytest.mark.spec("Practice NTF-12")
    def test_what_is_gone_is_told_at_once(self, ana, topic):
        tag = ana.get(topic).headers["ETag"]
        ana.delete(topic)
        with listening(ana, ana, topic, state=tag) as socket:
            assert socket.message()["type"] == "Delete"

    @pytest.mark.spec("Notifications §2.3.2 #notify-rate")
    @pytest.mark.spec("Practice NTF-13")
    def test_of_many_changes_the_last_is_told(self, ana, topic):
        with listening(ana, ana, topic, rate="PT0.5S") as socket:
            begun = time.monotonic()
            for n in range(5):
                write(ana, topic, f"{n}")
            tag, told = ana.get(topic).headers["ETag"], []
            while tag not in told:
                told.append(socket.message()["state"])
            assert time.monotonic() - begun >= 0.5 * (len(told) - 1) > 0
            assert socket.is_quiet()

    @pytest.mark.spec("Notifications §2.3.2 #notify-startAt")
    def test_nothing_is_told_before_it_starts(self, ana, topic):
        with listening(ana, ana, topic, startAt=later(hours=1)) as socket:
            write(ana, topic)
            assert socket.is_quiet()


class TestRights:
    """NTF-10: whoever may not read is told nothing, from the moment that this is so."""

    @pytest.mark.spec("Practice NTF-10")
    def test_a_right_that_is_taken_ends_the_channel(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        made = subscribe(bob, ana, topic)
        with Socket(made["receiveFrom"]) as socket, listening(ana, ana, topic) as own:
            write(ana, topic)
            assert socket.message()["type"] == "Update"
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            write(ana, topic)
            assert [own.message()["type"] for _ in range(2)] == ["Update", "Update"]
            assert socket.is_closed()
        assert refusal(made["receiveFrom"]) == 404
        assert bob.get(made["id"]).status == 404

    @pytest.mark.spec("Practice NTF-10")
    def test_who_lost_the_right_cannot_come_back(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        made = subscribe(bob, ana, topic)
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
        assert refusal(made["receiveFrom"]) == 404
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        assert refusal(made["receiveFrom"]) == 404  # it is over

    @pytest.mark.spec("Practice NTF-10")
    def test_a_group_counts_as_it_is(self, ana, bob, place, topic):
        group = ana.storage + f"groups{place.rstrip('/').rpartition('/')[2]}"
        vcard = "http://www.w3.org/2006/vcard/ns#"
        ana.put(group, f"<#g> <{vcard}hasMember> <{bob.webid}> .".encode())
        ana.grant(
            topic,
            rule(ana.webid, FULL, "accessTo"),
            rule(f"acl:agentGroup <{group}#g>", "Read", "accessTo"),
        )
        with listening(bob, ana, topic) as socket:
            write(ana, topic)
            assert socket.message()["type"] == "Update"
            ana.put(group, b"<#g> a <#Group> .")
            write(ana, topic)
            assert socket.is_closed()

    @pytest.mark.spec("Practice NTF-10")
    def test_the_client_counts_too(self, world, ana, bob, topic):
        other = world.app("bob", "another app")
        when = f"a acl:ClientCondition ; acl:client <{other.app.iri}>"
        ana.grant(
            topic,
            rule(ana.webid, FULL, "accessTo"),
            rule(bob.webid, "Read", "accessTo"),
        )
        with listening(bob, ana, topic) as first, listening(other, ana, topic) as second:
            ana.grant(
                topic,
                rule(ana.webid, FULL, "accessTo"),
                rule(bob.webid, "Read", "accessTo", when),
            )
            write(ana, topic)
            assert second.message()["type"] == "Update"
            assert first.is_closed()

    @pytest.mark.spec("Practice NTF-10")
    def test_who_could_read_it_is_told_of_its_end(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with listening(bob, ana, topic) as socket:
            ana.delete(topic)  # and its rules with it
            assert socket.message()["type"] == "Delete"
            write(ana, topic)  # another one, which he may not read
            assert socket.is_closed()

    @pytest.mark.spec("Practice NTF-10")
    def test_who_could_not_is_not(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with listening(bob, ana, topic) as socket:
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            ana.delete(topic)
            assert socket.is_closed()

    def test_a_name_that_somebody_else_has_now(self, world, ana, topic):
        first = world.account("passing")
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(first.webid, "Read", "accessTo"))
        with listening(first, ana, topic) as socket:
            world.run(delete_account("passing", world.server))
            second = world.account("passing")
            assert second.webid == first.webid
            write(ana, topic)
            assert socket.is_closed()
