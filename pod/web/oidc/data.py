"""What an app may do with a person's data, asked when she signs in to it, screen after screen."""

import re
from urllib.parse import quote

from pod.account.session import is_fresh
from pod.consent.answer import read_answer
from pod.consent.screen import Answer, Screen
from pod.flows.oidc.interact import Waiting, waiting
from pod.flows.oidc.questions import Question, answer, question
from pod.model import Reply
from pod.oidc.interaction import Ask, data_page
from pod.problems import Malformed
from pod.web.oidc.pages import ask, logo_at
from pod.web.places import CONFIRM
from pod.web.ui.consent import consent_part
from pod.web.ui.page import page
from pod.web.ui.refusals import in_words
from pod.web.visit import Visit, see_other

_STEP = re.compile(r"[1-9][0-9]?", re.ASCII)


async def ask_data(visit: Visit, address: str) -> Reply:
    """What the app may do with her data: one screen after the other."""
    found, asked, shown = await _screens(visit, address)
    if asked is None or shown is None:
        return await ask(visit, found.id)
    return _page(visit, found, shown)


async def gives_data(visit: Visit, address: str) -> Reply:
    """She has answered one of the screens."""
    found, asked, shown = await _screens(visit, address)
    if asked is None or shown is None:
        return await ask(visit, found.id)
    try:
        decision = read_answer(visit.pairs, shown)
    except Malformed as problem:
        return _page(visit, found, shown, in_words(str(problem), visit.look.language))
    session, now = visit.session, visit.server.now()
    stale = session is None or not is_fresh(session.created, now)
    if decision.items and shown.is_sensitive and stale:
        # What can hurt most is agreed to by who has shown lately who she is.
        return see_other(f"{CONFIRM}?next={quote(data_page(found.id, shown.step))}")
    if decision.items:
        await answer(asked, shown, decision, visit.look.language)
    is_last = shown.step == shown.steps or decision.answer is Answer.LATER
    return await ask(visit, found.id) if is_last else see_other(data_page(found.id, shown.step + 1))


def _page(visit: Visit, found: Waiting, shown: Screen, wrong: str = "") -> Reply:
    values = {
        "wrong": wrong,
        "app": shown.asked.name,
        "logo": logo_at(found),
        "is_silent": shown.asked.is_silent,
        "consent": consent_part(shown, visit.look.language, data_page(found.id, shown.step)),
    }
    status, back = 400 if wrong else 200, found.asked.answerable.redirect_uri
    return page("app_data", visit.look, values, status=status, leads_to=back)


async def _screens(visit: Visit, address: str) -> tuple[Waiting, Question | None, Screen | None]:
    """The interaction, the question and the screen of an address: INTERACTION/STEP."""
    interaction, _, step = address.partition("/")
    number = int(step) if _STEP.fullmatch(step) else 0
    found = await waiting(interaction, visit.begun, visit.server)
    if visit.session is None or Ask.CONSENT not in found.done:
        return found, None, None
    asked = await question(found, visit.session, visit.server, begun=number > 1)
    if asked is None:
        return found, None, None
    shown = await asked.screens()
    return found, asked, shown[number - 1] if 0 < number <= len(shown) else None
