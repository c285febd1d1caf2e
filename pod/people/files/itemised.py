"""The detail of a telephone bill as a table: a file a month, times of France to the minute."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from pod.people.events import Call
from pod.people.files.written import HOLDERS, HolderFile, comma
from pod.people.holidays import is_summer_time
from pod.people.home import Home
from pod.people.phone import MINUTE, number_of

_HEAD = "Free Mobile;Détail de vos communications\r\n"
_COLUMNS = "N° de ligne;Date et heure;Correspondant;Nature;Durée / Volume;Montant TTC\r\n"


def itemised(home: Home, calls: tuple[Call, ...]) -> Iterator[HolderFile]:
    """The calls and texts of each month, in order."""
    for month, group in groupby(calls, key=lambda call: f"{call.start:%Y-%m}"):
        yield _file(home, month, list(group))


def _file(home: Home, month: str, calls: list[Call]) -> HolderFile:
    number = f"0{number_of(home)[2:]}"
    text = _HEAD + _COLUMNS + "".join(_row(number, call) for call in calls)
    return HolderFile(
        path=f"telecom/detail-{month}.csv",
        media_type="text/csv",
        holder=HOLDERS["phone"],
        title="itemised telephone bill (CSV)",
        format="free-bill-csv",
        content=text.encode("cp1252"),
        rows=len(calls),
        places={call.id: f"line={rank}" for rank, call in enumerate(calls, start=3)},
    )


def _row(number: str, call: Call) -> str:
    local = call.start + timedelta(hours=2 if is_summer_time(call.start.date()) else 1)
    way = "émis" if call.is_outgoing else "reçu"
    kind, size = ("Appel", _lasted(call.seconds)) if call.seconds else ("SMS", "1")
    price = call.minutes * MINUTE if call.is_charged else 0
    return (
        f"{number};{local:%d/%m/%Y à %H:%M};0{call.partner[2:]};{kind} {way};{size};"
        f"{comma(price)} €\r\n"
    )


def _lasted(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}min{rest:02}s"
