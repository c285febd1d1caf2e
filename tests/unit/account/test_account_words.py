"""E-mail addresses, passwords, proofs: the words that people write."""

import pytest

from pod.account.email import canonical_email
from pod.account.passwords import check_password
from pod.account.proof import codes_in, statement
from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Ana@Example.org", "ana@example.org"),
        ("  ana@example.org\n", "ana@example.org"),
        ("ÉLISE@example.org", "élise@example.org"),
        ("e\u0301lise@example.org", "élise@example.org"),
        ('"a@b"@example.org', '"a@b"@example.org'),
        ("ana@localhost", "ana@localhost"),
    ],
)
def test_an_address_has_one_spelling(text, email):
    assert canonical_email(text) == email
    assert canonical_email(email) == email


@pytest.mark.parametrize(
    "text",
    ["", "ana", "@example.org", "ana@", "a b@c", "a@b c", "a\x00@b", "a" * 250 + "@b.example"],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(Malformed):
        canonical_email(text)


@pytest.mark.parametrize(
    ("length", "development", "good"),
    [
        (8, False, True),
        (7, False, False),
        (6, True, True),
        (5, True, False),
        (1024, False, True),
        (1025, True, False),
    ],
)
def test_a_password_is_neither_too_short_nor_too_long(length, development, good):
    if good:
        check_password("x" * length, development=development)
        return
    with pytest.raises(Malformed):
        check_password("x" * length, development=development)


WEBID = "https://ana.example/card#me"


def graph(text: str):
    return parse(text.encode(), RdfFormat.TURTLE, "https://ana.example/card")


def test_the_statement_to_write_proves_what_it_is_for():
    assert list(codes_in(graph(statement(WEBID, "abc")), WEBID)) == ["abc"]


def test_nothing_else_in_a_document_is_a_proof():
    other = statement("https://ana.example/card#you", "abc")
    iri = statement(WEBID, "abc").replace('"abc"', "<abc>")
    assert list(codes_in(graph(other + iri), WEBID)) == []
