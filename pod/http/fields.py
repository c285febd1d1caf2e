"""Reading and writing single header fields: media types, links, dates, entity tags, names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Final
from unicodedata import category
from urllib.parse import quote, unquote_to_bytes

from vocab.iri import ResourceIri

LONGEST_NAME: Final = 128  # characters of a name that a client proposes

# RFC 9110 §5.6.6: parameters = *( OWS ";" OWS [ parameter ] ); a value is a token or a
# quoted-string. A token may hold what it should not: old clients leave quotes out.
_QUOTED: Final = r'"((?:[^"\\]|\\.)*+)"'
_PARAMETER: Final = re.compile(rf';\s*([^\s=;,"]+)\s*(?:=\s*(?:{_QUOTED}|([^";,\s]*)))?')
# RFC 8288 §3: link-value = "<" URI-Reference ">" *( OWS ";" OWS link-param )
_LINK: Final = re.compile(r'<([^<>]*)>((?:[^",<]|"(?:[^"\\]|\\.)*+")*+)')
# RFC 9110 §8.8.3: entity-tag = [ weak ] opaque-tag; a comma may stand inside the quotes.
_ENTITY_TAG: Final = re.compile(r'(?:W/)?"[^"]*"')
_ESCAPED: Final = re.compile(r"\\(.)")

_TIME: Final = r"\d\d:\d\d:\d\d"
# RFC 9110 §5.6.7: "A recipient that parses a timestamp value in an HTTP field MUST accept all
# three HTTP-date formats": IMF-fixdate, the one of RFC 850, and that of asctime.
_DATE: Final = re.compile(
    rf"[A-Z][a-z]{{2}}, \d\d [A-Z][a-z]{{2}} \d{{4}} {_TIME} GMT"
    rf"|[A-Z][a-z]{{5,8}}, \d\d-[A-Z][a-z]{{2}}-\d\d {_TIME} GMT"
    rf"|[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} [\d ]\d {_TIME} \d{{4}}",
    re.ASCII,
)

# Categories of Unicode with no place in a name: controls, and breaks of lines and paragraphs.
_UNPRINTABLE: Final = frozenset({"Cc", "Zl", "Zp"})


def media_type(value: str) -> tuple[str, Mapping[str, str]]:
    """The essence of a media type, in lower case, and its parameters by lower-case name."""
    essence, _, _ = value.partition(";")
    return essence.strip().lower(), dict(_parameters(value[len(essence) :]))


def link_targets(values: str | Iterable[str], rel: str) -> tuple[str, ...]:
    """The targets of the links of one relation, as they are written, from the Link fields.

    A link with another context (`anchor`) says nothing about this resource and is left out.
    """
    lines = (values,) if isinstance(values, str) else values
    return tuple(
        target.strip()
        for line in lines
        for target, rest in _LINK.findall(line)
        if _relates(dict(_parameters(rest)), rel)
    )


def entity_tags(value: str) -> tuple[str, ...]:
    """The entity tags of an If-Match or If-None-Match field, with their quotes."""
    return tuple(_ENTITY_TAG.findall(value))


@lru_cache(maxsize=1024)
def http_date(moment: datetime) -> str:
    """A moment as an HTTP date (IMF-fixdate), without its fraction of a second."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def read_http_date(value: str) -> datetime | None:
    """The moment of an HTTP date, in UTC; None when it is none."""
    if not _DATE.fullmatch(value.strip()):
        return None
    try:
        return parsedate_to_datetime(value).replace(tzinfo=UTC)
    except ValueError:
        return None


def slug(value: str) -> str | None:
    """The one path segment that a Slug field proposes, canonical; None for what cannot be one.

    Whether the name is taken, or reserved for auxiliary resources, is for the caller to see.
    """
    # RFC 5023 §9.7: the value is percent-encoded UTF-8; a final slash asks for a container.
    try:
        octets = unquote_to_bytes(value.strip().removesuffix("/"))
        text = octets.decode()
        segment = ResourceIri.parse("", quote(octets, safe="")).path
    except ValueError:
        return None
    if len(text) > LONGEST_NAME or any(category(char) in _UNPRINTABLE for char in text):
        return None
    return segment or None


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    # The first of a name counts: RFC 8288 §3.3 "occurrences after the first MUST be ignored".
    found = _PARAMETER.findall(text)
    for name, quoted, token in reversed(found):
        yield name.lower(), _ESCAPED.sub(r"\1", quoted) or token


def _relates(parameters: Mapping[str, str], rel: str) -> bool:
    # RFC 8288 §2.1: relation types are compared "in a case-insensitive fashion"; one rel may
    # hold several.
    relations = parameters.get("rel", "").lower().split()
    return rel.lower() in relations and "anchor" not in parameters
