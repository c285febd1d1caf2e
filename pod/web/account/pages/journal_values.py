"""What the page of the journal is filled with: the doings of a month, those that are looked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from pod.agreements import AccessGrant
from pod.charts.said import month as month_said
from pod.consent.alerts import Alert
from pod.consent.deed import Kind, Party, categories_in, kind_of, party_of
from pod.consent.outflow import outflow
from pod.consent.period import Month, month_of, read_month
from pod.consent.purposes import PURPOSES
from pod.consent.rules import iri_of
from pod.flows.consent.standing import live
from pod.flows.context import Pod
from pod.flows.doings import alerts_of, doings_of
from pod.flows.journal_file import FORMS
from pod.flows.own_spaces import own_spaces
from pod.http.parameters import number
from pod.model import Doing
from pod.problems import NotFound
from pod.store.doings import Alike
from pod.store.server_values import Session
from pod.web.account.pages.journal_sheets import flow_chart, flow_sentence, flow_sheet, lines_sheet
from pod.web.account.pages.space import teller_of
from pod.web.places import APPS, JOURNAL, REQUESTS, link
from pod.web.ui.deeds import Told, by_day, deed, together
from pod.web.ui.sizes import said_size
from pod.web.ui.told import Teller
from pod.web.visit import Visit

SHOWN: Final = 200  # sentences of a page
_MONTHS: Final = 13  # to choose from
_FILTERS: Final = ("who", "category", "purpose", "kind")


async def values_of(visit: Visit, session: Session, pod: Pod) -> dict[str, object]:
    now, owners = visit.server.now(), pod.store.identity.owners
    month = read_month(visit.form.get("month"), now)
    unusual = await alerts_of(pod, month.start, month.next.start)
    doings = await doings_of(pod, Alike.LINE, month.start, month.next.start)
    agreed = agreements_of(pod)
    parties = {_party(one, owners) for one in doings}
    teller = await teller_of(visit, pod, (*parties, *(_of(one, owners) for one in agreed.values())))
    wanted = (one for one in reversed(doings) if _is_wanted(one, visit.form, owners))
    found = together((_told(one, agreed, unusual, pod, teller) for one in wanted), teller)
    first = (_page_of(visit) - 1) * SHOWN
    deeds = [deed(one, teller) for one in found[first : first + SHOWN]]
    flows = outflow(doings, owners)
    return {
        "checked": None,
        "here": JOURNAL,
        "apps": APPS,
        "requests": REQUESTS,
        "space": pod.store.name,
        "storage": pod.store.storage,
        "names": [one.store.name for one in await own_spaces(session.account, visit.server)],
        "told": teller,
        "size": partial(said_size, language=teller.language),
        "month": str(month),
        "months": _months(month_of(now), month, teller.language),
        "chosen": {name: visit.form.get(name, "") for name in _FILTERS},
        "choices": _choices(doings, parties, teller),
        "alerts": unusual,
        "days": by_day(deeds),
        "lines": lines_sheet(deeds, teller),
        "sheet": flow_sheet(flows, month_said(month.start.date(), teller.language), teller),
        "chart": flow_chart(flows, teller),
        "sentence": flow_sentence(flows, teller),
        "before": _with(visit, month=str(month.before)),
        "after": _with(visit, month=str(month.next)) if month < month_of(now) else "",
        "more": _with(visit, page=_page_of(visit) + 1) if len(found) > first + SHOWN else "",
        "grants": agreed,
        "ended": _ended(agreed, now),
        "forms": tuple(FORMS),
    }


def _told(
    doing: Doing,
    agreed: Mapping[str, AccessGrant],
    unusual: Sequence[Alert],
    pod: Pod,
    teller: Teller,
) -> Told:
    owners = pod.store.identity.owners
    party, grant = _party(doing, owners), agreed.get(f"{pod.store.storage}{doing.entry.target}")
    return Told(
        doing=doing,
        party=party,
        is_unusual=_is_unusual(doing, party, unusual),
        about=teller.who(_of(grant, owners)) if grant else "",
        places=(doing.entry.target,),
    )


def _of(grant: AccessGrant, owners: frozenset[str]) -> Party:
    return party_of(grant.agent, grant.client, owners)


def _is_wanted(doing: Doing, form: Mapping[str, str], owners: frozenset[str]) -> bool:
    """Whether something is what is looked for; what is not said is looked for in no way."""
    party = _party(doing, owners)
    has: dict[str, set[str | None]] = {
        "who": {party.name, f"!{party.who.value}"},
        "category": {one.name for one in categories_in(doing.entry)},
        "purpose": {doing.entry.purpose},
        "kind": {kind_of(doing.entry).value},
    }
    return all(form.get(name, "") in {"", *them} for name, them in has.items())


def _choices(
    doings: Sequence[Doing], parties: set[Party], teller: Teller
) -> dict[str, list[tuple[str, str]]]:
    """What can be looked for, each with what it is called."""
    who = sorted((teller.who(one), one.name or f"!{one.who.value}") for one in parties)
    categories = {one.name: one.label for each in doings for one in categories_in(each.entry)}
    purposes = {one.entry.purpose for one in doings if one.entry.purpose in PURPOSES}
    return {
        "who": [(value, label) for label, value in who],
        "category": [
            (name, label.within(teller.language)) for name, label in sorted(categories.items())
        ],
        "purpose": [(iri, teller.purpose(iri)) for iri in sorted(filter(None, purposes))],
        "kind": [(one.value, teller.say(f"journal.kind_{one.value}")) for one in Kind],
    }


def _is_unusual(doing: Doing, party: Party, unusual: Sequence[Alert]) -> bool:
    """Whether an alert of its day is about it."""
    day = doing.entry.time.date()
    names = {None, *(one.name for one in categories_in(doing.entry))}
    return any(
        (alert.party, alert.time.date()) == (party, day) and alert.category in names
        for alert in unusual
    )


def _party(doing: Doing, owners: frozenset[str]) -> Party:
    return party_of(doing.entry.agent, doing.entry.client, owners)


def _months(now: Month, chosen: Month, language: str) -> list[tuple[str, str]]:
    found = [now]
    while len(found) < _MONTHS:
        found.append(found[-1].before)
    every = sorted({*found, chosen}, reverse=True)
    return [(str(one), month_said(one.start.date(), language)) for one in every]


def agreements_of(pod: Pod) -> dict[str, AccessGrant]:
    """All grants by their IRIs, as lines name them."""
    every = pod.store.snapshot().agreements.grants.all()
    return {iri_of(one, pod.store.storage): one for one in every}


def _ended(agreed: Mapping[str, AccessGrant], now: datetime) -> frozenset[str]:
    """The ids of those that are over."""
    still = {one.id for one in live(agreed.values(), now)}
    return frozenset(one.id for one in agreed.values()) - still


def _page_of(visit: Visit) -> int:
    return max(number_of(visit.form.get("page", "1")), 1)


def _with(visit: Visit, **changed: object) -> str:
    """The address of this page with something else in it, from its first page on."""
    kept = {name: value for name, value in visit.form.items() if name != "page"}
    return link(JOURNAL, **{**kept, **changed})


def number_of(text: str) -> int:
    """The number of a line or of a page. Raises NotFound for what is none."""
    try:
        return number(text)
    except ValueError as error:
        raise NotFound("there is no such line") from error
