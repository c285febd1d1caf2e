"""Content-Digest."""

from hashlib import sha256, sha512

import pytest

from pod.intake.digest import digests_of, read_content_digest, same_content, write_content_digest
from pod.model import Blob

BODY = b'{"hello": "world"}\n'


SHA_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
SHA_512 = (
    "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3"
    "qg==:"
)


@pytest.mark.spec("RFC9530 §B.1")
@pytest.mark.parametrize(("field", "algorithm"), [(SHA_256, "sha-256"), (SHA_512, "sha-512")])
def test_the_digests_of_the_rfc_are_those_of_its_body(field, algorithm):
    stated = read_content_digest(field)
    assert stated == {algorithm: digests_of(BODY)[algorithm]}
    assert write_content_digest(stated) == field


def test_unknown_algorithms_are_left_out():
    assert list(read_content_digest(f"crc32c=:q1IS+A==:, {SHA_256}, md5=?1")) == ["sha-256"]


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("", "sha-256"),
        ("sha-256", "sha-256"),
        ('sha-256="RK/0qy18"', "sha-256"),
        ("sha-256=()", "sha-256"),
        ("sha-256=:AQID:", "sha-256"),
        ("md5=:AQID:", "sha-256"),
        ("sha-256=:AQID", "cannot be read"),
    ],
)
def test_what_states_no_digest_is_refused(field, says):
    with pytest.raises(ValueError, match=says):
        read_content_digest(field)


def test_a_large_body_has_the_digest_that_was_made_while_it_came():
    blob = Blob(digest=sha256(BODY).hexdigest(), size=len(BODY))
    assert digests_of(blob) == {"sha-256": sha256(BODY).digest()}


def test_every_digest_that_was_made_is_compared():
    made = digests_of(BODY)
    assert same_content({"sha-256": made["sha-256"]}, made)
    assert same_content(made, made)
    assert not same_content({**made, "sha-512": sha512(b"").digest()}, made)
    assert not same_content({"sha-256": sha256(b"").digest()}, made)


def test_without_a_digest_to_compare_nothing_is_the_same():
    made = digests_of(BODY)
    assert not same_content({"sha-512": made["sha-512"]}, {"sha-256": made["sha-256"]})
    assert not same_content({}, made)
