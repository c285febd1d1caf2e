"""Gas, where a dwelling has it: a reading a month, of which one may be estimated, and its bills."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.electricity import CREDITOR
from pod.people.events import Anomaly, Bill, Event, GasReading, Line, Link
from pod.people.holidays import worked_from
from pod.people.home import Dwelling, Home
from pod.people.tariffs import months, rounded, share
from pod.people.weather import temperatures

SUPPLIER: Final = "gas"
_ESTIMATED: Final = "estimated-then-corrected"
_WAIT, _DUE = 5, 12  # days
_STANDING, _PRICE = 1950, 1090  # cents a month; hundredths of a cent a kWh
_HEATED_BELOW = 16.0


def gas(home: Home, dwelling: Dwelling) -> Iterator[Event]:
    """The readings of a dwelling and a bill for each, once it is out."""
    if not dwelling.gas_meter:
        return
    chance, stretches = (
        home.chance(f"gas {dwelling.gas_meter}"),
        months(dwelling.first, dwelling.last),
    )
    volumes = [_volume(home, dwelling, *one) + chance.between(2, 6) for one in stretches]
    whole = [one for one in stretches if _billed_on(one) <= home.span.last]
    guessed, off = None, 0
    if len(whole) > 2 and _ESTIMATED in home.anomalies:
        guessed, off = chance.below(len(whole) - 1), chance.between(8, 25)
        volumes[guessed] += off
        # What was too much is taken back, as far as it goes.
        off = min(off, volumes[guessed + 1])
        volumes[guessed + 1] -= off
    shown = chance.between(500, 9000)
    for rank, (stretch, volume) in enumerate(zip(stretches, volumes, strict=True)):
        reading = GasReading(
            id=f"gas-{dwelling.gas_meter}-{stretch[0]:%Y%m%d}",
            meter=dwelling.gas_meter,
            first=stretch[0],
            last=stretch[1],
            before=shown,
            after=shown + volume,
            quality=_quality(rank, guessed),
        )
        shown += volume
        if _billed_on(stretch) <= home.span.last:
            yield reading
            yield from _billed(home, dwelling, reading)
        if rank == guessed:
            yield _estimated(reading, off)


def _quality(rank: int, guessed: int | None) -> str:
    if guessed is None or rank not in {guessed, guessed + 1}:
        return "Mesuré"
    return "Estimé" if rank == guessed else "Corrigé"


def _volume(home: Home, dwelling: Dwelling, first: date, last: date) -> int:
    """What heating and hot water take, in m³."""
    weather = temperatures(home.seed, dwelling.city, home.span.first, home.span.days)
    begin, end = ((day - home.span.first).days for day in (first, last))
    cold = sum(max(0.0, _HEATED_BELOW - weather[day]) for day in range(begin, end + 1))
    water = (end - begin + 1) * len(home.people) * 0.12
    return int(cold * dwelling.surface * 0.0042 + water)


def _billed_on(stretch: tuple[date, date]) -> date:
    return stretch[1] + timedelta(days=_WAIT)


def _billed(home: Home, dwelling: Dwelling, reading: GasReading) -> Iterator[Event]:
    period = f"du {reading.first:%d/%m/%Y} au {reading.last:%d/%m/%Y}"
    standing = share(_STANDING, reading.first, reading.last)
    energy = rounded(reading.energy, _PRICE)
    day = _billed_on((reading.first, reading.last))
    mandate = f"EG{dwelling.contract}"
    bill = Bill(
        id=f"bill-{reading.id}",
        number=f"G{dwelling.contract}{reading.last:%y%m%d}",
        supplier=SUPPLIER,
        day=day,
        due=worked_from(day + timedelta(days=_DUE)),
        first=reading.first,
        last=reading.last,
        lines=(
            Line(
                name=f"Abonnement gaz {period}",
                quantity=1,
                unit="C62",
                price=standing * 100,
                cents=standing,
            ),
            Line(
                name=f"Consommation gaz {period}",
                quantity=reading.energy,
                unit="KWH",
                price=_PRICE,
                cents=energy,
            ),
        ),
        mandate=mandate,
    )
    yield bill
    yield Link(kind="invoicedIn", source=reading.id, target=bill.id)
    if bill.due <= home.span.last:
        yield from CREDITOR.settled(bill)


def _estimated(reading: GasReading, off: int) -> Anomaly:
    worth = rounded((off * 112 + 5) // 10, _PRICE)
    sentence = f"this reading was estimated {off} m³ too high, and the next one takes them back"
    return Anomaly(kind=_ESTIMATED, about=(reading.id,), cents=worth, sentence=sentence)
