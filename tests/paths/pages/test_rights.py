"""What a person sees of what others may do: as much as is true, and the same for programs."""

import csv
import hashlib
import html
import io
import json
import re
import shlex
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from urllib.parse import quote

import pytest
from access_pages import ADVICE, given, text

from pod.agreements import AccessRequest, Item, RequestState
from pod.charts.said import dated
from pod.cli.people_kit import import_into
from pod.flows.answer import accept
from pod.flows.consent.preview import first_rows, previews
from vocab.iri import ResourceIri

BANK = "data/bank/"


@pytest.fixture(scope="module")
def housed(lived, world):
    """Somebody with the data of a household, in whose pod tests may write."""
    who = world.fresh()
    world.run(import_into(lived.made, world.pod(who.name)))
    return who


@pytest.fixture
def asked(housed, world):
    """A request for the bank data of somebody who has some, by another."""
    asker = world.fresh()
    now = world.server.second
    request = AccessRequest(
        id=f"asked-{asker.name}",
        agent=asker.webid,
        client=None,
        purpose=ADVICE,
        sentence="We look for savings.",
        required=(Item(path=BANK, category="bank"),),
        optional=(),
        days=90,
        retention=None,
        terms=None,
        manifest=None,
        inbox=None,
        state=RequestState.WAITING,
        created=now,
        lapses=now + timedelta(days=30),
    )
    pod = world.pod(housed.name)
    world.run(pod.store.write(lambda tx: tx.agreements.requests.put(request)))
    return asker, request


@pytest.mark.spec("Self Data B1")
def test_what_is_shown_before_is_what_is_served_after(housed, browse, asked):
    asker, request = asked
    browser = browse(housed)
    page = browser.open(f"/.account/requests/one?space={housed.name}&request={request.id}").text
    digest = re.search("SHA-256\\): ([0-9a-f]{64})", page).group(1)
    shown = re.findall('<th scope="row">(.*?)</th>\n<td>(.*?)</td>\n<td.*?>(.*?)</td>', page)
    count = int(re.search(r"Records today: (\d+)", page).group(1))

    text_ = first_rows(ResourceIri(housed.storage, BANK))
    sparql = f"{housed.storage}.well-known/sparql?query={quote(text_)}"
    as_json = {"Accept": "application/sparql-results+json"}
    assert asker.get(sparql, as_json).json()["results"]["bindings"] == []
    form = next(n for n, one in enumerate(browser.forms) if ("answer", "accept") in one.buttons)
    browser.send({"answer": "accept", "item": "0", "days": "7"}, form=form)
    served = asker.get(sparql, as_json)
    assert hashlib.sha256(served.body).hexdigest() == digest

    rows = served.json()["results"]["bindings"]
    assert [dated(date.fromisoformat(one["day"]["value"]), "en") for one in rows] == [
        day for day, _, _ in shown
    ]
    assert [one["what"]["value"] for one in rows] == [what for _, what, _ in shown]
    number = "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?it a ?type FILTER(STRSTARTS(STR(?type), "
    number += '"https://w3id.org/selfdata/ns#")) }'
    counted = asker.get(f"{housed.storage}.well-known/sparql?query={quote(number)}", as_json)
    assert int(counted.json()["results"]["bindings"][0]["n"]["value"]) == count


def test_of_what_holds_no_records_the_names_are_shown(world, eve):
    found = world.run(previews([BANK], world.pod(eve.name)))[BANK]
    assert (found.rows, found.count, found.digest) == ((("a.ttl",),), 1, "")


