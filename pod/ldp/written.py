"""The reply to a write that was carried out: what was created, and how to go on with it."""

from pod.ldp.allow import Headers, allow_headers
from pod.ldp.links import discovery_links, links
from pod.ldp.represent import validators
from pod.model import Reply, Resource
from pod.rdf.formats import RdfFormat
from vocab.iri import ResourceIri


def written(
    target: ResourceIri,
    before: Resource | None,
    after: Resource | None,
    *,
    empty: bool = True,
    inbox: bool = False,
) -> Reply:
    """The reply to a request on `target`, of which a POST creates another resource.

    `before` is what was in the place of what was written, and `after` what is there now, None
    where there is nothing; `empty` tells of a container whether it has no members now, and `inbox`
    whether it takes notifications.
    """
    rdf = after is None or RdfFormat.of(after.media_type) is not None
    # Solid Protocol §5.2 #server-allow-methods: "the HTTP methods supported by the target
    # resource [...] in successful responses"; of a POST that is the container.
    common: Headers = (
        *allow_headers(target, empty=empty, rdf=rdf or target.is_container, inbox=inbox),
        *(discovery_links(target) if after is None else links(target)),
    )
    if after is None:
        # RFC 9110 §15.3.6: a 205 has no content, and says that what is shown is out of date. Other
        # servers of Solid answer with it, and a library in use takes nothing else for a deletion.
        return Reply(status=205, headers=common)
    # RFC 9110 §15.3.2: the validators of a 201 are those of what was created.
    common = (("ETag", validators(after, None).etag), *common)
    if before is not None:
        return Reply(status=204, headers=common)
    # RFC 9110 §9.3.3: "send a 201 (Created) response containing a Location header field".
    return Reply(status=201, headers=(("Location", str(after.iri)), *common))
