"""Files to keep: the original that an organisation gave, and all records of a category."""

from typing import Final
from urllib.parse import quote

from pod.flows.context import Pod
from pod.flows.extract import Format, extract
from pod.flows.extract import Wanted as Extracted
from pod.flows.owner import owner_of
from pod.model import Content, Reply
from pod.problems import NotFound
from pod.store.server_values import Session
from pod.web.account.pages.data_category import wanted_by
from pod.web.account.pages.space import chosen_space
from pod.web.page_fields import NOSNIFF
from pod.web.visit import Visit
from vocab.iri import ResourceIri
from vocab.places import IMPORTS

_OCTETS: Final = "application/octet-stream"


async def file(visit: Visit, session: Session) -> Reply:
    """The file that the address names by its `source`, or the table of a category."""
    pod = await chosen_space(visit, session)
    if "source" in visit.query:
        return _source(visit.query["source"], pod)
    wanted = wanted_by(visit)
    asked = Extracted(
        format=Format.CSV,
        kind=wanted.kind.iri,
        language=visit.look.language,
        with_others=True,
    )
    made = await extract(asked, owner_of(pod), pod)
    return _kept(f"{wanted.container}-{wanted.kind.name}.zip", made.media_type, made.content)


def _source(path: str, pod: Pod) -> Reply:
    """A file as it came, below /imports/. Raises NotFound."""
    try:
        named = ResourceIri.parse(pod.store.storage, path)
    except ValueError as error:
        raise NotFound("this file has no address that could be used") from error
    found = pod.store.snapshot().load(named) if named.path.startswith(IMPORTS) else None
    if found is None or named.is_container:
        raise NotFound("this file is not in this space any more")
    # As octets, whatever it is: it is to be kept, and nothing in it may run here.
    return _kept(named.name.partition("-")[2] or named.name, _OCTETS, found.content)


def _kept(name: str, media_type: str, body: Content) -> Reply:
    headers = (
        ("Content-Type", media_type),
        ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name, safe='%')}"),
        ("Cache-Control", "no-store"),
        NOSNIFF,
    )
    return Reply(status=200, headers=headers, body=body)
