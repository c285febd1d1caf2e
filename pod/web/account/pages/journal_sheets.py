"""What the page of the journal shows, in rows: what was done, and what has left."""

from collections.abc import Iterable

from markupsafe import Markup

from pod.charts.flow import Stream, flow
from pod.charts.frame import Frame
from pod.consent.categories import CATEGORIES
from pod.consent.outflow import Flow
from pod.web.ui.deeds import Deed
from pod.web.ui.drawn import drawn
from pod.web.ui.sheet import Column, Sheet
from pod.web.ui.told import Teller

_LINES = ("day", "time", "who", "address", "said", "badge")
_FLOWS = ("category", "who", "purpose")
_NUMBERS = ("answers", "rows", "bytes")


def lines_sheet(deeds: Iterable[Deed], teller: Teller) -> Sheet:
    """The sentences, the latest first."""
    columns = (
        *(Column(name=name, title=teller.say(f"journal.col_{name}")) for name in _LINES),
        Column(name="times", title=teller.say("journal.col_times"), is_number=True),
        Column(name="rows", title=teller.say("journal.rows"), is_number=True),
        Column(name="bytes", title=teller.say("journal.bytes"), is_number=True),
    )
    rows = tuple(
        (
            one.doing.entry.time.date(),
            one.time,
            teller.who(one.party),
            one.party.name,
            one.sentence,
            teller.say(f"journal.{one.badge}"),
            one.doing.times,
            one.doing.rows,
            one.doing.bytes,
        )
        for one in deeds
    )
    return Sheet(name="lines", title=teller.say("journal.days"), columns=columns, rows=rows)


def flow_sheet(flows: Iterable[Flow], title: str, teller: Teller) -> Sheet:
    """What has left, to whom and what for; `title` names the time that it is of."""
    columns = (
        *(Column(name=name, title=teller.say(f"journal.{name}")) for name in _FLOWS),
        *(Column(name=n, title=teller.say(f"journal.{n}"), is_number=True) for n in _NUMBERS),
    )
    rows = tuple(
        (
            _category(one.category, teller),
            teller.who(one.party),
            teller.purpose(one.purpose) or None,
            one.answers,
            one.rows,
            one.bytes,
        )
        for one in flows
    )
    return Sheet(name="outflow", title=title, columns=columns, rows=rows)


def flow_chart(flows: tuple[Flow, ...], teller: Teller) -> Markup:
    """What has left as streams, as wide as it had rows: from what it was to who has read it."""
    frame = Frame(
        title=teller.say("journal.sheet"),
        sentence=flow_sentence(flows, teller),
        unit=teller.say("journal.rows"),
        language=teller.language,
        name="outflow",
    )
    streams = (
        Stream(_category(one.category, teller), teller.who(one.party), one.rows) for one in flows
    )
    return drawn(flow(frame, streams))


def flow_sentence(flows: tuple[Flow, ...], teller: Teller) -> str:
    """The same in a sentence."""
    rows, parties = sum(one.rows for one in flows), len({one.party for one in flows})
    key = "journal.left_one" if parties == 1 else "journal.left_sentence"
    return teller.say(key, rows=teller.rows(rows), parties=parties)


def _category(name: str, teller: Teller) -> str:
    known = CATEGORIES.get(name)
    return known.label.within(teller.language) if known else teller.say("journal.other")
