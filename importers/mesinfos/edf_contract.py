"""MesInfos: a contract for electricity or gas with EDF, and the meter it is for.

Two names are in use for some members: the kit's (`nomOffre`, `puissance`, `structureTarifaire`)
and the catalogue's (`name`, `power`, `contractSubcategory1`). Dates are civil dates, the power is
in kVA.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from importers.contract import Code, HolderHint, Item, Key, Record, Ref, Value
from importers.document import Element
from importers.money import decimal
from importers.pilot_set import Part, PilotSet, day, required, told

_COMMODITIES: Final = {
    "électricité": "electricity",
    "electricite": "electricity",
    "gaz": "gas",
}
_TARIFFS: Final = {"OPTION_BASE": ("base",), "OPTION_HC": ("peak", "offpeak")}
_STATUSES: Final = {"CONTRAT_ACTIF": "active"}


def _kva(text: str) -> Decimal:
    number, _, unit = text.partition(" ")
    if unit.strip().lower() != "kva":
        raise ValueError("the power is not in kVA")
    return decimal(number)


_PARTS = (
    Part("schema:name", "name", str),
    Part("schema:name", "nomOffre", str),
    Part("schema:endDate", "end", day),
    Part("sd:power", "power", _kva),
    Part("sd:power", "puissance", _kva),
)


def _contract(element: Element) -> Iterator[Item]:
    key = Key(stable=required(element, "number"))
    start = day(required(element, "start"))
    commodity = _COMMODITIES.get(required(element, "energie").lower())
    if commodity is None:
        raise ValueError("`energie` is neither electricity nor gas")
    found, remarks = told(element, _PARTS)
    status = _STATUSES.get(element.text("status"))
    if status:
        found["sd:status"] = Code(status)
    fields: list[tuple[str, Value]] = [("schema:startDate", start), *found.items()]
    fields.append(("sd:commodity", Code(commodity)))
    option = element.text("structureTarifaire") or element.text("contractSubcategory1")
    fields += (("sd:tariffPeriod", Code(name)) for name in _TARIFFS.get(option, ()))
    point = element.text("pdl")
    if point:
        meter = Key(stable=point)
        fields.append(("sd:account", Ref("MeterPoint", meter)))
        yield Record(
            kind="MeterPoint",
            key=meter,
            fields=(("sd:commodity", Code(commodity)),),
            locator=element.locator,
            counted=False,
        )
    yield Record(kind="Contract", key=key, fields=tuple(fields), locator=element.locator)
    yield from remarks


EDF_CONTRACT = PilotSet(
    format="mesinfos-edf-contract",
    title="MesInfos: contrats d'énergie EDF (JSON)",
    domain="energy",
    by=HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy"),
    marks=('"clientId"', '"energie"', '"EDF"'),
    reader=lambda: _contract,
)
