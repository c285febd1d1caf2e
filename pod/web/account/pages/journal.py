"""The page of the journal: who read what for which purpose, day by day, and what is unusual."""

from pod.consent.period import read_month
from pod.consent.question import Noted
from pod.flows.consent.why import answer_to
from pod.flows.journal_file import journal_file
from pod.flows.verified import verified
from pod.ldp.allow import JOURNAL as OF_SPACE
from pod.model import Reply
from pod.store.server_values import Session
from pod.web.account.pages.journal_values import number_of, values_of
from pod.web.account.pages.space import chosen_space
from pod.web.account.pages.twins import Shown
from pod.web.places import JOURNAL, link
from pod.web.ui.calls import Get
from pod.web.ui.page import page
from pod.web.ui.sheet import Sheet
from pod.web.visit import Visit


async def journal(visit: Visit, session: Session) -> Shown:
    pod = await chosen_space(visit, session)
    values = await values_of(visit, session, pod)
    sheets = tuple(one for one in (values["lines"], values["sheet"]) if isinstance(one, Sheet))
    month = read_month(visit.form.get("month"), visit.server.now())
    asked = {"since": month.start.date(), "category": visit.form.get("category")}
    call = Get(url=link(f"{pod.store.storage}{OF_SPACE}", **asked))
    return Shown(template="journal", values=values, sheets=sheets, call=call)


async def verifies(visit: Visit, session: Session) -> Reply:
    """She wants to know whether anybody has altered it."""
    pod = await chosen_space(visit, session)
    found = await verified(pod)
    values = await values_of(visit, session, pod) | {"checked": found}
    return page("journal", visit.look, values)


async def explains(visit: Visit, session: Session) -> Reply:
    """Why one of its lines came out as it did."""
    pod = await chosen_space(visit, session)
    found = await answer_to(Noted(number_of(visit.query.get("line", ""))), pod)
    values = {
        "sentences": dict.fromkeys(one.within(visit.look.language) for one in found.sentences),
        "exact": found.is_exact,
        "back": link(JOURNAL, space=pod.store.name),
    }
    return page("why", visit.look, values)


async def file(visit: Visit, session: Session) -> Reply:
    """A month of it, to keep."""
    pod = await chosen_space(visit, session)
    month = read_month(visit.query.get("month"), visit.server.now())
    form, after = visit.query.get("as", ""), number_of(visit.query.get("after", "0"))
    reply, more = await journal_file(month, form, after, pod)
    if more is None:
        return reply
    named = {"space": pod.store.name, "month": str(month), "as": form, "after": more}
    next_ = ("Link", f'<{link(JOURNAL + "file", **named)}>; rel="next"')
    return Reply(status=reply.status, headers=(*reply.headers, next_), body=reply.body)
