import io
import zipfile

import pytest

from importers import by_format, identify, known, unrecognised
from vocab.kinds import KINDS

CAMT = b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:%s"><%s>'
OFX = b"OFXHEADER:100\nVERSION:102\n<OFX><SIGNONMSGSRSV1>"


@pytest.mark.parametrize(
    ("filename", "head", "name", "variant"),
    [
        ("a.xml", CAMT % (b"camt.053.001.08", b"BkToCstmrStmt"), "camt-053", "camt.053.001.08"),
        ("a.xml", CAMT % (b"camt.052.001.04", b"BkToCstmrAcctRpt"), "camt-053", "camt.052.001.04"),
        ("a.dat", CAMT % (b"x", b"ns:BkToCstmrDbtCdtNtfctn"), "camt-053", ""),
        ("a.ofx", OFX, "ofx", "1.x"),
        ("a.txt", b'<?OFX OFXHEADER="200" VERSION="211"?><OFX>', "ofx", "2.x"),
        ("a.txt", OFX.decode().encode("utf-16"), "ofx", "1.x"),
        ("a.qfx", b"<ofx>", "ofx", ""),
        (
            "a.json",
            b'[{"docType":"bankoperation","bankAccount":"1"',
            "mesinfos-bank-operations",
            "",
        ),
        (
            "a",
            b'\xef\xbb\xbf [{"docType":"bankoperation","bankAccount":"1"',
            "mesinfos-bank-operations",
            "",
        ),
    ],
)
def test_an_export_is_known_by_what_is_in_it(filename, head, name, variant):
    ((importer, match),) = identify(filename, head)
    assert (importer.format, match.variant) == (name, variant)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (b"PK\x03\x04", "unpack it"),
        (b"{\\rtf1", "ask the holder for a file of data"),
        (b"", "nothing is in it"),
        (b"a;b\n", "`pod formats` lists"),
        (b'{"docType":"bankoperation","bankAccount":"1"}', "`pod formats` lists"),
    ],
)
def test_what_nobody_claims_is_answered_with_what_to_do(head, sentence):
    assert identify("a.ofx", head) == ()
    assert sentence in str(unrecognised(head))


def test_the_surest_claim_comes_first():
    found = identify("a.txt", CAMT % (b"camt.053.001.02", b"BkToCstmrStmt") + b"<OFX>")
    assert [(importer.format, match.confidence) for importer, match in found] == [
        ("camt-053", 95),
        ("ofx", 80),
    ]


def test_a_format_is_found_by_its_name():
    assert by_format("ofx") in known()
    assert by_format("fax") is None


@pytest.mark.parametrize("importer", known(), ids=lambda importer: importer.format)
def test_an_importer_says_what_it_is(importer):
    assert importer.format == importer.format.lower().replace("_", "-").replace(" ", "-")
    assert importer.title
    assert importer.version
    assert importer.domain in {kind.domain for kind in KINDS.values()}
    assert all(extension.startswith(".") for extension in importer.extensions)
    assert importer.holder(b"").iri


def test_no_two_importers_share_a_name():
    assert len({importer.format for importer in known()}) == len(known())


@pytest.mark.parametrize(
    "inner", [CAMT % (b"x", b"BkToCstmrStmt"), b'<feed xmlns="http://naesb.org/espi">']
)
def test_a_file_that_an_archive_stores_as_it_is_is_not_taken_for_the_archive(inner):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", inner)
    assert identify("a.zip", packed.getvalue()) == ()
