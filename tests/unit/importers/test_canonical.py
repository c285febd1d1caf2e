"""What a proof covers: canonical RDF and canonical JSON."""

import json
import struct
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from importers.education.canonical import canonical_json, canonical_rdf
from importers.education.contexts import CONTEXTS

VECTORS = Path(__file__).parent / "vectors"
W3C = json.loads((VECTORS / "data_integrity.json").read_bytes())
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
WITH_EXAMPLES = {
    **CONTEXTS,
    EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
}
V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
BADGE = {"@context": [V2, OB3], "id": "urn:x", "type": TYPES}


@pytest.mark.spec("vc-di-eddsa §A.1")
@pytest.mark.parametrize("hashing", ["sha256", "sha384"])
def test_the_canonical_rdf_of_the_specification_is_made(hashing):
    made = canonical_rdf(W3C["document"], WITH_EXAMPLES, hashing)
    assert made.decode() == W3C["canonical"]


@pytest.mark.spec("RDF Dataset Canonicalization §4.4")
def test_another_library_finds_the_same_canonical_rdf():
    document = json.loads((VECTORS / "1edtech_clr.json").read_bytes())
    del document["proof"]
    made = canonical_rdf(document, CONTEXTS)
    dataset = Dataset(parse(made.replace(b"_:c14n", b"_:x"), format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    assert sorted(serialize(dataset, format=RdfFormat.N_QUADS).splitlines()) == made.splitlines()


@pytest.mark.spec("VC Data Model 2.0 §B.1")
@pytest.mark.parametrize(
    ("file", "digest"),
    [
        (
            "credentials-v1",
            "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
        ),
        (
            "credentials-v2",
            "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        ),
        (
            "data-integrity-v2",
            "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        ),
        ("multikey-v1", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"),
    ],
)
def test_a_context_is_the_one_whose_digest_is_published(file, digest):
    folder = Path(__file__).parents[3] / "importers" / "education" / "contexts"
    assert sha256((folder / f"{file}.jsonld").read_bytes()).hexdigest() == digest


def test_each_context_is_there():
    assert len(CONTEXTS) == len([CONTEXTS[address] for address in CONTEXTS])
    assert "https://a.example/context" not in CONTEXTS


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"@context": [V2, "https://a.example/v1"]}, "context https://a.example/v1 is not known"),
        ({"@context": [V2, {"name": "urn:other"}]}, "a meaning of its own"),
        ({"image": {"@context": None, "id": "urn:i"}}, "a meaning of its own"),
        ({"nickname": "x"}, "`nickname`"),
        ({"type": [*TYPES, "Other"]}, "`Other`"),
        ({"id": "credential/1"}, "`credential/1`"),
        ({"id": "urn:x> <urn:p> <urn:o> .\n<urn:x"}, "no meaning"),
        ({"name": {"@value": "x", "@language": 'fr" .\n'}}, "the language"),
        ({"name": [{"name": 1e400}]}, "too large"),
        ({"awardedDate": {"@value": {}}}, "not JSON-LD"),
    ],
)
def test_a_document_that_cannot_be_taken_word_by_word_is_refused(more, reason):
    with pytest.raises(ValueError, match=reason):
        canonical_rdf(BADGE | more, CONTEXTS)


@pytest.mark.spec("RDF Dataset Canonicalization §7.1")
def test_a_graph_that_is_made_to_take_years_is_refused():
    criteria = [{"narrative": "x"}] * 14
    achievement = {"type": ["Achievement"], "criteria": criteria}
    twice = {"type": ["AchievementSubject"], "achievement": [achievement, achievement]}
    with pytest.raises(ValueError, match="cannot be told apart"):
        canonical_rdf(BADGE | {"credentialSubject": [twice, twice]}, CONTEXTS)


@pytest.mark.spec("vc-di-eddsa §A.2")
def test_the_canonical_json_of_the_specification_is_made():
    assert canonical_json(W3C["document"]).decode() == W3C["jcs"]


@pytest.mark.spec("RFC 8785 §3.2.3")
def test_members_are_ordered_by_utf_16_and_only_what_must_be_is_escaped():
    said = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "ö": "\x0f</"}
    assert canonical_json(said).decode() == (
        '{"\\r":2,"1":4,"\u0080":6,"ö":"\\u000f</","\u20ac":1,"\U0001f600":5,"\ufb33":3}'
    )


@pytest.mark.spec("RFC 8785 §B")
@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_the_scheme_says(bits, text):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json({"n": number}).decode() == f'{{"n":{text}}}'
