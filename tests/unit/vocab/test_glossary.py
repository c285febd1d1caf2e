from vocab import turtle
from vocab.glossary import broader, glossary, is_record, of_type, words
from vocab.names import RDFS, SCHEMA, SD, SKOS

KNOWN = glossary()


def test_a_word_says_its_names_and_definitions():
    word = KNOWN[SD.BankTransaction]
    assert word.name == "BankTransaction"
    assert word.label == {"fr": "Opération bancaire", "en": "Bank transaction"}
    assert set(word.comment) == {"fr", "en"}
    assert word.one(SD.sensitivity).endswith("#s3")
    assert word.one(SKOS.inScheme) == ""


def test_words_are_in_alphabetical_order():
    assert list(KNOWN) == sorted(KNOWN)
    assert of_type(KNOWN, RDFS.Class)[0].iri == SD.Account


def test_the_classes_above_one_are_found_at_any_distance():
    assert {SD.Account, SD.Record, SCHEMA.NS + "BankAccount"} < broader(KNOWN, SD.BankAccount)
    assert broader(KNOWN, "https://schema.org/Thing") == frozenset()


def test_circles_of_classes_end():
    text = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <https://a.example/x> rdfs:subClassOf <https://a.example/y> .
    <https://a.example/y> rdfs:subClassOf <https://a.example/x> ."""
    circle = words(turtle.graph_of(text))
    assert broader(circle, "https://a.example/x") == {"https://a.example/x", "https://a.example/y"}


def test_a_holder_is_no_record_and_an_invoice_is_one():
    assert is_record(KNOWN, KNOWN[SD.Invoice])
    assert not is_record(KNOWN, KNOWN[SD.Holder])
    assert not is_record(KNOWN, KNOWN[SD.Record])
