"""The pages of organisations: what each gave, when, from which files, and what came of it."""

from collections.abc import Iterable

from pod.flows.context import Pod
from pod.flows.organisations import (
    cards_of,
    import_named,
    named,
    organisations_of,
    original,
)
from pod.flows.own_spaces import own_spaces
from pod.flows.rows import asking
from pod.insight.calling import Card
from pod.insight.organisations import Organisation, Restitution
from pod.insight.query import query
from pod.model import Reply
from pod.store.server_values import Session
from pod.web.account.pages.space import chosen_space, teller
from pod.web.account.pages.twins import Shown
from pod.web.places import ADD, ORGANISATIONS, TIMELINE, link
from pod.web.ui.calls import asks
from pod.web.ui.organisation import OrganisationTeller, organisations_sheet
from pod.web.ui.remarks import told_remark
from pod.web.visit import Visit


async def organisations(visit: Visit, session: Session) -> Shown:
    """All of them; or the one, or the import, that the address names."""
    pod = await chosen_space(visit, session)
    async with asking(pod) as her:
        found = await organisations_of(her)
        wanted = "" if visit.query.get("import") else visit.query.get("holder", "")
        called = await cards_of(named(wanted, found), her) if wanted else ()
    told = OrganisationTeller(teller=teller(visit), space=pod.store.name)
    if one := visit.query.get("import"):
        return _import(*import_named(one, found), told, pod)
    if wanted:
        return _one(named(wanted, found), called, told, pod)
    spaces = await own_spaces(session.account, visit.server)
    return Shown(
        template="organisations",
        values={
            "here": ORGANISATIONS,
            "names": [one.store.name for one in spaces],
            "space": told.space,
            "cards": [told.card(one, place) for place, one in enumerate(found)],
            "add": link(ADD, space=told.space),
        },
        sheets=(organisations_sheet(found, told),),
        call=asks(query("organisations"), pod),
    )


async def file(visit: Visit, session: Session) -> Reply:
    """A file as it came."""
    pod = await chosen_space(visit, session)
    return original(visit.query.get("file", ""), pod, is_bare=visit.method == "HEAD")


def _one(one: Organisation, called: Iterable[Card], told: OrganisationTeller, pod: Pod) -> Shown:
    categories, restitutions = told.categories(one), told.restitutions(one)
    return Shown(
        template="organisation",
        values={
            "here": ORGANISATIONS,
            "space": told.space,
            "card": told.card(one),
            "url": one.url,
            "summary": told.summary(one),
            "categories": categories,
            "imports": restitutions,
            "files": [each for came in one.restitutions for each in told.files(came)],
            "offered": told.offered(one),
            "hint": told.hint(one),
            "calls": [told.calling(card) for card in called],
            "add": link(ADD, space=told.space),
            "timeline": link(TIMELINE, space=told.space, holder=one.iri),
        },
        sheets=(categories, restitutions),
        call=asks(query("organisations"), pod),
    )


def _import(one: Organisation, came: Restitution, told: OrganisationTeller, pod: Pod) -> Shown:
    return Shown(
        template="import",
        values={
            "here": ORGANISATIONS,
            "space": told.space,
            "card": told.card(one),
            "when": told.teller.dated(came.when),
            "how": told.how(came),
            "read_as": told.read_as(came),
            "period": told.days(came.first, came.last),
            "report": told.report(came),
            "checks": told.checks(came),
            "problems": [told_remark(place, why, told.language) for place, why in came.problems],
            "rejected": came.count("rejected"),
            "files": told.files(came),
            "address": came.iri,
        },
        sheets=(told.restitutions(one),),
        call=asks(query("imports"), pod),
    )
