"""Conditional requests (RFC 9110 §13), evaluated in the order of §13.2.2."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pod.http.fields import entity_tags, read_http_date
from pod.problems import NotModified, PreconditionFailed


@dataclass(frozen=True, slots=True)
class Validators:
    """What conditions are compared with, of the representation that a GET would be answered.

    `etag` is the entity tag with its quotes: `"<version>"` for the form that is stored,
    `"<version>-<suffix>"` for one it is converted to. `modified` is in UTC.
    """

    etag: str
    modified: datetime


def check_preconditions(method: str, headers: Mapping[str, str], there: Validators | None) -> None:
    """Return when the method may be applied; raise NotModified or PreconditionFailed when not.

    `there` is None where nothing is stored. The asker's access was decided before (§13.2.1).
    """
    # RFC 9110 §13.2.1: "A server MUST ignore the conditional request header fields [...] when
    # received with a request method that does not involve the selection or modification of a
    # selected representation".
    if method == "OPTIONS":
        return
    _check_still_the_same(headers, there)
    _check_not_yet_known(headers, there, reading=method in {"GET", "HEAD"})


def _check_still_the_same(headers: Mapping[str, str], there: Validators | None) -> None:
    # Steps 1 and 2: If-Match, and If-Unmodified-Since only in its absence.
    if (tags := headers.get("If-Match")) is not None:
        if not _is_listed(tags, there, exactly=False):
            raise PreconditionFailed("this has changed since you read it; read it again")
    elif _unmodified_since(headers.get("If-Unmodified-Since"), there) is False:
        raise PreconditionFailed("this has changed since that date; read it again")


def _check_not_yet_known(
    headers: Mapping[str, str], there: Validators | None, *, reading: bool
) -> None:
    # Steps 3 and 4: If-None-Match, and If-Modified-Since only in its absence.
    if (tags := headers.get("If-None-Match")) is not None:
        known = _is_listed(tags, there, exactly=reading)
    else:
        # RFC 9110 §13.1.3: "A recipient MUST ignore the If-Modified-Since header field if [...]
        # the request method is neither GET nor HEAD".
        known = reading and _unmodified_since(headers.get("If-Modified-Since"), there) is True
    if not known:
        return
    if reading:
        raise NotModified("you have the current representation")
    raise PreconditionFailed("something is there already; choose another address or change it")


def _is_listed(tags: str, there: Validators | None, *, exactly: bool) -> bool:
    """Whether a list has the tag of this representation, or of any current one of the resource.

    A proxy that compresses weakens our tags, so that W/ of one of them counts as the tag.
    """
    if there is None:
        return False
    if tags.strip() == "*":
        return True
    listed = (tag.removeprefix("W/") for tag in entity_tags(tags))
    if exactly:
        return there.etag in listed
    # A client that read JSON-LD and writes Turtle has seen the state that it replaces.
    version = _version(there.etag)
    return any(_version(tag) == version for tag in listed)


def _version(tag: str) -> str:
    return tag.strip('"').partition("-")[0]


def _unmodified_since(date: str | None, there: Validators | None) -> bool | None:
    """None where the condition is to be ignored: no date, or nothing to compare it with."""
    # RFC 9110 §13.1.3 and §13.1.4: "MUST ignore [...] if the received field value is not a valid
    # HTTP-date", or "if the resource does not have a modification date available".
    moment = None if date is None else read_http_date(date)
    if moment is None or there is None:
        return None
    return there.modified.replace(microsecond=0) <= moment
