"""MesInfos: half hours of a Linky meter, as EDF gave them ("LinkyHalfHourElecConsumption").

`start` and `end` are times of France without an offset, `value` is the energy of that half hour in
Wh. Only the number of the contract says whose meter it is. A time that comes twice in October is
told by the rows before it, so rows are expected in the order of time.
"""

from collections.abc import Iterator
from datetime import datetime

from importers.clock import local, wall_time
from importers.contract import Code, HolderHint, Item, Key, Reading, Series
from importers.document import Element
from importers.pilot_set import Accounts, PilotSet, Read, required
from importers.units import WATT_HOUR

_REASON = "LinkyHalfHourElecConsumption"


def _reader() -> Read:
    meters = Accounts("MeterPoint")
    latest: dict[Key, datetime] = {}

    def read(element: Element) -> Iterator[Item]:
        if element.text("statementReason") != _REASON:
            raise ValueError("this is not a half hour of a Linky meter")
        meter = Key(stable=required(element, "contractNumber"))
        reading = _reading(element, meter, latest.get(meter))
        latest[meter] = reading.start
        yield from meters.new(meter, (("sd:commodity", Code("electricity")),), element.locator)
        yield reading

    return read


def _reading(element: Element, meter: Key, after: datetime | None) -> Reading:
    start = local(wall_time(element.text("start")), after=after)
    return Reading(
        series=Series(
            name="consumption",
            meter=meter,
            commodity="electricity",
            quantity=WATT_HOUR.quantity,
            unit=WATT_HOUR.name,
            energy=WATT_HOUR.energy,
        ),
        start=start,
        end=local(wall_time(element.text("end")), after=start),
        value=element.number_or_none("value"),
        locator=element.locator,
    )


LINKY = PilotSet(
    format="mesinfos-linky",
    title="MesInfos: demi-heures Linky par EDF (JSON)",
    domain="energy",
    by=HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy"),
    marks=(f'"{_REASON}"',),
    reader=_reader,
)
