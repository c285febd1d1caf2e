"""Documents given to a pod: found again by who sent them, when and for how much, and fetched."""

import shutil
from pathlib import Path

from commands import app
from pages import ROOT
from serving import Host

CASES = ROOT / "tests" / "importers"
FOUND = """PREFIX sd: <https://w3id.org/selfdata/ns#> PREFIX schema: <https://schema.org/>
SELECT ?name ?url { ?x a sd:Document ; schema:name ?name ; schema:contentUrl ?url ;
sd:counterpartyName "EDF" ; sd:date ?on ; sd:total ?total
FILTER(?total = 69 && YEAR(?on) = 2026 && MONTH(?on) = 3) }"""
INVOICE = """PREFIX sd: <https://w3id.org/selfdata/ns#> PREFIX schema: <https://schema.org/>
SELECT ?number ?url { ?x a sd:Document ; schema:contentUrl ?url ; sd:relatedTo ?invoice .
?invoice a sd:Invoice ; sd:recordId ?number }"""


def rows(host: Host, name: str, query: str) -> list[dict[str, str]]:
    found = host.here("query", name, query).json()["results"]["bindings"]
    return [{part: said["value"] for part, said in row.items()} for row in found]


def test_documents_with_what_is_told_of_them_are_found_and_fetched(served: Host, ana: str) -> None:
    archive = CASES / "vault" / "digiposte.zip"
    (first,) = served.here("import", str(archive), "--pod", ana, "--json").json()
    assert (first["new"], first["rejected"]) == (4, 1)
    (found,) = rows(served, ana, FOUND)
    assert found["name"] == "Facture de mars"
    url, _, member = found["url"].partition("#")
    assert member == "Digiposte/Factures/edf-mars.pdf"
    assert app(served, ana).get(url).body == archive.read_bytes()
    (again,) = served.here("import", str(archive), "--pod", ana, "--json").json()
    assert (again["new"], again["same"], again["updated"]) == (0, 4, 0)


def test_the_pdf_of_an_invoice_and_its_data_lead_to_each_other(
    served: Host, ana: str, tmp_path: Path
) -> None:
    # The first octets do not tell that an invoice is attached: all of a PDF is looked at.
    invoice, letter = tmp_path / "a.pdf", CASES / "vault" / "letter.pdf"
    shutil.copy(CASES / "invoices" / "zugferd.pdf", invoice)
    done = served.here("import", str(invoice), str(letter), "--pod", ana, "--json").json()
    assert [one["format"] for one in done] == ["e-invoice", "pdf-document"]
    (found,) = rows(served, ana, INVOICE)
    assert found["number"] == "2014-7"
    assert app(served, ana).get(found["url"]).body == invoice.read_bytes()
