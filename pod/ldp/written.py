"""The reply to a write that was carried out: what was created, and how to go on with it."""

from pod.ldp.allow import Headers, allow_headers
from pod.ldp.links import links
from pod.ldp.represent import validators
from pod.model import Change, Reply, Resource


def written(change: Change, after: Resource | None) -> Reply:
    """`change` is that of the resource itself; `after` is what is there now, None when nothing."""
    if after is None:
        return Reply(status=204)
    common: Headers = (
        ("ETag", validators(after, None).etag),
        *allow_headers(after.iri),
        *links(after.iri),
    )
    if change.before is not None:
        return Reply(status=204, headers=common)
    # RFC 9110 §9.3.3: "send a 201 (Created) response containing a Location header field".
    return Reply(status=201, headers=(("Location", str(after.iri)), *common))
