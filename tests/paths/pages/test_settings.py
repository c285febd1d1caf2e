"""The settings of a person: how her pages are, taking everything along, and leaving."""

import io
import json
import zipfile

import pytest
from access_pages import given, grow_old, press, text


def taken(browser) -> zipfile.ZipFile:
    browser.open("/.account/settings/")
    page = press(browser, "/export")
    assert page.headers["Content-Type"] == "application/zip"
    assert page.headers["Cache-Control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(page.body))


@pytest.mark.spec("Self Data PRI-22")
def test_what_the_pages_of_an_account_show_is_there_for_programs(browse, eve):
    browser = browse(eve)

    def told(place):
        return json.loads(browser.open(f"/.account/{place}.json").body)

    security = told("security")
    assert [one["kind"] for one in security["ways"]] == ["password"]
    assert [one["here"] for one in security["sessions"]].count(True) == 1
    assert not {"id", "hash"} & {name for one in security["sessions"] for name in one}
    assert eve.name in {one["space"] for one in told("spaces")["spaces"]}
    assert eve.webid in {one["webid"] for one in told("spaces")["identities"]}
    assert {"space": eve.name, "terms": "usual", "of_all": False} in told("terms")["terms"]
    assert told("settings")["events"]
    assert browser.open("/.account/spaces.csv").text.startswith("space,address,since\r\n")


class TestTakingEverythingAlong:
    @pytest.mark.spec("Self Data PRI-23")
    def test_each_resource_is_there_as_it_is_served(self, browse, eve, reader, world):
        large = bytes(range(256)) * 5000
        assert eve.put(eve.storage + "public/large.bin", large, "image/png").status == 201
        given(world, eve, reader)
        archive = taken(browse(eve))
        assert archive.testzip() is None
        listed = [json.loads(line) for line in archive.read("resources.jsonl").splitlines()]
        files = {one["path"] for one in listed if not one["path"].endswith("/") and one["path"]}
        assert {name.removeprefix("pod/") for name in archive.namelist() if "/" in name} == files
        assert {"data/bank/a.ttl", "profile/card", "data/bank/.acl", ".acl"} <= files
        assert archive.read("pod/public/large.bin") == large
        for path in ("data/bank/a.ttl", "data/health/b", "data/bank/.acl", "profile/card"):
            kind = next(one["mediaType"] for one in listed if one["path"] == path)
            served = eve.get(eve.storage + path, {"Accept": kind})
            assert archive.read(f"pod/{path}") == served.body, path
        assert {one["path"] for one in listed} >= {"", "data/", "data/bank/", "inbox/"}

    @pytest.mark.spec("Self Data PRI-23")
    def test_what_was_agreed_and_the_journal_go_along(self, browse, eve, reader, world):
        grant = given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        archive = taken(browse(eve))
        (kept,) = json.loads(archive.read("agreements.json"))["grants"]
        assert (kept["id"], kept["records"]) == (grant.id, list(grant.records))
        lines = [json.loads(line) for line in archive.read("journal.jsonl").splitlines()]
        assert [one["number"] for one in lines] == [*range(1, len(lines) + 1)]
        assert reader.webid in {one["agent"] for one in lines}
        assert lines[-1]["action"] == "EXPORT"
        about = json.loads(archive.read("export.json"))
        assert (about["storage"], about["owners"]) == (eve.storage, [eve.webid])
        assert json.loads(archive.read("record-keys.json"))["keys"]

    @pytest.mark.spec("Self Data CON-02")
    def test_it_is_for_who_has_shown_lately_who_she_is(self, browse, eve, world):
        browser = browse(eve)
        grow_old(world)
        browser.open("/.account/settings/")
        press(browser, "/export")
        assert browser.title == "Is it still you?"

    def test_spaces_of_others_are_nobody_elses(self, browse, eve, reader):
        browser = browse(reader)
        browser.open("/.account/settings/")
        assert press(browser, "/export", space=eve.name).status == 404


def test_it_is_said_what_would_be_lost(browse, world, eve, reader):
    given(world, eve, reader)
    browser = browse(eve)
    browser.open("/.account/settings/delete/")
    said = text(browser)
    assert "Nothing is deleted yet." in said
    assert "What will not work any more" in said
    assert f"{reader.name} " in said.partition("What will not work")[2]
    assert world.run(world.server.pods.find(eve.name)) is not None


def test_a_language_is_chosen_and_kept(browse, eve):
    browser = browse(eve)
    browser.open("/.account/settings/")
    form = next(n for n, one in enumerate(browser.forms) if ("language", "fr") in one.buttons)
    browser.send({"language": "fr"}, form=form)
    assert browser.title == "Réglages"
    browser.open("/.account/apps/")
    assert browser.title == "Mes applications"


def test_the_calls_behind_pages_are_shown_to_who_wants_them(browse, eve):
    browser = browse(eve)
    browser.open("/.account/settings/")
    assert "Show the calls" in text(browser)
    form = next(n for n, one in enumerate(browser.forms) if ("developer", "yes") in one.fields)
    browser.send(form=form)
    assert "Do not show the calls any more" in text(browser)


@pytest.mark.parametrize("place", ["/nothing-here", "/.account/nothing-here/"])
def test_a_browser_at_an_address_without_anything_gets_a_page(world, nobody, place):
    wanted = {"Accept": "text/html", "Accept-Language": "fr"}
    answer = nobody.get(world.base + place.removeprefix("/"), wanted)
    assert answer.status == 404
    assert "Cela n\N{RIGHT SINGLE QUOTATION MARK}est plus ici" in answer.body.decode()
    as_program = nobody.get(world.base + place.removeprefix("/"))
    assert as_program.status == 404
    assert as_program.json()["status"] == 404
