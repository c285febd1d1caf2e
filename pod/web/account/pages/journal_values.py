"""What the page of the journal is filled with: the doings of a month, those that are looked for."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from pod.consent.alerts import Alert
from pod.consent.categories import CATEGORIES
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
from pod.web.account.pages.space import teller_of
from pod.web.places import APPS, HOME, JOURNAL
from pod.web.ui.deeds import by_day, deed
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
    parties = {_party(one, owners) for one in doings}
    teller = await teller_of(visit, pod, parties)
    found = [one for one in reversed(doings) if _is_wanted(one, visit.form, owners)]
    first = (_page_of(visit) - 1) * SHOWN
    deeds = [
        deed(
            one,
            _party(one, owners),
            teller,
            is_unusual=_is_unusual(one, _party(one, owners), unusual),
        )
        for one in found[first : first + SHOWN]
    ]
    return {
        "checked": None,
        "home": HOME,
        "here": JOURNAL,
        "apps": APPS,
        "space": pod.store.name,
        "spaces": [one.store.name for one in await own_spaces(session.account, visit.server)],
        "told": teller,
        "month": str(month),
        "months": _months(month_of(now), month),
        "chosen": {name: visit.form.get(name, "") for name in _FILTERS},
        "choices": _choices(doings, parties, teller),
        "alerts": unusual,
        "days": by_day(deeds),
        "more": _next(visit) if len(found) > first + SHOWN else "",
        "sheet": outflow(doings, owners),
        "categories": {
            name: category.label.within(visit.look.language)
            for name, category in CATEGORIES.items()
        },
        **_grants(pod),
        "forms": tuple(FORMS),
    }


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


def _months(now: Month, chosen: Month) -> list[str]:
    found = [now]
    while len(found) < _MONTHS:
        found.append(found[-1].before)
    return [str(one) for one in sorted({*found, chosen}, reverse=True)]


def _grants(pod: Pod) -> dict[str, object]:
    """All grants by their IRIs, as lines name them, and the ids of those that are over."""
    every = pod.store.snapshot().agreements.grants.all()
    still = {one.id for one in live(every, pod.server.now())}
    return {
        "grants": {iri_of(one, pod.store.storage): one for one in every},
        "ended": frozenset(one.id for one in every) - still,
    }


def _page_of(visit: Visit) -> int:
    return max(number_of(visit.form.get("page", "1")), 1)


def _next(visit: Visit) -> str:
    kept = {name: value for name, value in visit.form.items() if name != "page"}
    return f"{JOURNAL}?{urlencode({**kept, 'page': _page_of(visit) + 1})}"


def number_of(text: str) -> int:
    """The number of a line or of a page. Raises NotFound for what is none."""
    try:
        return number(text)
    except ValueError as error:
        raise NotFound("there is no such line") from error
