"""Files to keep: the original that an organisation gave, and all records of a category."""

from urllib.parse import quote

from pod.flows.extract import Format, extract
from pod.flows.extract import Wanted as Extracted
from pod.flows.organisations import original
from pod.flows.owner import owner_of
from pod.model import Content, Reply
from pod.store.server_values import Session
from pod.web.account.pages.data_category import wanted_by
from pod.web.account.pages.space import chosen_space
from pod.web.page_fields import NOSNIFF
from pod.web.visit import Visit


async def file(visit: Visit, session: Session) -> Reply:
    """The file that the address names by its `source`, or the table of a category."""
    pod = await chosen_space(visit, session)
    if "source" in visit.query:
        address = f"{pod.store.storage}{visit.query['source']}"
        return original(address, pod, is_bare=visit.method == "HEAD")
    wanted = wanted_by(visit)
    asked = Extracted(
        format=Format.CSV,
        kind=wanted.kind.iri,
        language=visit.look.language,
        with_others=True,
    )
    made = await extract(asked, owner_of(pod), pod)
    return _kept(f"{wanted.container}-{wanted.kind.name}.zip", made.media_type, made.content)


def _kept(name: str, media_type: str, body: Content) -> Reply:
    headers = (
        ("Content-Type", media_type),
        ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name, safe='%')}"),
        ("Cache-Control", "no-store"),
        NOSNIFF,
    )
    return Reply(status=200, headers=headers, body=body)
