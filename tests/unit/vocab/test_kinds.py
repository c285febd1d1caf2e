import re
from pathlib import Path

import pytest

from vocab import turtle
from vocab.glossary import broader, glossary, is_record, of_type, words
from vocab.kinds import KINDS
from vocab.names import RDFS, SD

KNOWN = glossary()
EXAMPLES = words(turtle.read("examples"))
DATA = "https://ana.example/data/"
PAGE = Path(__file__).parents[3].joinpath("docs", "vocabulary.md").read_text(encoding="utf-8")


def above(iri):
    """The classes above one of ours that a record is written with: not those above any record."""
    return {
        upper
        for upper in broader(KNOWN, iri)
        if upper != SD.Record and upper not in broader(KNOWN, SD.Record)
    }


def pattern_of(kind):
    place = re.escape(f"{kind.domain or '{any}'}/{{any}}/{kind.document}")
    for name, form in {
        "any": r"[a-z]+",
        "account": r"[a-z0-9-]+",
        "series": r"[a-z]+",
        "yyyy-mm": r"\d{4}-\d\d",
        "yyyy": r"\d{4}",
    }.items():
        place = place.replace(re.escape(f"{{{name}}}"), form)
    return re.compile(place)


def test_every_class_of_records_has_a_kind_and_so_do_holders():
    records = {word.name for word in of_type(KNOWN, RDFS.Class) if is_record(KNOWN, word)}
    # And what has no class of ours is a record all the same.
    assert set(KINDS) == records | {"Holder", "Record"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_types_of_a_kind_are_its_class_and_the_classes_above_it(kind):
    assert kind.types[0] == kind.iri == SD.NS + kind.name
    assert set(kind.types[1:]) == above(kind.iri)
    assert len(set(kind.types)) == len(kind.types)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS.values() if kind.name not in {"Holder", "Record"}],
    ids=lambda kind: kind.name,
)
def test_the_examples_are_written_as_their_kind_says(kind):
    shown = [
        word
        for word in EXAMPLES.values()
        if kind.iri in word.types and not any(kind.iri in above(iri) for iri in word.types)
    ]
    for word in shown:
        document = word.iri.removeprefix(DATA).partition("#")[0]
        assert pattern_of(kind).fullmatch(document)
        assert word.types == set(kind.types)
    assert shown


def test_a_bank_account_is_found_under_three_classes():
    assert KINDS["BankAccount"].types == (
        SD.BankAccount,
        SD.Account,
        "https://schema.org/BankAccount",
    )


def test_transactions_lie_by_account_and_month():
    assert KINDS["BankTransaction"].document == "{account}/{yyyy}/{yyyy-mm}.ttl"


@pytest.mark.parametrize("document", sorted({kind.document for kind in KINDS.values()}))
def test_the_documentation_names_each_document(document):
    assert f"`{document}`" in PAGE or f"/{document} " in PAGE


@pytest.mark.parametrize("domain", sorted({kind.domain for kind in KINDS.values() if kind.domain}))
def test_the_documentation_names_each_domain(domain):
    assert f"`{domain}`" in PAGE
