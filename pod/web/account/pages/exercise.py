"""An exercise in deciding: the screen of a made-up request, that gives nothing to anyone."""

from pod.consent.answer import Decision, read_answer
from pod.consent.categories import CATEGORIES
from pod.consent.line import days
from pod.consent.screen import UNTIL_STOPPED, Answer, Screen
from pod.flows.consent.exercise import screen_to_learn
from pod.flows.context import Pod
from pod.http.parameters import number_if
from pod.model import Reply
from pod.problems import Malformed
from pod.store.server_values import Session
from pod.web.account.pages.place import failed
from pod.web.account.pages.space import chosen_space, teller
from pod.web.places import APPS, HOME, JOURNAL, REQUESTS, link
from pod.web.ui.consent import consent_part
from pod.web.ui.page import page
from pod.web.visit import Visit, see_other

EXERCISE = f"{REQUESTS}exercise"
DONE = f"{REQUESTS}exercise/done"


async def shows(visit: Visit, session: Session) -> Reply:
    """The screen, with her own data on it."""
    pod = await chosen_space(visit, session)
    screen = await screen_to_learn(pod, visit.look.language)
    return page("exercise", visit.look, _values(screen, visit, pod))


async def answers(visit: Visit, session: Session) -> Reply:
    """She has answered; it is read as a real answer is, and comes to nothing."""
    pod = await chosen_space(visit, session)
    screen = await screen_to_learn(pod, visit.look.language)
    try:
        decision = read_answer(visit.pairs, screen)
    except Malformed as problem:
        return failed("exercise", visit, problem, _values(screen, visit, pod))
    return see_other(link(DONE, space=pod.store.name, **_told(decision)))


async def done(visit: Visit, session: Session) -> Reply:
    """What her answer would have come to, and where the journal is."""
    pod = await chosen_space(visit, session)
    again = link(EXERCISE, space=pod.store.name)
    if visit.query.get("answer") not in {one.value for one in Answer}:
        return see_other(again)
    told, lasting = teller(visit), visit.query.get("days", "")
    named = visit.query.get("given", "").split(",")
    values = {
        "answer": visit.query["answer"],
        "given": [told.tell(CATEGORIES[name].label) for name in named if name in CATEGORIES],
        "lasting": told.tell(days(number_if(lasting))),
        "again": again,
        "home": HOME,
        "apps": APPS,
        "journal": link(JOURNAL, space=pod.store.name),
    }
    return page("exercise_done", visit.look, values)


def _values(screen: Screen, visit: Visit, pod: Pod) -> dict[str, object]:
    here = link(EXERCISE, space=pod.store.name)
    return {
        "wrong": "",
        "name": screen.asked.name,
        "consent": consent_part(screen, visit.look.language, here),
        "home": HOME,
    }


def _told(decision: Decision) -> dict[str, str]:
    """The answer in an address."""
    said = {"answer": decision.answer.value}
    if not decision.items:
        return said
    length = UNTIL_STOPPED if decision.days is None else str(decision.days)
    return {**said, "given": ",".join(one.category or "" for one in decision.items), "days": length}
