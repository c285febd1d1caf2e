import gzip

import pytest

from pod.http.coding import is_text, packed, packed_tag, takes_gzip


@pytest.mark.spec("RFC 9110 §12.5.3")
@pytest.mark.parametrize(
    ("field", "taken"),
    [
        pytest.param(None, False, id="nothing is said"),
        pytest.param("", False, id="an empty list"),
        pytest.param("gzip", True, id="by name"),
        pytest.param("gzip, deflate, br, zstd", True, id="a browser"),
        pytest.param("GZIP;Q=0.5", True, id="any case"),
        pytest.param("x-gzip", True, id="its old name"),
        pytest.param("*", True, id="anything"),
        pytest.param("br", False, id="another one"),
        pytest.param("gzip;q=0, *", False, id="refused by name"),
        pytest.param("*;q=0", False, id="nothing at all"),
        pytest.param("identity", False, id="as it is"),
        pytest.param("identity, gzip;q=0.5", False, id="rather as it is"),
        pytest.param("identity;q=0.5, gzip", True, id="rather in gzip"),
        pytest.param("gzip;q=high", False, id="a weight that is none"),
        pytest.param("gzip;q=0.000", False, id="a long nothing"),
    ],
)
def test_who_takes_gzip(field, taken):
    assert takes_gzip(field) is taken


@pytest.mark.parametrize(
    ("media_type", "is_so"),
    [
        ("text/html; charset=utf-8", True),
        ("text/csv; charset=utf-8; header=present", True),
        ("application/json", True),
        ("application/ld+json", True),
        ("application/problem+json", True),
        ("image/svg+xml", True),
        ("application/zip", False),
        ("image/png", False),
        ("", False),
    ],
)
def test_what_gzip_makes_small(media_type, is_so):
    assert is_text(media_type) is is_so


def test_it_is_the_same_bytes_each_time():
    text = b"the same line\n" * 100
    assert packed(text) == packed(text)
    assert gzip.decompress(packed(text)) == text
    assert packed_tag('"abc"') == '"abc-gzip"'
