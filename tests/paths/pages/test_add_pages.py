"""Files brought to a page, without scripts: looked at, and kept once the person says so."""

import asyncio
import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from access_pages import enter, press, text
from agents import Person, World
from agents import world as serving
from browser import Browser, multipart
from uploading import ADD, UNKNOWN, WEIGHTS, between, brought, documents, kept, said

from pod.flows.owner import owner_of
from pod.flows.restitution import take_in
from pod.flows.rows import rows
from pod.flows.uploads import Stage, Upload
from pod.intake.delivery import Delivery

SUMS = """PREFIX sd: <https://w3id.org/selfdata/ns#>
SELECT ?in ?out ?least ?used {
  { SELECT (SUM(?a) AS ?in) { ?x a sd:BankTransaction ; sd:amount ?a FILTER(?a > 0) } }
  {
    SELECT (SUM(-?b) AS ?out) (MIN(?b) AS ?least)
    { ?x a sd:BankTransaction ; sd:amount ?b FILTER(?b < 0) }
  }
  { SELECT (SUM(?e) AS ?used) { ?x a sd:Consumption ; sd:energy ?e } }
}"""
MONTHS = """PREFIX sd: <https://w3id.org/selfdata/ns#>
SELECT ?month (SUM(-?amount) AS ?out) {
  ?x a sd:BankTransaction ; sd:amount ?amount ; sd:date ?day FILTER(?amount < 0)
  BIND(SUBSTR(STR(?day), 1, 7) AS ?month)
} GROUP BY ?month ORDER BY ?month"""


def files_of(lived, *holders: str) -> list[tuple[str, bytes]]:
    """The files of a household that need no more to be said, and each say something else."""
    known = (file for file in lived.made.files if not (file.options or file.is_repeated))
    found = [file for file in known if file.holder in holders]
    return [(file.path.rpartition("/")[2], file.content) for file in found]


def statements(lived) -> list[tuple[str, bytes]]:
    return files_of(lived, "https://epargne.example/")


