"""Files that nobody reads before the person says more, and files that wait while a server ends."""

import html
import re

from access_pages import enter, text
from agents import world as serving
from browser import Browser
from uploading import ADD, UNKNOWN, WEIGHTS, between, brought, come_to, documents, kept, said

from pod.flows.rows import rows

PREFIXES = "PREFIX sd: <https://w3id.org/selfdata/ns#> PREFIX schema: <https://schema.org/>\n"
TWO_SORTS = (
    "cartes.csv",
    "Enseigne;Numéro de carte;Solde;Date d'adhésion;Date d'expiration;Offre;Reçue le;"
    "Valable jusqu'au;Utilisée\n"
    "Les Tilleuls;1234;12;01/02/2026;;-10 %;01/02/2026;01/03/2026;\n".encode(),
)
TABLE = (
    "courses.csv",
    "Date;Magasin;Article;Quantité;Montant TTC\n03/01/2026;Les Tilleuls;Pain;2;4,20\n".encode(),
)
UNGUESSED = ("odd.csv", b"truc;machin;bidule\n1;a;x\n2;b;y\n")


def test_a_file_of_two_sorts_is_read_as_the_one_that_she_chooses(browse, world):
    who = world.fresh()
    browser = brought(browse(who), [TWO_SORTS, UNKNOWN])
    assert "can be read in several ways" in text(browser)
    offered = re.findall(r'<option value="([a-z-]+)"', browser.page.text)
    assert len(offered) == 2
    said(browser, **{"format-0": "ofx"})
    assert "not of that format" in text(browser)
    said(browser, **{"format-0": ""})
    assert "can be read in several ways" in text(browser)
    said(browser, **{"format-0": "loyalty-cards-csv"})
    assert "Loyalty card: 1" in text(browser)
    kept(browser)
    assert browser.title == "It is kept"
    assert any("loyal" in one or "retail" in one for one in documents(world, who))


def test_a_table_that_nobody_knows_is_read_once_she_says_whose_it_is(browse, world):
    who = world.fresh()
    browser = brought(browse(who), [TABLE])
    assert "We do not know this table" in text(browser)
    assert documents(world, who) == []
    said(browser, **{"giver-0": 'Club "des Tilleuls"'})
    told = html.unescape(text(browser))
    assert "1 row read: 1 new" in told
    assert "A row becomes: Course enrolment." in told  # "courses" are those of a school, in English
    said(browser, **{"kind-0": "Line"})
    told = html.unescape(text(browser))
    assert "A row becomes: Line of a bill or receipt." in told
    assert "“Article”: Name" in told
    assert "“Montant TTC”: Total" in told
    kept(browser)
    asked = "SELECT ?n { ?h a sd:Holder ; schema:name ?n }"
    (named,) = world.run(rows(PREFIXES + asked, world.pod(who.name)))
    assert named["n"] == 'Club "des Tilleuls"'


def test_of_a_table_that_is_not_guessed_nothing_is_kept_before_she_says_what_it_is(browse, world):
    browser = brought(browse(world.fresh()), [UNGUESSED])
    said(browser, **{"giver-0": "Club"})
    assert "We could not guess what the columns say" in text(browser)
    draft = html.unescape(between(browser.page.text, "<textarea", "</textarea>").partition(">")[2])
    assert "class: Record" in draft
    said(browser, **{"said-0-mapping": "nothing"})
    assert browser.page.status == 400
    mapping = draft.replace("class: Record", "class: Promotion").replace(
        "columns:", "columns:\n      machin: schema:name"
    )
    said(browser, **{"said-0-mapping": mapping})
    assert "2 rows read: 2 new" in text(browser)


def test_what_waits_is_there_again_after_the_server_was_ended(tmp_path):
    with serving(tmp_path) as world:
        who = world.fresh()
        browser = Browser(world.base, world.connection, headers={"Accept": "text/html"})
        enter(browser, who)
        brought(browser, [("weight-2026-01-01.json", WEIGHTS)])
        said(browser, **{"said-0-weight-unit": "kg"})
        assert "2 rows read: 2 new" in text(browser)
        address = browser.at
    assert list(tmp_path.glob("uploads/*/1/weight-2026-01-01.json"))
    with serving(tmp_path, base_url=world.base) as world:
        browser.connection = world.connection
        browser.open(ADD)
        assert "to be looked at again" in text(browser)
        browser.open(address)
        assert "2 rows read: 2 new" in text(come_to(browser))
        kept(browser)
        assert browser.title == "It is kept"
        assert not list(tmp_path.glob("uploads/*"))
