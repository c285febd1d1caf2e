"""The first page: what waits for her, what her data tell her, how fresh they are."""

from collections.abc import Iterable
from typing import Final

from pod.agreements import AccessGrant
from pod.consent.alerts import Alert
from pod.consent.deed import Party, party_of
from pod.consent.period import month_of
from pod.flows.context import Pod
from pod.flows.own_spaces import own_spaces
from pod.flows.view.first_page import FirstPage, first_page
from pod.insight.begin import LATER, STEPS, steps
from pod.insight.life import life_of_sector
from pod.insight.organisations import Organisation
from pod.insight.query import query
from pod.model import Reply
from pod.store.server_values import Session
from pod.web.account.pages.exercise import EXERCISE
from pod.web.account.pages.space import chosen_space, teller_of
from pod.web.account.pages.twins import Shown
from pod.web.look import kept_seen
from pod.web.places import (
    ADD,
    APPS,
    DATA,
    HOME,
    JOURNAL,
    ORGANISATIONS,
    RECIPES,
    REQUESTS,
    SPACES,
    TERMS,
    link,
)
from pod.web.ui.calls import asks
from pod.web.ui.figures import FigureTeller
from pod.web.ui.first import insights_sheet, meter, meter_sheet, small_chart, sources_sheet
from pod.web.ui.kinds import giver_said
from pod.web.ui.told import Teller
from pod.web.visit import Visit, see_other
from vocab.names import SDC

PLACE: Final = f"{HOME}home/"
STEP: Final = f"{HOME}step"
_ALERTS: Final = 3


async def home(visit: Visit, session: Session) -> Shown:
    """Uses before settings (PRI-18); who has no space is led to make one."""
    spaces = await own_spaces(session.account, visit.server)
    if not spaces:
        return Shown(template="home_none", values={"spaces": SPACES})
    pod = await chosen_space(visit, session)
    found = await first_page(pod)
    told = FigureTeller(language=visit.look.language, space=pod.store.name)
    teller = await teller_of(visit, pod, _parties(found, pod))
    sheets = (insights_sheet(found, told), sources_sheet(found, told), meter_sheet(found, told))
    values: dict[str, object] = {
        "names": [one.store.name for one in spaces],
        "here": HOME,
        "space": told.space,
        "decisions": _decisions(found, teller, pod),
        "insights": [
            {**told.insight(one), "chart": small_chart(one, told, f"insight{place}")}
            for place, one in enumerate(found.insights, start=1)
        ],
        "sources": [_source(one, told, teller) for one in found.organisations],
        "meter": meter(found, told),
        "step": STEP,
        "steps": steps(visit.look.seen, found.done),
        "is_new": not found.organisations,
        "has_visits": bool(visit.server.config.visited),
        "add": link(ADD, space=told.space),
        "questions": _questions(told, visit),
    }
    call = asks(query("imports"), pod)
    return Shown(template="home", values=values, sheets=sheets, call=call)


async def follows(visit: Visit, _: Session) -> Reply:
    """The way to what a first step is about; that it was gone is kept in this browser."""
    space, step = visit.query.get("space", ""), visit.query.get("step", "")
    if step not in STEPS:
        return see_other(HOME)
    where = {
        "bring": ADD,
        "look": DATA,
        "question": f"{RECIPES}budget/",
        "terms": TERMS,
        "decide": EXERCISE,
    }
    kept = kept_seen({*visit.look.seen, step}, visit.server.base)
    return see_other(link(where[step], space=space), kept)


async def leaves(visit: Visit, _: Session) -> Reply:
    """She does not want to see the first steps any more."""
    return see_other(HOME, kept_seen({*visit.look.seen, LATER}, visit.server.base))


def _questions(told: FigureTeller, visit: Visit) -> list[tuple[str, str]]:
    """What people ask first, each with the page that answers."""
    before = month_of(visit.server.now()).before
    read = link(JOURNAL, space=told.space, month=before, category="bank", kind="out")
    return [
        ("spent", told.recipe("budget")),
        ("january", told.recipe("energy")),
        ("pay", told.recipe("suppliers")),
        ("read", read),
        ("stop", APPS),
        ("from", link(ORGANISATIONS, space=told.space)),
    ]


def _parties(found: FirstPage, pod: Pod) -> list[Party]:
    return [*(one.party for one in found.alerts), *(_party(one, pod) for one in found.ending)]


def _party(one: AccessGrant, pod: Pod) -> Party:
    return party_of(one.agent, one.client, pod.store.identity.owners)


def _decisions(found: FirstPage, teller: Teller, pod: Pod) -> list[tuple[str, str]]:
    """What she should look at: a sentence each, and where."""
    space = pod.store.name
    key = "home.waiting_one" if found.waiting == 1 else "home.waiting"
    requests = [(teller.say(key, count=found.waiting), REQUESTS)] if found.waiting else []
    ending = [
        (teller.say("home.ends", who=teller.who(_party(one, pod)), day=teller.day(one.until)), APPS)
        for one in found.ending
        if one.until
    ]
    return [*requests, *ending, *_alerts(found.alerts[:_ALERTS], teller, space)]


def _alerts(found: Iterable[Alert], teller: Teller, space: str) -> list[tuple[str, str]]:
    return [
        (
            f"{teller.alert(one)}, {teller.dated(one.time)}",
            link(f"{JOURNAL}why", space=space, line=one.number),
        )
        for one in found
    ]


def _source(one: Organisation, told: FigureTeller, teller: Teller) -> dict[str, object]:
    """An organisation, and how long ago it last gave something."""
    return {
        "name": giver_said(one.name, told.language),
        "address": link(ORGANISATIONS, space=told.space, holder=one.iri),
        "last": teller.dated(one.last) if one.last else "",
        "is_late": one.is_late(teller.now),
        "life": life_of_sector(one.sector.removeprefix(SDC.NS)),
    }
