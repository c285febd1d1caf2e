"""Parts of documents (RFC 9110 §14)."""

import pytest
from agents import Person


class TestRanges:
    """RFC 9110 §14, of documents."""

    pytestmark = pytest.mark.spec("RFC 9110 §14.2")

    @pytest.fixture
    def letters(self, ana: Person, place: str) -> str:
        assert ana.put(place + "letters", b"abcdefghij", "text/plain").status == 201
        return place + "letters"

    @pytest.mark.parametrize(
        ("asked", "body", "where"),
        [
            ("bytes=0-3", b"abcd", "bytes 0-3/10"),
            ("bytes=4-", b"efghij", "bytes 4-9/10"),
            ("bytes=-2", b"ij", "bytes 8-9/10"),
            ("bytes=8-99", b"ij", "bytes 8-9/10"),
        ],
    )
    def test_a_part_is_206(self, ana, letters, asked, body, where):
        answer = ana.get(letters, {"Range": asked})
        assert (answer.status, answer.body) == (206, body)
        assert answer.headers["Content-Range"] == where
        assert answer.headers["Content-Length"] == str(len(body))

    def test_ranges_are_offered(self, ana, letters):
        assert ana.get(letters).headers["Accept-Ranges"] == "bytes"

    def test_what_is_beyond_the_end_is_416(self, ana, letters):
        answer = ana.get(letters, {"Range": "bytes=10-"})
        assert (answer.status, answer.headers["Content-Range"]) == (416, "bytes */10")

    @pytest.mark.parametrize("asked", ["bytes=5-2", "lines=1-2", "bytes=a-b", "bytes=0-1,4-5"])
    def test_what_is_not_understood_is_all_of_it(self, ana, letters, asked):
        answer = ana.get(letters, {"Range": asked})
        assert (answer.status, answer.body) == (200, b"abcdefghij")

    def test_if_range_of_another_state_is_all_of_it(self, ana, letters):
        tag = ana.head(letters).headers["ETag"]
        same = ana.get(letters, {"Range": "bytes=0-0", "If-Range": tag})
        other = ana.get(letters, {"Range": "bytes=0-0", "If-Range": '"other"'})
        assert (same.status, other.status) == (206, 200)

    def test_head_ignores_it(self, ana, letters):
        answer = ana.head(letters, {"Range": "bytes=0-3"})
        assert (answer.status, answer.headers["Content-Length"]) == (200, "10")
