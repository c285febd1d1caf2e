"""The page of a person's data: the domains of her life, one of them, a category, or a record."""

from collections.abc import Iterable

from pod.flows.context import Pod
from pod.flows.own_spaces import own_spaces
from pod.flows.view.category import newest_graph
from pod.flows.view.held import Held, asked, held, held_graph
from pod.flows.view.record import record_graph
from pod.insight.held import Category, by_life
from pod.insight.life import LIFE, LIFE_OF, LifeDomain
from pod.problems import NotFound
from pod.store.server_values import Session
from pod.web.account.pages.data_category import category, wanted_by
from pod.web.account.pages.data_links import Links
from pod.web.account.pages.data_record import record
from pod.web.account.pages.space import chosen_space
from pod.web.account.pages.twins import Shown
from pod.web.ui.calls import asks
from pod.web.ui.kinds import giver_said, kinds_named
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.spoken import spoken
from pod.web.ui.words import words
from pod.web.visit import Visit


async def data(visit: Visit, session: Session) -> Shown:
    """What the address names: a record, a category, a domain, or all of it."""
    pod = await chosen_space(visit, session)
    if "record" in visit.query:
        return await record(visit, pod)
    if "class" in visit.query:
        return await category(visit, pod)
    if "domain" in visit.query:
        return await _domain(visit, pod, _life(visit.query["domain"]))
    return await _domains(visit, session, pod)


async def _domains(visit: Visit, session: Session, pod: Pod) -> Shown:
    found = await held(pod)
    links = Links(visit.query.get("space", ""))
    lives = by_life(found.categories)
    spaces = [one.store.name for one in await own_spaces(session.account, visit.server)]
    cards = [
        (life, _summary(several, found, visit.look.language), links.domain(life))
        for life, several in lives.items()
    ]
    values = {
        **spoken(visit.look.language),
        "cards": cards,
        "links": links,
        "spaces_of_hers": spaces,
        "space": pod.store.name,
        "held": found,
        "is_empty": not found.categories,
    }
    return Shown(
        template="data",
        values=values,
        sheets=(_sheet(found, links, visit),),
        call=asks(asked(pod), pod),
    )


async def _domain(visit: Visit, pod: Pod, life: LifeDomain) -> Shown:
    found = await held(pod)
    links = Links(visit.query.get("space", ""))
    several = by_life(found.categories)[life]
    only = Held(categories=several, sources=found.sources)
    values = {
        **spoken(visit.look.language),
        "life": life,
        "categories": [(one, _name(one, visit), links.of(one)) for one in several],
        "links": links,
        "held": found,
        "lives": LIFE,
        "summary": _summary(several, found, visit.look.language),
    }
    return Shown(
        template="data_domain",
        values=values,
        sheets=(_sheet(only, links, visit),),
        call=asks(asked(pod), pod),
    )


async def turtle(visit: Visit, session: Session) -> bytes:
    """The same in the shared vocabulary; of a domain, all of it. Raises NotFound."""
    pod = await chosen_space(visit, session)
    if "record" in visit.query:
        return await record_graph(visit.query["record"], pod)
    if "class" in visit.query:
        return await newest_graph(wanted_by(visit), pod)
    if "domain" in visit.query:
        _life(visit.query["domain"])
    return await held_graph(pod)


def _summary(several: Iterable[Category], found: Held, language: str) -> dict[str, object]:
    """How much there is of a domain, from when to when, and from whom."""
    every = tuple(several)
    holders = sorted({holder for one in every for holder in one.holders})
    known = [found.sources[holder] for holder in holders if holder in found.sources]
    return {
        "count": sum(one.own for one in every),
        "kinds": every,
        "first": min((one.first for one in every if one.first), default=None),
        "last": max((one.last for one in every if one.last), default=None),
        "holders": sorted((giver_said(one.name, language) for one in known), key=str.casefold),
        "newest": max((one.newest for one in known if one.newest), default=None),
    }


def _sheet(found: Held, links: Links, visit: Visit) -> Sheet:
    said = words(visit.look.language)
    names = ("domain", "category", "count", "first", "last", "sources")
    lives = [
        life for life in LIFE for one in found.categories if LIFE_OF.get(one.container) == life
    ]
    order = {life: number for number, life in enumerate(dict.fromkeys(lives))}
    every = sorted(
        (one for one in found.categories if one.container in LIFE_OF),
        key=lambda one: (order[LIFE_OF[one.container]], -one.count, one.kind),
    )
    return Sheet(
        name="categories",
        title=said["data.categories"],
        columns=tuple(
            Column(name=name, title=said[f"data.column_{name}"], is_number=name == "count")
            for name in names
        ),
        rows=tuple(
            (
                said[f"life.{LIFE_OF[one.container].name}"],
                _name(one, visit),
                one.count,
                one.first,
                one.last,
                ", ".join(
                    giver_said(found.sources[holder].name, visit.look.language)
                    for holder in one.holders
                    if holder in found.sources
                ),
            )
            for one in every
        ),
        addresses=tuple(links.of(one) for one in every),
    )


def _name(one: Category, visit: Visit) -> str:
    return kinds_named(one.kind, visit.look.language)


def _life(name: str) -> LifeDomain:
    """A domain by its own name, or by that of one of its containers. Raises NotFound."""
    for life in LIFE:
        if name == life.name or name in life.containers:
            return life
    raise NotFound("there is no such domain; go back and choose another")
