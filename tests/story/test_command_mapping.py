"""A dump of several tables, by the command line and the lines of the README."""

import os
import shlex
from pathlib import Path

import pytest
from pages import blocks, steps
from serving import Host, here


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """The tables of the page in a folder, and the mapping of the README beside it."""
    folder = tmp_path / "dump"
    folder.mkdir()
    names = ("customers", "contracts", "invoices", "tickets")
    for name, table in zip(names, blocks("docs/mapping.md", "csv"), strict=True):
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    (mapping,) = blocks("README.md", "yaml")
    (tmp_path / "crm.yaml").write_text(mapping, encoding="utf-8")
    return folder


def words_of(dump: Path, name: str) -> list[str]:
    """The command of the README, with the files where they are."""
    (line,) = [one.line for one in steps("README.md") if "mapping=" in one.line]
    places = {
        "dump": str(dump),
        "alice": name,
        "mapping=crm.yaml": f"mapping={dump.parent}/crm.yaml",
    }
    return [places.get(word, word) for word in shlex.split(line)[1:]]


def test_a_dump_is_stored_with_its_references(served: Host, ana: str, dump: Path) -> None:
    words = words_of(dump, ana)
    shown = served.here(*words, "--dry-run")
    assert "dump (mapped-table): 8 read, 8 new, 0 the same" in shown.out
    assert "    `segment` (not mapped): gold" in shown.out.splitlines()
    (first,) = served.here(*words, "--json").json()
    (again,) = served.here(*words, "--json").json()
    assert [(one["new"], one["same"]) for one in (first, again)] == [(8, 0), (0, 8)]
    asked = """PREFIX sd: <https://w3id.org/selfdata/ns#> PREFIX column: <urn:sd:columns#>
        SELECT ?segment ?total { ?ticket sd:relatedTo ?invoice . ?invoice sd:contract ?contract ;
        sd:total ?total . ?contract sd:relatedTo ?customer . ?customer column:segment ?segment }
        ORDER BY ?total"""
    found = served.here("query", ana, asked, "--json").json()["results"]["bindings"]
    rows = [(one["segment"]["value"], one["total"]["value"]) for one in found]
    assert [(segment, float(total)) for segment, total in rows] == [("gold", 12.0), ("gold", 81.2)]
    assert served.here("check", "--pod", ana, "--shapes").status == 0
    asked = """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/>
        SELECT ?file ?name { ?import prov:used ?file . ?file schema:name ?name } ORDER BY ?name"""
    kept = served.here("query", ana, asked, "--json").json()["results"]["bindings"]
    # The records can be made again of what they were made of.
    assert [one["name"]["value"] for one in kept] == ["dump.zip", "mapping.yaml"]
    forget = ("forget", ana, "--holder", "urn:sd:holder:energieexemple", "--yes")
    assert served.here(*forget).status == 0
    assert served.here("query", ana, asked, "--json").json()["results"]["bindings"] == []


def test_a_wrong_mapping_is_told_with_its_line(served: Host, ana: str, dump: Path) -> None:
    file = dump.parent / "crm.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Invoice", "Invoce"), encoding="utf-8")
    done = served.here(*words_of(dump, ana))
    assert (done.status, done.err.strip()) == (
        2,
        (
            "pod: the file of the option `mapping`: line 8: there is no class `Invoce`: did you "
            "mean `Invoice`?"
        ),
    )


def test_a_social_security_number_is_nowhere_but_in_the_file(
    served: Host, ana: str, tmp_path: Path
) -> None:
    table, mapping = tmp_path / "184127510810862.csv", tmp_path / "care.yaml"
    mapping.write_text("class: Purchase\nkey: no\ncolumns: {on: date, paid: total}\n")
    table.write_text(
        "no;on;paid;who;note\n"
        "1;2026-03-02;-12.50;1 84 12 75 108 108 62;x\n"
        "2;2026-03-02;-3;;NIR 1841275108108\n"
    )
    said = ("--option", f"mapping={mapping}", "--json")
    (report,) = served.here("import", str(table), "--pod", ana, *said).json()
    assert report["new"] == 2
    told = [one["message"] for one in report["problems"] if one["locator"] != "line=1"]
    assert told == ["a social security number stands in this row, and is not kept"] * 2
    assert not any("1841275" in url for url in report["resources"])
    asked = """SELECT ?s ?o { GRAPH ?g { ?s ?p ?o }
        FILTER(REGEX(CONCAT(STR(?s), STR(?o), STR(?g)), "1 ?84 ?12 ?75")) }"""
    found = served.here("query", ana, asked, "--json").json()["results"]["bindings"]
    assert found == []


def test_a_mapping_is_drafted(dump: Path) -> None:
    text = here("mapping", str(dump), "--json").json()["mapping"]
    assert "      contract_no: {property: sd:contract, to: contracts}" in text.splitlines()


RML = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix sd: <https://w3id.org/selfdata/ns#> .
<#Purchases> rml:logicalSource [ rml:source "orders.csv" ; rml:referenceFormulation ql:CSV ] ;
    rr:subjectMap [ rr:template "https://shop.example/{no}" ; rr:class sd:Purchase ] ;
    rr:predicateObjectMap [ rr:predicate sd:date ; rr:objectMap [ rml:reference "on" ] ] ;
    rr:predicateObjectMap [ rr:predicate sd:total ; rr:objectMap [ rml:reference "paid" ] ] .
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    (tmp_path / "orders.rml.ttl").write_text(RML)
    table = tmp_path / "orders.csv"
    table.write_text("no,on,paid\n1,2026-03-02,12.50\n2,2026-03-03,3\n")
    return table


def test_rml_says_what_it_needs(served: Host, ana: str, orders: Path) -> None:
    rml = f"rml={orders.with_suffix('.rml.ttl')}"
    done = served.here("import", str(orders), "--pod", ana, "--option", rml)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("pod: RML is read by morph-kgc, in an environment of its own: `pyth")


@pytest.mark.skipif("RML_PYTHON" not in os.environ, reason="morph-kgc has no environment here")
def test_tables_are_read_by_an_rml_mapping(served: Host, ana: str, orders: Path) -> None:
    settings = orders.with_name("pod.toml")
    settings.write_text(f'rml_python = "{os.environ["RML_PYTHON"]}"\n')
    said = ("--option", f"rml={orders.with_suffix('.rml.ttl')}", "--config", str(settings))
    words = ("import", str(orders), "--pod", ana, *said, "--json")
    (first,) = served.here(*words).json()
    (again,) = served.here(*words).json()
    assert (first["format"], first["new"], again["same"]) == ("rml-records", 2, 2)