class TestApps:
    def test_its_twins_say_the_same(self, world, browse, eve, reader):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        browser = browse(eve)
        found = json.loads(browser.open("/.account/apps.json").text)["access"]
        (mine,) = [one for one in found if one["address"] == reader.webid]
        assert (mine["data"], mine["reason"]) == ("Bank (read)", "Giving you advice")
        assert (mine["rows"], mine["space"]) == (2, eve.name)
        assert "leaves" not in mine
        rows = list(csv.DictReader(io.StringIO(browser.open("/.account/apps.csv").text)))
        assert [one["rows"] for one in rows if one["address"] == reader.webid] == ["2"]

    @pytest.mark.spec("Self Data CON-20")
    @pytest.mark.parametrize(
        ("processing", "said"),
        [
            ("local", "stays in your space"),
            ("leaving", "leaves your space"),
            ("", "we do not know whether it leaves your space"),
        ],
    )
    def test_where_data_go_is_said_as_it_was_agreed(
        self, world, browse, eve, reader, processing, said
    ):
        manifest = json.dumps({"uses": [{"purpose": ADVICE, "processing": processing}]})
        given(world, eve, reader, manifest=manifest)
        browser = browse(eve)
        browser.open("/.account/apps/")
        assert f'">{said}</p>' in browser.page.text

    def test_what_was_granted_stands_beside_what_was_read(self, world, browse, eve, reader):
        items = (Item(path=BANK, category="bank"), Item(path="data/energy/", category="energy"))
        given(world, eve, reader, items=items)
        reader.get(eve.storage + "data/bank/a.ttl")
        browser = browse(eve)
        browser.open("/.account/apps/")
        assert "Really read Bank: read Energy: not read yet" in text(browser)

    @pytest.mark.spec("Self Data PRI-01")
    def test_pausing_and_stopping_take_the_same_effort(self, world, browse, eve, reader):
        given(world, eve, reader)
        browser = browse(eve)
        page = browser.open("/.account/apps/").text
        forms = re.findall(
            r'<form method="post" action="/.account/apps/(pause|stop)">.*?(<button.*?>)',
            page,
            re.DOTALL,
        )
        assert dict(forms) == {"pause": '<button type="submit">', "stop": '<button type="submit">'}


def test_an_organisation_is_called_as_it_called_itself_when_it_asked(world, housed, browse, asked):
    asker, request = asked
    manifest = json.dumps({"controller": {"legal_name": "Shop SAS", "country": "FR"}})
    named = replace(request, manifest=manifest)
    pod = world.pod(housed.name)
    world.run(pod.store.write(lambda tx: tx.agreements.requests.put(named)))
    world.run(accept(named.id, named.required, 7, None, pod))
    browser = browse(housed)
    assert "<h2>Shop SAS</h2>" in browser.open("/.account/apps/").text
    asker.get(f"{housed.storage}data/bank/")
    browser.open(f"/.account/journal/?space={housed.name}")
    assert "Access given: Shop SAS" in text(browser)
    assert "Shop SAS read Bank" in text(browser)


@pytest.mark.spec("Self Data PRI-01")
@pytest.mark.parametrize("name", ["authorize", "sign_out", "consent"])
def test_what_can_be_answered_has_the_same_mark_up(name):
    folder = files("pod.web.ui").joinpath("templates")
    page = folder.joinpath(f"{name}.html").read_text("utf-8")
    (group,) = re.findall(r'<p class="buttons[^"]*">(.*?)</p>', page, re.DOTALL)
    buttons = re.findall(r"<(\w+ [^>]*)>", group)
    assert len({re.sub(r'value="[^"]*"', "", one) for one in buttons}) == 1
    assert "class=" not in group


def test_requests_have_twins(housed, browse, asked):
    asker, _ = asked
    found = json.loads(browse(housed).open("/.account/requests.json").text)["requests"]
    assert asker.webid in {one["who"] for one in found}


@pytest.mark.parametrize(
    ("page", "told"),
    [("apps/", "grants"), ("requests/", "requests"), ("journal/?category=bank", "lines")],
)
def test_developers_see_the_call_behind_a_page_and_it_answers(
    browse, eve, reader, world, page, told
):
    given(world, eve, reader)
    browser = browse(eve)
    plain = browser.open(f"/.account/{page}").text
    assert "curl" not in plain
    browser.open("/.account/settings/")
    form = next(n for n, one in enumerate(browser.forms) if ("developer", "yes") in one.fields)
    browser.send(form=form)
    shown = html.unescape(browser.open(f"/.account/{page}").text)
    (url,) = re.findall(r"pod headers GET (\S+) --credentials", shown)
    answer = eve.get(shlex.split(url)[0], {"Accept": "application/json"})
    assert told in answer.json()
    for program in re.findall(r"<code>(import json\n.*?)</code>", shown, re.DOTALL):
        compile(program, page, "exec")
