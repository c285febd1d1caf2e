"""Which media types a browser shows without running anything in them."""

import re
from functools import lru_cache
from typing import Final

# A browser runs what is in HTML, in all of XML, under names that few know (such as text/xsl), and
# in what it is told in a way that is read differently (Fetch reads the last of "text/plain,
# text/html"). So what is listed is the rest, as long as it is written plainly.
_INERT: Final = re.compile(
    r"(?:text/(?:plain|turtle|n3|csv|css|markdown|calendar|vcard|javascript)"
    r"|application/(?:json|ld\+json|n-triples|n-quads|trig|sparql-[a-z]+|octet-stream|zip|gzip)"
    # A viewer of its own shows these, with none of the rights of the page; in a sandbox it would
    # show nothing.
    r"|application/pdf"
    r"|image/(?:png|jpeg|gif|webp|avif|bmp|tiff|heic)|(?:audio|video|font)/[a-z0-9.-]+)"
    r"(?:\s*;[^,]*)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_inert(media_type: str) -> bool:
    """Whether nothing in a document of this Content-Type runs when a browser opens it."""
    return _INERT.fullmatch(media_type) is not None
