"""Files brought to a page, without scripts: looked at, and kept once the person says so."""

import io
import zipfile

from access_pages import enter, press, text
from agents import Person, World
from agents import world as serving
from browser import Browser

from pod.flows.owner import owner_of
from pod.flows.restitution import take_in
from pod.intake.delivery import Delivery
from vocab.iri import ResourceIri

ADD = "/.account/add/"
UNKNOWN = ("holiday.txt", b"a few words about the sea, and nothing else")


WEIGHTS = (
    b'[{"logId": 1, "weight": 70.5, "bmi": 22.1, "date": "01/02/26", "time": "07:30:00"},'
    b'{"logId": 2, "weight": 70.1, "bmi": 22.0, "date": "01/03/26", "time": "07:30:00"}]'
)


def files_of(lived, *holders: str) -> list[tuple[str, bytes]]:
    """The files of a household that need no more to be said."""
    found = [file for file in lived.made.files if not file.options and file.holder in holders]
    return [(file.path.rpartition("/")[2], file.content) for file in found]


def statements(lived) -> list[tuple[str, bytes]]:
    return files_of(lived, "https://epargne.example/")


def documents(world: World, who: Person, below: str = "data/") -> list[str]:
    pod = world.pod(who.name)

    async def found() -> list[str]:
        container = ResourceIri(pod.store.storage, below)
        return [str(one.iri) for one in pod.store.snapshot().documents(container)]

    return world.run(found())


def brought(browser: Browser, files: list[tuple[str, bytes]], **headers: str) -> Browser:
    browser.open(ADD)
    browser.send_files(files, **headers)
    return browser


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
    said = text(browser)
    assert browser.title == "This is what we recognised"
    assert f"{report['read']} rows read: {report['new']} new" in said
    assert documents(world, who) == []
    assert documents(world, who, "imports/") == []
    press(browser, "keep")
    assert browser.title == "It is kept"
    assert f"{report['new']} new" in text(browser)
    assert len(documents(world, who, "imports/")) == 2
    assert reported(world, who, file)["same"] == report["read"]


def test_what_is_there_already_is_said_to_be(lived, browse, world):
    who = world.fresh()
    (file,) = statements(lived)
    press(brought(browse(who), [file]), "keep")
    browser = brought(browse(who), [file])
    count = reported(world, who, file)["read"]
    assert f"0 new and {count} already there" in text(browser)
    assert "there is nothing new to keep" in text(browser)


def test_several_files_and_archives_come_at_once(lived, browse, world):
    who = world.fresh()
    (file,) = statements(lived)
    bills = files_of(lived, "https://telecom.example/")[:2]
    browser = brought(browse(who), [file, ("bills.zip", packed([*bills, UNKNOWN]))])
    said = text(browser)
    for name in (file[0], *(f"bills.zip!{name}" for name, _ in bills)):
        assert name in said
    assert "Files left aside: 1" in said
    press(browser, "keep")
    kept = documents(world, who, "imports/")
    for name, _ in (file, *bills):
        assert [one for one in kept if one.endswith(f"-{name}")], (name, kept)


def test_a_file_that_nobody_understands_is_told_why(browse, world):
    who = world.fresh()
    browser = brought(browse(who, "fr"), [UNKNOWN])
    assert browser.title.endswith("rien reconnu")
    assert "this is a text" in text(browser)
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
    press(browser, "say", **{"said-0-weight-unit": "stone"})
    assert browser.page.status == 400
    press(browser, "say", **{"said-0-weight-unit": "kg"})
    assert "2 rows read: 2 new" in text(browser)
    press(browser, "keep")
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
    assert press(mine, "keep").status == 200


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
