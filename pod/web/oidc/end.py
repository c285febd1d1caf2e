"""The pages of signing out, for somebody whom an app sends here."""

from pod.account.journal import Action
from pod.flows.account.session import end_session
from pod.flows.oidc.end_session import ending
from pod.model import Reply
from pod.web.ui.page import page
from pod.web.visit import Visit, no_cookie, see_other

CONFIRM = "/.oidc/session/end/confirm"


async def asks_to_end(visit: Visit, _none: str) -> Reply:
    """An app asks that she be signed out; unless it shows a token of hers, she is asked first."""
    found = await ending(visit.pairs, visit.session, visit.server)
    if visit.session is None or found.proven:
        return await _ended(visit, found.address)
    kept = [pair for pair in visit.pairs if pair[0] != "decision"]
    values = {"action": CONFIRM, "kept": kept}
    return page("sign_out", visit.look, values, leads_to=found.address or "")


async def ends(visit: Visit, _none: str) -> Reply:
    """She has said whether she wants it."""
    if visit.form.get("decision") != "yes":
        return see_other("/")
    asked = [pair for pair in visit.pairs if pair[0] != "decision"]
    found = await ending(asked, visit.session, visit.server)
    return await _ended(visit, found.address)


async def _ended(visit: Visit, address: str | None) -> Reply:
    if visit.session is not None:
        session = visit.session
        await end_session(session.account, session.id, visit.server, Action.SIGNED_OUT)
    forget = no_cookie(visit.server.base)
    if address is not None:
        return see_other(address, forget)
    reply = page("message", visit.look, {"message": "signed_out", "detail": ""})
    return Reply(status=200, headers=(*reply.headers, ("Set-Cookie", forget)), body=reply.body)
