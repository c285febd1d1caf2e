"""The load curve of Enedis, in the layout of 2022: mean power in W, stamped at its end."""

from collections.abc import Sequence
from typing import Final

from pod.people.curve import Day
from pod.people.files.written import HOLDERS, HolderFile
from pod.people.holidays import DAY, clock_changes, is_summer_time
from pod.people.home import Dwelling

_WINTER, _SUMMER = "+01:00", "+02:00"


def _ends(first: int, last: int, offset: str) -> str:
    """Rows for the ends of half hours, by their number from midnight; `@` is for the day."""
    return "".join(
        f"@T{n // 2:02}:{n % 2 * 30:02}:00{offset};%d\r\n" for n in range(first, last + 1)
    )


def _midnight(offset: str) -> str:
    """The row for the last half hour of a day, which ends on the next one: `&`.

    At midnight of the day on which the clocks change they have not changed yet.
    """
    return f"&T00:00:00{offset};%d\r\n"


_ORDINARY: Final = {
    offset: _ends(1, 47, offset) + _midnight(offset) for offset in (_WINTER, _SUMMER)
}
_TO_SUMMER: Final = _ends(1, 3, _WINTER) + _ends(6, 47, _SUMMER) + _midnight(_SUMMER)
_BACK: Final = _ends(1, 5, _SUMMER) + _ends(4, 47, _WINTER) + _midnight(_WINTER)


def load_curve(dwelling: Dwelling, days: Sequence[Day]) -> HolderFile:
    """What the grid operator gives of one meter."""
    head = (
        "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
        "Grandeur metier;Etape metier;Unite;Pas en minutes\r\n"
        f"{dwelling.meter};Courbe de charge;{days[0].day:%d/%m/%Y};{days[-1].day + DAY:%d/%m/%Y};"
        "Energie active;Consommation;Comptage Brut;W;30\r\nHorodate;Valeur\r\n"
    )
    text = "".join(map(_rows, days))
    return HolderFile(
        path=f"reseau/Enedis_Conso_Heure_{dwelling.meter}.csv",
        media_type="text/csv",
        holder=HOLDERS["grid"],
        title="electricity load curve (CSV)",
        format="enedis-load-curve",
        content=("\ufeff" + head + text).encode(),
        rows=sum(len(day.watts) for day in days),
    )


def _rows(day: Day) -> str:
    after = (day.day + DAY).isoformat()
    return _form(day).replace("@", day.day.isoformat()).replace("&", after) % day.watts


def _form(day: Day) -> str:
    to, back = clock_changes(day.day.year)
    if day.day == to:
        return _TO_SUMMER
    if day.day == back:
        return _BACK
    return _ORDINARY[_SUMMER if is_summer_time(day.day) else _WINTER]
