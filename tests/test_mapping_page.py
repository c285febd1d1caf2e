"""A dump of four tables becomes conforming records by the ten lines of the README, and no code."""

import io
import zipfile

import pytest
from pages import ROOT, blocks, read, steps

from importers.contract import Options, Problem, Record, Ref
from importers.mapped.draft import draft
from importers.mapped.mapping import mapping_of
from importers.mapped.table import MappedTable
from importers.naming import Naming
from importers.triples import to_node
from vocab.graph import NamedNode
from vocab.names import SD
from vocab.shapes import violations

PAGE = "docs/mapping.md"
NAMES = ("customers", "contracts", "invoices", "tickets")


def dump(names=NAMES):
    """The tables of the page as an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, table in zip(NAMES, blocks(PAGE, "csv"), strict=True):
            if name in names:
                archive.writestr(f"{name}.csv", table)
    return file.getvalue()


@pytest.fixture(scope="module")
def mapping():
    (found,) = blocks("README.md", "yaml")
    return found


@pytest.fixture(scope="module")
def found(mapping):
    return [*MappedTable(mapping).parse(io.BytesIO(dump()), Options())]


def test_the_mapping_and_its_command_are_ten_lines(mapping):
    (command,) = [one.line for one in steps("README.md") if "mapping=" in one.line]
    assert len([*mapping.splitlines(), command]) == 10
    assert "crm.yaml" in read("README.md").partition(mapping)[0]


def test_each_row_of_the_dump_is_a_record_that_conforms(found, mapping):
    naming = Naming(
        storage="https://alice.example/",
        holder=mapping_of(mapping).holder.iri,
        slug="energie",
        domain=mapping_of(mapping).domain,
        activity="https://alice.example/imports/2026/i.ttl#i",
        pseudonym=str,
    )
    records = [one for one in found if isinstance(one, Record)]
    nodes = {naming.iri(one): to_node(one, naming.iri(one), naming) for one in records}
    kinds = [one.kind for one in records]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "CustomerFile": 1,
        "Contract": 2,
        "Invoice": 3,
        "Interaction": 2,
    }
    assert [wrong for iri, node in nodes.items() for wrong in violations(iri, node)] == []
    # Each reference leads to a record of another table.
    linked = [
        term.value
        for node in nodes.values()
        for name in (SD.relatedTo, SD.contract)
        for term in node.get(name, ())
        if isinstance(term, NamedNode)
    ]
    assert (len(linked), set(linked) <= nodes.keys()) == (7, True)


def test_what_the_mapping_does_not_name_is_kept_and_told(found):
    assert [one.message for one in found if isinstance(one, Problem)] == [
        "`segment`: no column of the mapping: kept as they are, under their own names"
    ]
    (customer,) = [one for one in found if isinstance(one, Record) and one.kind == "CustomerFile"]
    assert ("column:segment", "gold") in customer.fields


def test_a_reference_to_a_row_that_is_not_there_is_told_and_its_text_is_kept(mapping):
    content = dump(("customers", "contracts", "tickets"))
    found = [*MappedTable(mapping).parse(io.BytesIO(content), Options())]
    (first, _) = [one for one in found if isinstance(one, Record) and one.kind == "Interaction"]
    assert ("column:invoice_no", "F-101") in first.fields
    assert not any(isinstance(value, Ref) for _, value in first.fields)
    assert (
        sum("not in this export" in one.message for one in found if isinstance(one, Problem)) == 2
    )


def test_the_draft_of_the_dump_is_a_mapping_that_reads_all_of_it():
    text = draft(io.BytesIO(dump()), "dump.zip").replace("TEL: …", "TEL: phone")
    declared = mapping_of(text)
    assert {one.name: (one.kind.name, one.key) for one in declared.tables} == {
        "customers": ("CustomerFile", ("customer_id",)),
        "contracts": ("Contract", ("contract_no",)),
        "invoices": ("Invoice", ("invoice_no",)),
        "tickets": ("Interaction", ("ticket",)),
    }
    found = [*MappedTable(text).parse(io.BytesIO(dump()), Options())]
    assert len([one for one in found if isinstance(one, Record)]) == 8
    assert [one for one in found if isinstance(one, Problem) and one.row] == []


@pytest.mark.parametrize("text", blocks(PAGE, "yaml"))
def test_each_mapping_of_the_page_is_one(text):
    assert mapping_of(text).tables
    assert (ROOT / PAGE).exists()
