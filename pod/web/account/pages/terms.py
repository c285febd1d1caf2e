"""The page of the person's own terms: which she offers, and of whom they are required."""

from pod.agreements import TermsSetting
from pod.consent.terms import PRESETS
from pod.flows.consent.myterms import choose_terms, setting_of
from pod.flows.own_spaces import own_spaces
from pod.model import Reply
from pod.problems import Malformed
from pod.store.server_values import Session
from pod.web.account.pages.account_sheets import terms_of
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import chosen_space
from pod.web.account.pages.twins import Shown
from pod.web.places import HOME, TERMS
from pod.web.visit import Visit, see_other


async def terms(visit: Visit, session: Session) -> Shown:
    """Her conditions, for each of her spaces."""
    spaces = await own_spaces(session.account, visit.server)
    chosen = [(pod.store.name, setting_of(pod)) for pod in spaces]
    values = {
        "wrong": "",
        "home": HOME,
        "here": TERMS,
        "presets": [
            {
                "name": one.name,
                "title": one.title.within(visit.look.language),
                "clauses": [clause.within(visit.look.language) for clause in one.text],
            }
            for one in PRESETS.values()
        ],
        "spaces": chosen,
    }
    return Shown(template="terms", values=values, sheets=(terms_of(chosen),))


async def chooses_terms(visit: Visit, session: Session) -> Reply:
    pod, form = await chosen_space(visit, session), visit.form
    setting = TermsSetting(form.get("preset", ""), of_all="of_all" in form)
    try:
        await choose_terms(setting, pod)
    except Malformed as problem:
        return failed("terms", visit, problem, await _values(visit, session))
    return see_other(TERMS)


async def _values(visit: Visit, session: Session) -> dict[str, object]:
    return {**(await terms(visit, session)).values}
