"""Content-Digest (RFC 9530): the digest of a body that travels beside it."""

from collections.abc import Mapping
from hashlib import sha256, sha512
from hmac import compare_digest

from pod.intake.structured import Item, read_dictionary, write_dictionary
from pod.model import Blob, Content

# RFC 9530 §5: the two active algorithms of the registry, and how many bytes each gives.
_SIZES = {"sha-256": 32, "sha-512": 64}


def read_content_digest(field: str) -> Mapping[str, bytes]:
    """The digests that a Content-Digest header states, by algorithm; unknown ones are left out.

    Raises ValueError, with a sentence for the sender.
    """
    try:
        members = read_dictionary(field)
    except ValueError as error:
        raise ValueError("the Content-Digest header cannot be read") from error
    stated = {
        name: member.value
        for name, member in members.items()
        if isinstance(member, Item) and isinstance(member.value, bytes) and name in _SIZES
    }
    if not stated or any(len(value) != _SIZES[name] for name, value in stated.items()):
        raise ValueError("Content-Digest must have a `sha-256` or a `sha-512` of the body")
    return stated


def write_content_digest(digests: Mapping[str, bytes]) -> str:
    return write_dictionary({name: Item(value) for name, value in digests.items()})


def digests_of(content: Content) -> Mapping[str, bytes]:
    """The digests of a body that was taken in; of a large one, the one made while it came."""
    if isinstance(content, Blob):
        return {"sha-256": bytes.fromhex(content.digest)}
    return {"sha-256": sha256(content).digest(), "sha-512": sha512(content).digest()}


def same_content(stated: Mapping[str, bytes], digests: Mapping[str, bytes]) -> bool:
    """Whether every stated digest that was also made is the same, and one at least was made."""
    both = stated.keys() & digests.keys()
    return bool(both) and all(compare_digest(stated[name], digests[name]) for name in both)