def packed(files: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def reported(world: World, who: Person, file: tuple[str, bytes]):
    """What `pod import --dry-run` says of a file."""
    pod = world.pod(who.name)
    delivery = Delivery(filename=file[0], media_type="text/plain", content=file[1])
    return world.run(take_in(delivery, owner_of(pod), pod, dry=True))


def test_a_file_is_looked_at_and_then_kept(lived, browse, world):
    who = world.fresh()
    (file,) = statements(lived)
    report = reported(world, who, file)
    browser = brought(browse(who), [file])
    told = text(browser)
    assert browser.title == "This is what we recognised"
    assert f"{report['read']} rows read: {report['new']} new" in told
    assert documents(world, who) == []
    assert documents(world, who, "imports/") == []
    # The same, for programs.
    address = browser.at
    found = json.loads(browser.open(address.replace("/one?", "/one.json?")).body)
    (row,) = found["files"]
    assert (row["file"], row["new"], row.get("reason")) == (file[0], report["new"], None)
    assert len(found["remarks"]) == len(report["problems"])
    (waiting,) = json.loads(browser.open("/.account/add.json").body)["waiting"]
    assert (waiting["files"], waiting["stage"]) == (file[0], "for you to decide")
    assert browser.open("/.account/add.csv").text.startswith("upload,files,stage,touched")
    browser.open(address)
    kept(browser)
    assert browser.title == "It is kept"
    assert browser.open(address.replace("/one?", "/one.json?")).status == 409
    browser.open(address)
    assert f"{report['new']} new" in text(browser)
    assert len(documents(world, who, "imports/")) == 2
    assert reported(world, who, file)["same"] == report["read"]


@pytest.mark.spec("Self Data PRI-13")
def test_three_facts_and_a_chart_are_those_of_a_query(lived, browse, world):
    who = world.fresh()
    files = [
        *files_of(lived, "https://banque.example/"),
        *files_of(lived, "https://reseau.example/"),
    ]
    browser = brought(browse(who), files)
    kept(browser)
    facts = re.findall(r"<li>(.*?)</li>", between(browser.page.text, "<section", "</section>"))
    (sums,) = world.run(rows(SUMS, world.pod(who.name)))
    assert len(facts) == 3
    assert f"€{Decimal(sums['in']):,.2f}" in facts[0]
    assert f"€{Decimal(sums['out']):,.2f}" in facts[0]
    assert f"€{-Decimal(sums['least']):,.2f}" in facts[1]
    assert f"Electricity: {Decimal(sums['used']):,.0f}" in facts[2]
    # Each month of the chart stands in the table below it.
    months = world.run(rows(MONTHS, world.pod(who.name)))
    assert browser.page.text.count("<svg") > 1
    for row in months:
        assert f"{Decimal(row['out']):,.2f}" in text(browser)
    done = browser.at
    table = json.loads(browser.open(done.replace("/done?", "/done.json?")).text)
    assert all(row["new"] + row["same"] == row["read"] for row in table["files"])
    assert [row["money"] for row in table["months"]] == [float(row["out"]) for row in months]
    browser.open(done)
    # Each class leads to its page, which has as many of it.
    page = browser.page.text
    counts = re.findall(r'class="card"><a href="([^"]*)">[^<]*</a><br><strong>([\d,]*)', page)
    assert counts
    for address, _ in counts:
        assert browser.open(address.replace("&amp;", "&")).status == 200


@pytest.mark.parametrize("stage", [Stage.LOOKING, Stage.KEEPING])
def test_what_takes_long_is_waited_for_on_a_page_that_comes_again(browse, world, stage):
    who = world.fresh()
    browser = brought(browse(who), [UNKNOWN])
    upload = world.server.uploads.find(
        dict(browser.forms[0].fields)["upload"], account_of(world, who)
    )
    going = world.run(begun(world, upload, stage))
    browser.open(browser.at)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in browser.page.text
    assert '<progress max="200" value="50"' in browser.page.text
    told = browser.open(browser.at.replace("/one?", "/progress?")).json()
    assert told == {"busy": True, "done": 50, "of": 200}
    browser.open(ADD)
    assert "What is waiting" in text(browser)
    world.run(ended(upload, going))
    assert browser.open(browser.at).status == 200


async def begun(world: World, upload: Upload, stage: Stage) -> asyncio.Event:
    going, is_begun = asyncio.Event(), asyncio.Event()

    async def work() -> Stage:
        upload.watch("reading", 50, 200)
        is_begun.set()
        await going.wait()
        return Stage.WAITING

    world.server.uploads.start(upload, stage, work())
    await is_begun.wait()
    return going


async def ended(upload: Upload, going: asyncio.Event) -> None:
    going.set()
    await upload.task


def account_of(world: World, who: Person) -> str:
    async def found() -> str:
        pods = await world.server.accounts.read(lambda tables: tuple(tables.pods.all()))
        return next(one.account for one in pods if one.name == who.name)

    return world.run(found())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form at all",
        b"------a-form-of-the-tests\r\n\r\nno name\r\n------a-form-of-the-tests--\r\n",
        multipart([("a.csv", b"1;2\r\n")])[:-20],
        multipart([("a.csv", b"1;2\r\n")])[:60],
        b"------a-form-of-the-tests\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n",
    ],
    ids=["nothing", "no form", "no name", "cut end", "cut head", "a form in a form"],
)
def test_a_form_that_is_none_leaves_nothing(browse, world, body):
    browser = browse(world.fresh())
    browser.open(ADD)
    browser.send_body(body, ADD)
    assert browser.page.status == 400
    browser.open(ADD)
    assert "What is waiting" not in text(browser)


def test_a_form_with_files_is_taken_on_no_other_page(browse, world):
    browser = browse(world.fresh())
    browser.open(ADD)
    browser.send_body(multipart([UNKNOWN]), ADD + "keep")
    assert browser.page.status == 400


def test_what_is_there_already_is_said_to_be(lived, browse, world):
    who = world.fresh()
    (file,) = statements(lived)
    kept(brought(browse(who), [file]))
    browser = brought(browse(who), [file])
    count = reported(world, who, file)["read"]
    assert f"none new and {count} already there" in text(browser)
    assert "there is nothing new to keep" in text(browser)


def test_several_files_and_archives_come_at_once(lived, browse, world):
    who = world.fresh()
    (file,) = statements(lived)
    bills = files_of(lived, "https://telecom.example/")[:2]
    browser = brought(browse(who), [file, ("bills.zip", packed([*bills, UNKNOWN]))])
    told = text(browser)
    for name in (
        file[0],
        *(f"bills.zip \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} {name}" for name, _ in bills),
    ):
        assert name in told
    assert "Files left aside: 1" in told
    kept(browser)
    imports = documents(world, who, "imports/")
    for name, _ in (file, *bills):
        assert [one for one in imports if one.endswith(f"-{name}")], (name, imports)


