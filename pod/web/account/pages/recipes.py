"""The pages of recipes: a budget, energy, suppliers; and the first page of all three."""

from collections.abc import Mapping
from datetime import date

from pod.flows.context import Pod
from pod.flows.own_spaces import own_spaces
from pod.flows.rows import asking
from pod.flows.view.awaited import awaited_of
from pod.flows.view.insights import everyday
from pod.flows.view.recipes import contracts_of, energy_of, money_of
from pod.insight.query import query
from pod.insight.recipes.budget import budget, last_whole
from pod.insight.recipes.energy import beside, months
from pod.insight.recipes.suppliers import endings, suppliers
from pod.store.server_values import Session
from pod.web.account.pages.space import chosen_space
from pod.web.account.pages.twins import Shown
from pod.web.places import ADD, RECIPES, link
from pod.web.ui.awaited import awaited_sentence, awaited_sheet
from pod.web.ui.calls import Call, asks
from pod.web.ui.figures import FigureTeller
from pod.web.ui.recipe_budget import budget_values
from pod.web.ui.recipe_energy import energy_values
from pod.web.ui.recipe_suppliers import suppliers_values
from pod.web.ui.recipes import recipes_values
from pod.web.visit import Visit

BUDGET = f"{RECIPES}budget/"
ENERGY = f"{RECIPES}energy/"
SUPPLIERS = f"{RECIPES}suppliers/"


async def all_recipes(visit: Visit, session: Session) -> Shown:
    """What each recipe says now, in a sentence."""
    pod, told, values = await _about(visit, session)
    async with asking(pod) as her:
        known, left = await everyday(her), await awaited_of(her)
    more, sheets = recipes_values(known, visit.server.now().date(), told)
    sheet = awaited_sheet(left, told)
    awaited = {"sentence": awaited_sentence(left, told), "sheet": sheet}
    return Shown(
        template="recipes",
        values={**values, **more, "awaited": awaited},
        sheets=(*sheets, sheet),
        call=_call(known.since, pod) or _used(known.energy.since, pod),
    )


async def budget_page(visit: Visit, session: Session) -> Shown:
    """The budget of a month, and the lines of an item of it."""
    pod, told, values = await _about(visit, session)
    async with asking(pod) as her:
        money = await money_of(her)
    until, known = money.until, budget(money)
    if until is None or not known.months:
        return _empty("budget", values)
    month = visit.query.get("month", "")
    month = month if month in known.months else last_whole(known, until)
    more, sheets = budget_values(known, month, visit.query.get("item", ""), told)
    fresh = told.fresh(money.sources, until)
    return Shown(
        template="budget",
        values={**values, **more, "fresh": fresh},
        sheets=sheets,
        call=_call(money.since, pod),
    )


async def energy_page(visit: Visit, session: Session) -> Shown:
    """The energy of one kind, electricity where there is any."""
    pod, told, values = await _about(visit, session)
    async with asking(pod) as her:
        found = await energy_of(her)
    if not found.commodities:
        return _empty("energy", values)
    wanted = visit.query.get("of", "")
    wanted = wanted if wanted in found.used else found.commodities[0]
    used = found.used[wanted]
    bills = beside(found.billed.get(wanted, ()), used)
    more, sheets = energy_values(months(used), bills, told, is_twice=wanted in found.twice)
    choices = [
        (told.say(f"energy.{name}"), told.recipe("energy", of=name), name == wanted)
        for name in found.commodities
    ]
    fresh = told.fresh(found.sources, max(one.on for one in used))
    more = {**more, "choices": choices, "fresh": fresh}
    call = _used(found.since, pod)
    return Shown(template="energy", values={**values, **more}, sheets=sheets, call=call)


async def suppliers_page(visit: Visit, session: Session) -> Shown:
    """Who is paid what, and what ends when."""
    pod, told, values = await _about(visit, session)
    async with asking(pod) as her:
        money, contracts = await money_of(her), await contracts_of(her)
    until = money.until
    if until is None and not contracts:
        return _empty("suppliers", values)
    found = suppliers(money.lines, until) if until else ()
    ending = endings(contracts, visit.server.now().date())
    more, sheets = suppliers_values(found, contracts, ending, told)
    fresh = told.fresh(money.sources, until) if until else ""
    return Shown(
        template="suppliers",
        values={**values, **more, "fresh": fresh},
        sheets=sheets,
        call=_call(money.since, pod),
    )


def _call(since: date | None, pod: Pod) -> Call | None:
    """The query for the lines that the numbers of a page are made of; None where there are none."""
    return asks(query("bank-lines", since=since), pod) if since else None


def _used(since: date, pod: Pod) -> Call:
    """The query for what was used of energy on each day."""
    return asks(query("energy-days", since=since), pod)


async def _about(visit: Visit, session: Session) -> tuple[Pod, FigureTeller, dict[str, object]]:
    pod = await chosen_space(visit, session)
    told = FigureTeller(language=visit.look.language, space=pod.store.name)
    spaces = await own_spaces(session.account, visit.server)
    values: dict[str, object] = {
        "space": told.space,
        "names": [one.store.name for one in spaces],
        "here": RECIPES,
        "add": link(ADD, space=told.space),
    }
    return pod, told, values


def _empty(name: str, values: Mapping[str, object]) -> Shown:
    """What to bring first."""
    return Shown(template="recipe_empty", values={**values, "name": name})
