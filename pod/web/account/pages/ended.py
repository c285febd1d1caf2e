"""After access has ended: what has left by it, its signed record, and asking for erasure."""

from typing import Final
from urllib.parse import urlencode

from pod.agreements import AccessGrant
from pod.consent.erasure import letter
from pod.consent.record import MEDIA_TYPE
from pod.flows.consent.standing import NO_GRANT
from pod.flows.context import Pod
from pod.flows.erase import erase, erasures_of
from pod.flows.holdings import holdings
from pod.flows.own_spaces import own_spaces
from pod.jws import payload_of
from pod.model import Reply
from pod.problems import NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.serialise import dumped
from pod.store.server_values import Session
from pod.web.account.pages.space import chosen_space, teller
from pod.web.places import APPS, HOME
from pod.web.ui.page import page
from pod.web.ui.told import short
from pod.web.visit import Visit, see_other

_JSON_LD: Final = "jsonld"


async def stopped(visit: Visit, session: Session) -> Reply:
    """What of one app or organisation has ended: what does not work any more, what it may have."""
    who = visit.query.get("who", "")
    spaces = [
        (pod.store.name, one)
        for pod in await own_spaces(session.account, visit.server)
        for one in await holdings(pod)
        if one.party.name == who and one.past
    ]
    names = [one.name for _, one in spaces if one.name]
    values = {
        "name": names[0] if names else short(who),
        "spaces": spaces,
        "told": teller(visit),
        "home": HOME,
        "here": APPS,
    }
    return page("stopped", visit.look, values)


async def record(visit: Visit, session: Session) -> Reply:
    """The record of a grant, to be kept: as it was signed, or what that says, as JSON-LD."""
    _, grant = await grant_named(visit, session)
    media_type, end, body = MEDIA_TYPE, "jose", grant.record.encode()
    if visit.query.get("as") == _JSON_LD:
        media_type, end = RdfFormat.JSON_LD.media_type, _JSON_LD
        body = dumped(dict(payload_of(grant.record)))
    headers = (
        ("Content-Type", media_type),
        ("Content-Disposition", f'attachment; filename="{grant.id}.{end}"'),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Reply(status=200, headers=headers, body=body)


async def erasure(visit: Visit, session: Session) -> Reply:
    """What became of asking for erasure, and the letter for whoever has to be written to."""
    pod, grant = await grant_named(visit, session)
    asked = next((one for one in erasures_of(pod) if one.access_grant == grant.id), None)
    if asked is None:
        raise NotFound("no erasure was asked for")
    values = {
        "asked": asked,
        "overdue": asked.is_overdue(visit.server.now()),
        "letter": letter(asked, grant, pod.store.storage).within(visit.look.language),
        "told": teller(visit),
        "home": HOME,
        "here": APPS,
    }
    return page("erasure", visit.look, values)


async def erases(visit: Visit, session: Session) -> Reply:
    """She asks for what has left to be erased."""
    pod, grant = await grant_named(visit, session)
    await erase(grant.id, pod)
    named = urlencode({"space": pod.store.name, "grant": grant.id})
    return see_other(f"{APPS}erasure?{named}")


async def grant_named(visit: Visit, session: Session) -> tuple[Pod, AccessGrant]:
    """The grant that the form or the address names, and the space it is in. Raises NotFound."""
    pod = await chosen_space(visit, session)
    name = visit.form.get("grant") or visit.query.get("grant", "")
    found = pod.store.snapshot().agreements.grants.find(id=name)
    if found is None:
        raise NotFound(NO_GRANT)
    return pod, found