def test_a_file_that_nobody_understands_is_told_why(browse, world):
    who = world.fresh()
    browser = brought(browse(who, "fr"), [UNKNOWN])
    assert browser.title.endswith("rien reconnu")
    assert "est un texte" in text(browser)
    assert not any(form.action.endswith("keep") for form in browser.forms)
    press(browser, "leave")
    assert browser.title == "Déposer un fichier"
    assert "Ce qui attend" not in text(browser)


def test_what_a_file_does_not_say_is_asked_for(browse, world):
    who = world.fresh()
    file = ("weight-2026-01-01.json", WEIGHTS)
    browser = brought(browse(who), [file])
    assert "The unit of the weight" in text(browser)
    assert not any(form.action.endswith("keep") for form in browser.forms)
    said(browser, **{"said-0-weight-unit": "stone"})
    assert browser.page.status == 400
    no_place = "9" * 5000
    strange = {f"said-{no_place}-x": "y", f"format-{no_place}": "z"}
    said(browser, **{"said-0-weight-unit": "kg", **strange})
    assert "2 rows read: 2 new" in text(browser)
    kept(browser)
    assert browser.title == "It is kept"
    assert [one for one in documents(world, who) if "/health/" in one]


def test_nothing_is_kept_of_what_is_left(lived, browse, world):
    who = world.fresh()
    browser = brought(browse(who), statements(lived))
    at, upload = browser.at, dict(browser.forms[0].fields)["upload"]
    assert (world.server.config.data / "uploads" / upload).exists()
    press(browser, "leave")
    assert browser.open(at).status == 404
    assert documents(world, who, "imports/") == []
    assert not (world.server.config.data / "uploads" / upload).exists()


def test_too_much_is_refused_before_it_arrives(tmp_path):
    with serving(tmp_path, largest_upload=2000) as small:
        who = small.fresh()
        browser = Browser(small.base, small.connection, headers={"Accept": "text/html"})
        enter(browser, who)
        brought(browser, [("large.csv", b"x" * 3000)])
        assert browser.page.status == 413
        assert "This is too large" in text(browser)
        assert not list((small.server.config.data).glob("uploads/*"))
        assert documents(small, who, "imports/") == []


def test_a_form_of_another_site_brings_nothing(lived, browse, world):
    who = world.fresh()
    browser = brought(browse(who), statements(lived), Origin="https://elsewhere.example")
    assert browser.page.status == 403
    browser.open(ADD)
    assert "What is waiting" not in text(browser)


def test_another_account_sees_and_keeps_nothing_of_it(lived, browse, world):
    who, other = world.fresh(), world.fresh()
    mine = brought(browse(who), statements(lived))
    theirs = browse(other)
    assert theirs.open(mine.at).status == 404
    theirs.open(ADD)
    assert "What is waiting" not in text(theirs)
    upload = dict(mine.forms[0].fields)["upload"]
    for act in ("keep", "leave", "say"):
        theirs.open(ADD)
        theirs.post(ADD + act, {"upload": upload, "space": other.name})
        assert theirs.page.status == 404
    assert documents(world, other) == []
    assert kept(mine).page.status == 200


def test_who_is_not_signed_in_brings_nothing(lived, browse):
    browser = browse()
    browser.open("/")
    browser.send_files(statements(lived), ADD)
    assert browser.title == "Sign in"


def test_a_form_without_a_file_leaves_nothing(browse, world):
    browser = browse(world.fresh())
    browser.open(ADD)
    browser.send_files([], ADD)
    assert browser.page.status == 400
    assert "Choose a file first" in text(browser)
    browser.open(ADD)
    assert "What is waiting" not in text(browser)


def test_the_name_of_a_file_is_only_text(browse, world):
    name = "../../<script>alert(1)</script>.csv"
    browser = brought(browse(world.fresh()), [(name, b"nothing to see")])
    assert "<script>alert" not in browser.page.text
    assert "&lt;/script&gt;.csv" not in browser.page.text.replace("script&gt;.csv", "", 1)
    assert "script&gt;.csv" in browser.page.text
