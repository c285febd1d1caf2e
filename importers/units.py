"""Units of energy and volume, and what they are in kWh and m³. Exact until the last division."""

from dataclasses import dataclass
from decimal import Context, Decimal

_JOULES_OF_A_KWH = Decimal(3_600_000)
_FINEST = Decimal("0.000000001")
_EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit by its QUDT name, and the QUDT name of what it measures.

    `energy` is the same as that of a Series. `size` is how many joules the unit is (for a power:
    joules in a second), or how many cubic metres.
    """

    name: str
    quantity: str
    energy: str
    size: Decimal


WATT = Unit(name="W", quantity="ActivePower", energy="mean-power", size=Decimal(1))
WATT_HOUR = Unit(name="W-HR", quantity="ActiveEnergy", energy="energy", size=Decimal(3600))
# NIST SP 811, B.8: "British thermal unit_IT [...] 1.055 055 852 62 E+03", the therm of the US
# "1.054 804 E+08" joules; the foot is 0.3048 m exactly.
BTU = Unit(name="BTU_IT", quantity="Energy", energy="energy", size=Decimal("1055.05585262"))
THERM = Unit(name="THERM_US", quantity="Energy", energy="energy", size=Decimal(105_480_400))
CUBIC_METRE = Unit(name="M3", quantity="Volume", energy="volume", size=Decimal(1))
CUBIC_FOOT = Unit(name="FT3", quantity="Volume", energy="volume", size=Decimal("0.028316846592"))
LITRE = Unit(name="L", quantity="Volume", energy="volume", size=Decimal("0.001"))
# NIST SP 811, B.8: the US gallon is 231 cubic inches; the imperial one is 4.546 09 litres exactly.
US_GALLON = Unit(name="GAL_US", quantity="Volume", energy="volume", size=Decimal("0.003785411784"))
UK_GALLON = Unit(name="GAL_UK", quantity="Volume", energy="volume", size=Decimal("0.00454609"))
JOULE = Unit(name="J", quantity="Energy", energy="energy", size=Decimal(1))

_VOLUMES = (CUBIC_METRE, CUBIC_FOOT, LITRE, US_GALLON, UK_GALLON)
UNITS = {unit.name: unit for unit in (WATT, WATT_HOUR, JOULE, BTU, THERM, *_VOLUMES)}


def measured(unit: Unit, value: Decimal) -> tuple[str, Decimal]:
    """The property that holds a value of a unit, and the value in that property's own unit.

    For a power, `value` is the sum of power times seconds. Energies are in kWh, volumes in m³;
    what has no end as a decimal number is rounded to nine places, a millionth of a watt hour.
    """
    size = _EXACT.multiply(value, unit.size)
    if unit.energy == "volume":
        return "sd:volume", plain(size)
    return "sd:energy", plain(_EXACT.divide(size, _JOULES_OF_A_KWH))


def plain(value: Decimal) -> Decimal:
    """A number without exponent and without zeros at its end, at most nine places."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -9:
        value = _EXACT.quantize(value, _FINEST)
    return Decimal(f"{_EXACT.normalize(value):f}")
