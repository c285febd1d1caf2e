"""What a holder sends: an export, and beside it who the holder is and how it was signed.

The request is a POST whose body is the export. Its signature (RFC 9421) has `tag`
"selfdata-deposit" and covers at least the components of `REQUIRED`. Among them is the header
`Selfdata-Holder`, the WebID: so that whether this holder may deposit here is asked before
anything is fetched on the word of a stranger. `keyid` is the IRI of a key in the same document as
the WebID, for nobody else's document may speak for a holder. docs/deposit.md is for holders.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message as MimeMessage
from hashlib import sha256
from urllib.parse import unquote, urldefrag, urlsplit

from pod.intake.digest import read_content_digest
from pod.intake.signature import Message, Signature, read_signature
from pod.model import Request
from pod.problems import Malformed
from vocab.graph import NamedNode

TAG = "selfdata-deposit"
HOLDER_HEADER = "Selfdata-Holder"
REQUIRED = ("@method", "@target-uri", "content-digest", "content-type", HOLDER_HEADER.lower())

_NO_NAME = "export"
_LONGEST_NAME = 255
_NAMING = ("content-disposition", "slug")
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A deposit as it says of itself; nothing in it is believed before `verify`.

    `holder` is a WebID, `keyid` the IRI of one of its keys, `profile` the document that both are
    in. `media_type` is as sent, with its parameters. `digests` are those stated of the body.
    """

    holder: str
    keyid: str
    profile: str
    filename: str
    media_type: str
    digests: Mapping[str, bytes]
    signature: Signature

    @property
    def created(self) -> int:
        """When it was signed, in seconds since 1970-01-01 UTC; 0 where it does not say so."""
        created = self.signature.parameters.get("created")
        return created if isinstance(created, int) else 0

    @property
    def mark(self) -> str:
        """What must not be seen twice from this key: the nonce, or all that was signed.

        Not the signature itself: that of ECDSA can be given another form that still holds.
        """
        nonce = self.signature.parameters.get("nonce")
        if isinstance(nonce, str):
            return f"nonce {nonce}"
        return sha256(self.signature.base).hexdigest()


def open_envelope(request: Request) -> Envelope:
    """The envelope of a deposit. Raises Malformed."""
    message = Message(method=request.method, url=request.url, headers=request.headers)
    try:
        signature = read_signature(message, TAG)
        digests = read_content_digest(request.headers.get("content-digest", ""))
    except ValueError as error:
        raise Malformed(str(error)) from error
    missing = [name for name in REQUIRED if name not in signature.covered]
    if missing:
        raise Malformed(f"the signature must cover `{missing[0]}`")
    holder = request.headers[HOLDER_HEADER].strip()
    keyid = signature.parameters.get("keyid")
    if not isinstance(keyid, str) or not _is_web_address(keyid) or not _is_web_address(holder):
        raise Malformed(f"{HOLDER_HEADER} must be a WebID, and `keyid` the IRI of one of its keys")
    profile, key = urldefrag(holder).url, urldefrag(keyid)
    if key.url != profile or not key.fragment:
        raise Malformed("`keyid` must be a key in the document of the WebID")
    return Envelope(
        holder=holder,
        keyid=keyid,
        profile=profile,
        filename=_filename(request.headers, signature.covered),
        media_type=request.headers["content-type"],
        digests=digests,
        signature=signature,
    )


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(NamedNode(text).value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _filename(headers: Mapping[str, str], covered: tuple[str, ...]) -> str:
    # The name helps to recognise the format, so what stands on the way must not change it.
    for name in _NAMING:
        if name in headers and name not in covered:
            raise Malformed(f"the signature must cover `{name}` where it is sent")
    disposition = MimeMessage()
    disposition["Content-Disposition"] = headers.get("content-disposition", "")
    # RFC 5023 §9.7: a Slug is "the percent-encoding of the UTF-8 encoding" of a text.
    named = disposition.get_filename() or unquote(headers.get("slug", ""))
    last = re.split(r"[/\\]", _NOT_IN_A_NAME.sub("", named))[-1].strip()
    return last[-_LONGEST_NAME:] or _NO_NAME
